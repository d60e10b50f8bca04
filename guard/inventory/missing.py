"""Module calls whose code is not on disk: which of them may make keys that nobody can count.

Calls that have to do with IAM users make the answer incomplete; the others are listed only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guard.config.known_modules import match
from guard.config.model import MODULE_ARGUMENTS, ModuleCall
from guard.config.relevance import MissingCall
from guard.diagnostics import GuardError, error
from guard.inventory.model import AccessKey, User
from guard.inventory.users import user_of
from guard.lang.provenance import Place, comes_from_user
from guard.lang.symbols import ModuleSymbols
from guard.records import dataclass
from guard.syntax.nodes import Attribute
from guard.values.unknown import Applied, Input, Joined, Term, Unknown
from guard.values.value import Value, walk

USER_ARGUMENTS = frozenset({"user", "user_name", "username", "iam_user", "iam_user_name", "iam_username"})
TELLING = ("system-user", "s3-user", "ses-user", "access-key", "access_key")
REMEDY = "Run `terraform init -backend=false` (or `terraform get`) first, so that it can be read."
DEEPEST = 200
_SEPARATOR = re.compile(r"[/:.?&=@]")


@dataclass(frozen=True, slots=True)
class Unread:
    """A user for whom a module that is not on disk may make keys. why: a clause."""

    user: User
    why: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a call may make keys.

    says: as a clause. argument: that names the user; needs_value: whether null takes the reason away.
    value: the user's name, where no argument says it.
    """

    says: str
    argument: Attribute | None = None
    value: Value | None = None
    needs_value: bool = False


def judge_missing(symbols: ModuleSymbols, keys: Iterable[AccessKey]) -> list[Unread]:
    """Tell the root of the calls not on disk that may make keys, and say for which users.

    symbols: of the root module. keys: the keys that were found in it.
    """
    unread: list[Unread] = []
    feeding = _feeding(symbols, keys)
    for path, missing in list(symbols.root.key_paths.missing.items()):
        try:
            reasons = [*_reasons(_unevaluated(symbols, path), missing), *feeding.get(path, ())]
            for owner in _owners(symbols, path) if reasons else ():
                unread += _judge(owner, path, missing, reasons)
        except GuardError as problem:
            symbols.refuse(problem)
    return unread


def _judge(
    owner: ModuleSymbols, path: tuple[str, ...], missing: MissingCall, reasons: Iterable[Reason]
) -> Iterator[Unread]:
    """Report the call as one instance of its module makes it, unless it is given nothing but null there."""
    found = [(reason, list(_values(owner, missing.call, reason))) for reason in reasons]
    holding = [(reason, values) for reason, values in found if values or not reason.needs_value]
    if not holding:
        return
    says = " and ".join(dict.fromkeys(reason.says for reason, _ in holding))
    detail = (
        f"{missing.listed(path)} is not on disk, and {says}, so it may make access keys that cannot be "
        f"counted. {REMEDY}"
    )
    owner.root.key_paths.suspected.add(path)
    owner.root.report(error("Module not installed", detail, owner.place(missing.call.range)))
    why = f"module.{'.module.'.join(path)} may make keys for it, and its code is not on disk. {REMEDY[:-1]}"
    for value in (value for _, values in holding for value in values):
        yield Unread(user_of(owner.root, value), why)


# --- the instances that call it ----------------------------------------------------------------


def _unevaluated(symbols: ModuleSymbols, path: tuple[str, ...]) -> ModuleSymbols:
    """The module that contains the call, as if everything above were called once."""
    for name in path[:-1]:
        call = symbols.module.call(name)
        module = symbols.calls.module(call) if call is not None else None
        if call is None or module is None:
            break
        symbols = symbols.called(module, symbols.instance.child(name), call, {})
    return symbols


def _owners(symbols: ModuleSymbols, path: tuple[str, ...]) -> Iterator[ModuleSymbols]:
    """The module instances that contain the call: none if the call or one above it is made for nothing."""
    call = symbols.module.call(path[0])
    if call is None or not symbols.calls.expansion(call, call.range).instances:
        return
    if len(path) == 1:
        yield symbols
        return
    for instance in symbols.calls.expansion(call, call.range).instances:
        child = symbols.calls.child(call, instance)
        if child is not None:
            yield from _owners(child, path[1:])


# --- why it may make keys ----------------------------------------------------------------------


def _reasons(owner: ModuleSymbols, missing: MissingCall) -> Iterator[Reason]:
    """What speaks for keys in the module, told from the blocks: nothing is evaluated."""
    source = missing.wanted.source
    if source is None:
        yield Reason("its source is not known")
        return
    found = match(source, missing.wanted.version, owner.root.own_modules)
    if found is not None and found.choice.module.makes_keys:
        yield Reason("what it makes in this version is not known here")
        return
    if found is not None and found.rows:
        return
    if _speaks_of_users(source):
        yield Reason("its source speaks of users or access keys")
    for argument in missing.call.body.attributes:
        if argument.name in MODULE_ARGUMENTS:
            continue
        if comes_from_user(argument.expr, Place(owner, missing.call.repetition)):
            yield Reason(f"its {argument.name} comes from an IAM user", argument)
        elif argument.name in USER_ARGUMENTS:
            yield Reason(f"it is given {argument.name}", argument, needs_value=True)


def _speaks_of_users(source: str) -> bool:
    """Whether a part of the path names what the module is for: `terraform-aws-iam-user`, `access-keys`."""
    parts = _SEPARATOR.split(source.lower())
    return any(("iam" in part and "user" in part) or any(word in part for word in TELLING) for part in parts)


def _values(owner: ModuleSymbols, call: ModuleCall, reason: Reason) -> Iterator[Value]:
    """The users named, in all instances of the call, as far as the reason names any."""
    if reason.value is not None:
        yield reason.value
    if reason.argument is not None:
        for instance in owner.calls.expansion(call, call.range).instances:
            value = owner.evaluate(reason.argument.expr, instance.each)
            if not value.is_null:
                yield value


# --- keys of users that such a module names ----------------------------------------------------


def _feeding(symbols: ModuleSymbols, keys: Iterable[AccessKey]) -> dict[tuple[str, ...], list[Reason]]:
    """By call: the keys whose user is what the module says, and may have keys from the module as well.

    A user that this configuration makes itself, under a name from a module, has no keys from there:
    it does not exist before the module is done.
    """
    found: dict[tuple[str, ...], list[Reason]] = {}
    for key in keys:
        if key.user.name is not None or key.user.managed_by is not None or key.user.value is None:
            continue
        for leaf in _leaves(key.user.value):
            path = symbols.root.unread_outputs.get(leaf)
            if path is not None:
                says = f"it names the user of {key.address}"
                found.setdefault(path, []).append(Reason(says, value=key.user.value))
    return found


def _leaves(value: Value) -> Iterator[Term]:
    """The inputs that a value is made of."""
    todo: list[tuple[Value, int]] = [(value, 0)]
    while todo:
        whole, depth = todo.pop()
        for item in walk(whole):
            if not isinstance(item.data, Unknown) or depth > DEEPEST:
                continue
            match item.data.term:
                case Input() as term:
                    yield term
                case Applied(arguments=parts) | Joined(parts=parts):
                    todo.extend((part, depth + 1) for part in parts if isinstance(part, Value))
