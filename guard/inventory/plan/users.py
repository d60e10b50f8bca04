"""Which user a key of a plan belongs to, where its name is known after apply only.

A plan shows what an expression refers to, not what it does with it: `x.id`, `try(x.id, "")` and
`"${x.id}-2"` look the same. A single reference to a user's name or id is taken as just that; anything
else stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guard.addresses import NO_KEY, InstanceKey, ModuleInstance, ResourceInstance
from guard.inventory.model import User
from guard.inventory.objects import USER_TYPE
from guard.inventory.plan.changes import Action, ResourceChange
from guard.inventory.plan.configuration import Configuration, Expression, ResourceBlock
from guard.inventory.traversal import Index, Step, heads
from guard.records import dataclass
from guard.values.types import STRING
from guard.values.unknown import Input, Kind
from guard.values.value import unknown

DEEPEST_REFERENCE = 50
_NAMING = (["id"], ["name"])


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where an expression stands: a module instance, and the instance of the block around it."""

    module: ModuleInstance
    key: InstanceKey = NO_KEY
    for_each: Expression | None = None


class Users:
    """The users that a plan manages, and the way from a key's `user` to one of them."""

    def __init__(self, configuration: Configuration, changes: Iterable[ResourceChange]) -> None:
        """Takes all changes of keys and users in the plan."""
        self.configuration = configuration
        self._managed: dict[ResourceInstance, ResourceChange] = {}
        self._instances: dict[tuple[ModuleInstance, str], list[ResourceInstance]] = {}
        for change in changes:
            at = change.at
            if at.type == USER_TYPE and change.deposed is None and change.action not in _GONE:
                self._managed[at] = change
                self._instances.setdefault((at.module, at.name), []).append(at)

    def of_key(self, change: ResourceChange, name: str | None) -> User:
        """The user of the key that remains after a change; name: as planned, None where not known."""
        block = self._block(change.at)
        expression = block.arguments.get("user") if block else None
        origin = self._origin(change.at, block, expression) if block and expression else None
        if name is not None:
            is_its_own = origin is not None and self._managed[origin].after.name == name
            return User(name, name, managed_by=str(origin) if is_its_own else None)
        if origin is None:
            return _unknown_user(change, expression)
        return self._of_managed(origin)

    def _of_managed(self, origin: ResourceInstance) -> User:
        planned = self._managed[origin]
        if planned.after.name is not None:
            return User(planned.after.name, planned.after.name, managed_by=str(origin))
        term = Input(f"{origin}.name")
        value = unknown(STRING, Kind.AT_APPLY, term, f"{term} is known after apply only")
        return User(None, str(origin), managed_by=str(origin), value=value)

    def _block(self, at: ResourceInstance) -> ResourceBlock | None:
        code = self.configuration.module(at.module)
        return code.resources.get((at.type, at.name)) if code else None

    def _origin(
        self, at: ResourceInstance, block: ResourceBlock, expression: Expression
    ) -> ResourceInstance | None:
        return self._resolve(_Scope(at.module, at.key, block.for_each), expression, 0)

    def _resolve(self, scope: _Scope, expression: Expression, depth: int) -> ResourceInstance | None:
        """The user instance that an expression names, if it refers to one and nothing else."""
        if depth > DEEPEST_REFERENCE:
            return None
        match heads(expression.references):
            case ((kind, str(name)), ("count", "index") | ("each", "key")) if kind == USER_TYPE:
                return self._only(scope.module, name)
            case ((kind, *path),) if kind == USER_TYPE:
                return self._direct(scope.module, path)
            case (("each", "value", *rest),) if not rest or rest in _NAMING:
                return self._each_value(scope)
            case (("var", str(name)),):
                return self._argument(scope.module, name, depth)
            case (("module", *path),):
                return self._output(scope.module, path, depth)
        return None

    def _direct(self, module: ModuleInstance, path: Sequence[Step]) -> ResourceInstance | None:
        """`aws_iam_user.x.id`, `aws_iam_user.x["a"].name`; of a whole resource, its only instance."""
        match path:
            case (str(name), *attribute) if attribute in _NAMING:
                return self._instance(module, name, NO_KEY)
            case (str(name), Index(key), *attribute) if attribute in _NAMING:
                return self._instance(module, name, key)
            case (str(name),):
                return self._only(module, name)
        return None

    def _only(self, module: ModuleInstance, name: str) -> ResourceInstance | None:
        """The only user of a resource: no index can be another's, though it be computed (`count.index % 2`,
        `trimsuffix(each.key, "-b")`)."""
        found = self._instances.get((module, name), [])
        return found[0] if len(found) == 1 else None

    def _each_value(self, scope: _Scope) -> ResourceInstance | None:
        """`each.value.id` where for_each is the users themselves."""
        match heads(scope.for_each.references) if scope.for_each else ():
            case ((kind, str(name)),) if kind == USER_TYPE:
                return self._instance(scope.module, name, scope.key)
        return None

    def _argument(self, module: ModuleInstance, name: str, depth: int) -> ResourceInstance | None:
        """A variable of a module: the argument of the call."""
        if not module.steps:
            return None
        above, (call_name, key) = ModuleInstance(module.steps[:-1]), module.steps[-1]
        code = self.configuration.module(above)
        call = code.calls.get(call_name) if code else None
        if call is None or name not in call.arguments:
            return None
        return self._resolve(_Scope(above, key, call.for_each), call.arguments[name], depth + 1)

    def _output(self, module: ModuleInstance, path: Sequence[Step], depth: int) -> ResourceInstance | None:
        """An output of a module instance."""
        match path:
            case (str(name), str(output)):
                inner = module.child(name)
            case (str(name), Index(key), str(output)):
                inner = module.child(name, key)
            case _:
                return None
        code = self.configuration.module(inner)
        expression = code.outputs.get(output) if code else None
        return self._resolve(_Scope(inner), expression, depth + 1) if expression else None

    def _instance(self, module: ModuleInstance, name: str, key: InstanceKey) -> ResourceInstance | None:
        at = ResourceInstance(module, USER_TYPE, name, key)
        return at if at in self._managed else None


_GONE = frozenset({Action.DELETE, Action.FORGET})


def _unknown_user(change: ResourceChange, expression: Expression | None) -> User:
    """A user of which nothing is known, not even whether it is another key's."""
    term = Input(f"{change.address}.user")
    shown = expression.references[0] if expression and expression.references else str(term)
    why = f"{term} is known after apply only" + (f" (it depends on {shown})" if shown != str(term) else "")
    return User(None, shown, value=unknown(STRING, Kind.AT_APPLY, term, why))
