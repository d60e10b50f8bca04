"""What a built-in function is: its parameters, its result, its body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path

from guard.lang.budget import Budget
from guard.records import dataclass
from guard.values.types import ANY, Type
from guard.values.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object


class FunctionContext(Protocol):
    """What a function may use of the world: bounded, and confined to the workspace."""

    @property
    def budget(self) -> Budget: ...

    @property
    def working_directory(self) -> Path:
        """Relative file names start here: the root module's directory."""

    @property
    def boundary(self) -> Path:
        """Nothing outside this real directory is opened, also not through symlinks."""

    @property
    def template_function(self) -> str:
        """The function whose template is being rendered, "" outside of templates."""

    def render(self, template: str, name: str, variables: Value, function: str) -> Value:
        """Evaluate template text with the attributes of an object (or map) as its variables.

        name: what messages call the template, a file name for templatefile.
        function: templatefile or templatestring, for which it is rendered.
        """

    def fresh(self) -> int:
        """A number that no earlier call got: it tells two results of uuid() apart."""


class FunctionError(Exception):
    """Terraform would refuse this call.

    The message is what follows `Call to function "x" failed: `; or, if argument says which one is to
    blame (counted from 0), what follows `Invalid value for "name" parameter: `.
    """

    def __init__(self, message: str, argument: int | None = None) -> None:
        super().__init__(message)
        self.argument = argument


class Marks(Enum):
    """Who sees to the marks (sensitive, ephemeral) of an argument.

    GATHERED: those at any depth are taken off and put on the result.
    OUTER: only the argument's own; those of its parts stay with the parts.
    SEEN: the body sees them all and puts on the result what belongs there.
    """

    GATHERED = "gathered"
    OUTER = "outer"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Parameter:
    """How an argument is settled before the body sees it.

    type: it is converted to this type; ANY takes it as it is.
    null: the body accepts null; otherwise null is an error.
    unknown: the body accepts an argument that is not known (as a whole); otherwise the call is not known.
    parts: the body copes with unknown parts inside a known collection; otherwise such an argument
        makes the call not known.
    any_type: the check of types copes with a value whose type is not known; otherwise such an argument
        makes the type of the result not known either.
    typed: the body copes with what is not known, but if Terraform learns even its type at apply only, the
        type of the result is not known either.
    name: as Terraform's messages call it.
    marks: who sees to the marks of the argument.
    any_order: the body also takes a sequence whose elements are known but not their order, as a known
        one; a sequence that results then has no known order either.
    """

    type: Type = ANY
    null: bool = False
    unknown: bool = False
    parts: bool = False
    name: str = ""
    marks: Marks = Marks.GATHERED
    any_order: bool = False
    any_type: bool = False
    typed: bool = False


Body = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Function:
    """A built-in function.

    body: called as body(context, *arguments) with settled values, unmarked unless a parameter says otherwise.
    parameters: the positional ones. rest: for further arguments, if it is variadic.
    returns: the type of the result when it is not known; a function of the arguments where it depends,
        which also raises FunctionError for what Terraform refuses whatever the unknown ones are.
    null: the result may be null.
    """

    body: Body
    parameters: tuple[Parameter, ...] = ()
    rest: Parameter | None = None
    returns: Type | Callable[[Sequence[Value]], Type] = ANY
    null: bool = False
