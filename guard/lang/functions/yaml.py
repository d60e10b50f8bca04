"""yamldecode() and yamlencode(): https://developer.hashicorp.com/terraform/language/functions/yamldecode"""

from __future__ import annotations

from collections.abc import Mapping

from guard.lang.functions.common import result, text
from guard.lang.functions.table import Function, FunctionContext, Parameter
from guard.lang.functions.yaml_reader import read_yaml
from guard.lang.functions.yaml_writer import write_yaml
from guard.values.types import STRING
from guard.values.value import Value


def yamldecode(context: FunctionContext, source: Value) -> Value:
    return read_yaml(source.text, context.budget)


def yamlencode(context: FunctionContext, value: Value) -> Value:
    return result(write_yaml(value, context.budget))


TABLE: Mapping[str, Function] = {
    "yamldecode": Function(yamldecode, (text("src"),), null=True),
    "yamlencode": Function(
        yamlencode, (Parameter(null=True, any_type=True, name="value"),), returns=STRING, null=True
    ),
}
