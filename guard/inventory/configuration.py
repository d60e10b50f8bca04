"""A root module's configuration to access keys."""

from __future__ import annotations

from collections.abc import Iterator

from guard.addresses import ResourceInstance, legible
from guard.config.model import ModuleCall, Resource
from guard.config.relevance import KEY_TYPES, STACK_TYPES
from guard.diagnostics import GuardError
from guard.inventory.accounts import account_of
from guard.inventory.arguments import check_arguments
from guard.inventory.checks import check_root
from guard.inventory.model import (
    MAYBE_ONE,
    NONE,
    ONE,
    AccessKey,
    Count,
    Source,
    Status,
    User,
)
from guard.inventory.stacks import warn_of_stack
from guard.inventory.users import may_be_several, user_of
from guard.lang.expand import Expansion, Instance
from guard.lang.symbols import ModuleSymbols
from guard.records import dataclass, replace
from guard.values.errors import EvaluationError
from guard.values.types import STRING, MapOf, SetOf
from guard.values.unknown import Ask, Input, Kind, Question, Unknown
from guard.values.value import Mark, Value, all_marks, string, unknown

STATUSES = ("Active", "Inactive", "Expired")


@dataclass(frozen=True, slots=True)
class KeyResource:
    """A resource that makes keys, by its place in the configuration: call names, type and name."""

    path: tuple[str, ...]
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """One access key (or as many as its instance stands for), with the questions that keep it open.

    wholes: questions instead of them that ask for collections which are made of inputs as such, whatever
        they are made of: fewer, and what holds for all answers holds.
    """

    key: AccessKey
    resource: KeyResource
    questions: tuple[Question, ...]
    wholes: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """How many instances one evaluated instance stands for, and why that is open."""

    count: Count = ONE
    questions: tuple[Question, ...] = ()
    why: str | None = None
    wholes: tuple[Question, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether there is an instance: Terraform evaluates nothing of one that there is not."""
        return self.count.low > 0


def keys_of(symbols: ModuleSymbols, only: frozenset[KeyResource] | None = None) -> list[Found]:
    """The access keys of a root module, or only those of some resources.

    What Terraform would refuse, and what cannot be evaluated, is told to the root, whose answer is
    incomplete then.
    """
    if only is None and symbols.root.leads:
        check_root(symbols)
    return list(_in_module(symbols, (), Times(), only))


def _in_module(
    symbols: ModuleSymbols, path: tuple[str, ...], times: Times, only: frozenset[KeyResource] | None
) -> Iterator[Found]:
    for type, name in symbols.module.names("resource"):
        place = KeyResource(path, type, name)
        if type in KEY_TYPES and (only is None or place in only):
            yield from _of_resource(symbols, place, times)
        elif type in STACK_TYPES and only is None:
            warn_of_stack(symbols, type, name)
    for (name,) in symbols.module.names("module"):
        inner = (*path, name)
        if only is None or any(item.path[: len(inner)] == inner for item in only):
            yield from _of_call(symbols, name, inner, times, only)


# --- module calls ------------------------------------------------------------------------------


def _of_call(
    symbols: ModuleSymbols,
    name: str,
    path: tuple[str, ...],
    times: Times,
    only: frozenset[KeyResource] | None,
) -> Iterator[Found]:
    if symbols.root.key_paths.leads_aside(symbols.module, name):
        return
    try:
        call = symbols.module.call(name)
        assert call is not None
        if not symbols.root.key_paths.lead_through(symbols.module, call, path):
            return
        symbols.calls.module(call)  # a path that does not exist is refused however often it is called
        expansion = symbols.calls.expansion(call, call.range)
    except GuardError as problem:
        symbols.refuse(problem, certain=times.is_certain)
        return
    for instance in expansion.instances:
        yield from _of_call_instance(symbols, call, instance, path, _multiplied(times, expansion), only)


def _of_call_instance(
    symbols: ModuleSymbols,
    call: ModuleCall,
    instance: Instance,
    path: tuple[str, ...],
    times: Times,
    only: frozenset[KeyResource] | None,
) -> Iterator[Found]:
    try:
        child = symbols.calls.child(call, instance)
    except GuardError as problem:
        symbols.refuse(problem, certain=times.is_certain)
        return
    if child is not None:
        yield from _in_module(child, path, times, only)


def _multiplied(times: Times, expansion: Expansion) -> Times:
    """How many instances one instance of the expansion stands for, inside of `times` others."""
    if expansion.open is None:
        return times
    low = times.count.low * expansion.low
    high = None if times.count.high is None or expansion.high is None else times.count.high * expansion.high
    hidden = expansion.open.unknown
    questions, wholes = (*times.questions, *hidden.questions), (*times.wholes, *_whole(expansion.open))
    return Times(Count(low, high), questions, hidden.why, wholes)


def _whole(collection: Value) -> tuple[Question, ...]:
    hidden = collection.unknown
    is_open = hidden.kind is Kind.NOT_GIVEN and isinstance(collection.type, SetOf | MapOf)
    return (Question(Ask.SIZE, collection),) if is_open else hidden.questions


# --- resources ---------------------------------------------------------------------------------


def _of_resource(symbols: ModuleSymbols, place: KeyResource, times: Times) -> Iterator[Found]:
    try:
        resource = symbols.module.resource("managed", place.type, place.name)
        assert resource is not None
        check_arguments(symbols.module, resource)
        expansion = symbols.expansion(resource, resource.range)
    except GuardError as problem:
        symbols.refuse(problem, certain=times.is_certain)
        return
    times = _multiplied(times, expansion)
    for instance in expansion.instances:
        try:
            yield _of_instance(symbols, resource, instance, place, times)
        except GuardError as problem:
            symbols.refuse(problem, certain=times.is_certain)


def _of_instance(
    symbols: ModuleSymbols, resource: Resource, instance: Instance, place: KeyResource, times: Times
) -> Found:
    _check_preconditions(symbols, resource, instance)
    user = _checked_user(symbols.resources.attribute(resource, instance, "user", resource.range), resource)
    status = _status_value(symbols, resource, instance)
    shown, active = _active(status)
    named = user_of(symbols.root, user)
    count = _of_one_user(named, times.count)
    key = AccessKey(
        user=named,
        account=account_of(symbols, resource.provider, resource.range),
        status=shown,
        active=_times(active, count),
        exists=count,
        root=symbols.root.shown,
        source=Source.CONFIGURATION,
        address=legible(str(ResourceInstance(symbols.instance, resource.type, resource.name, instance.key))),
        at=symbols.place(resource.range),
        through=tuple(symbols.called_at()),
        why=_why(times, status),
    )
    about = _about_status(status)
    return Found(key, place, (*times.questions, *about), (*times.wholes, *about))


def _of_one_user(user: User, count: Count) -> Count:
    """How many of the instances certainly have the same user: it may be another for each of them."""
    return replace(count, low=min(count.low, 1)) if count.low > 1 and may_be_several(user) else count


def _check_preconditions(symbols: ModuleSymbols, resource: Resource, instance: Instance) -> None:
    """Refuse an instance one of whose preconditions is certainly false."""
    for precondition in resource.preconditions:
        outcome = symbols.evaluate(precondition.condition, instance.each)
        if outcome.data is False:
            detail = f"A precondition of {resource.type}.{resource.name} is not met."
            raise EvaluationError("Resource precondition failed", detail, precondition.range)


def _times(active: Count, count: Count) -> Count:
    high = (0 if active.high == 0 else None) if count.high is None else count.high * (active.high or 0)
    return Count(active.low * count.low, high)


def _why(times: Times, status: Value) -> str | None:
    """What keeps the number of active keys from being known, the number of instances first."""
    if times.why is not None:
        return times.why
    if isinstance(status.data, Unknown):
        return status.data.why
    return None


def _about_status(status: Value) -> tuple[Question, ...]:
    """What would tell whether a key is active: an input's own text is asked for by what it can be."""
    if not isinstance(status.data, Unknown):
        return ()
    questions = status.data.questions
    if status.data.kind is not Kind.NOT_GIVEN or any(question.ask is not Ask.TEXT for question in questions):
        return questions
    excluded = status.data.refinement.excluded
    return tuple(Question(Ask.EQUAL, status, string(word)) for word in STATUSES[:2] if word not in excluded)


def _active(status: Value) -> tuple[Status, Count]:
    """A new key is active unless its status is exactly Inactive: the provider deactivates no other.

    https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/access_key.go
    """
    if isinstance(status.data, Unknown):
        excluded = Status.INACTIVE.value in status.data.refinement.excluded
        return Status.UNKNOWN, ONE if excluded else MAYBE_ONE
    return Status(status.text), NONE if status.data == Status.INACTIVE.value else ONE


def _status_value(symbols: ModuleSymbols, resource: Resource, instance: Instance) -> Value:
    if resource.ignore_changes & {"status", "all"}:
        why = "its status is ignored by lifecycle.ignore_changes, so what the state says stays"
        term = Input(f"{symbols.instance}.{resource.type}.{resource.name} (status in the state)")
        return unknown(STRING, Kind.UNREAD, term, why, at=resource.range)
    status = symbols.resources.attribute(resource, instance, "status", resource.range)
    if not status.is_unknown and status.data not in STATUSES:
        argument = resource.body.attribute("status")
        detail = f'expected status to be one of ["Active" "Inactive" "Expired"], got {status.data}'
        raise EvaluationError("Invalid status", detail, argument.expr.range if argument else resource.range)
    return status


def _checked_user(user: Value, resource: Resource) -> Value:
    argument = resource.body.attribute("user")
    at = argument.expr.range if argument else resource.range
    if user.is_null:
        detail = 'The argument "user" is required, but no definition was found: its value is null.'
        raise EvaluationError("Missing required argument", detail, at)
    if Mark.EPHEMERAL in all_marks(user):
        detail = 'Ephemeral values are not valid for "user": it is kept between plan and apply.'
        raise EvaluationError("Invalid use of ephemeral value", detail, at)
    return user
