"""Whether two keys have one account, and one user: yes, no, or what would have to be asked to tell."""

from __future__ import annotations

from guard.addresses import SOME_INSTANCE
from guard.inventory.model import Account, User
from guard.records import replace
from guard.values.answers import DEPENDS, NO, YES, Answer, excludes
from guard.values.equality import compare
from guard.values.joined import joined
from guard.values.unknown import Applied, Ask, Joined, Kind, Question, Unknown
from guard.values.value import Value, string

CHANGES_OF_CASE = frozenset({"lower", "upper", "title"})


def same_account(one: Account, other: Account) -> bool | None:
    """Whether two accounts of one root are the same: yes, no, or not known."""
    return compare_accounts(one, other).is_equal


def compare_accounts(one: Account, other: Account) -> Answer:
    """Compare two accounts of one root by what names them."""
    mine, theirs = _account_value(one), _account_value(other)
    asked_first = (*one.asks, *other.asks)
    if mine is None or theirs is None:
        return Answer(None, asked_first)
    answer = compare(mine, theirs, identity=True)
    if answer.is_equal:
        return YES
    if not (mine.is_unknown or theirs.is_unknown):
        return NO if one.certain and other.certain else DEPENDS
    if asked_first:
        return Answer(None, asked_first)
    if one.by_role or other.by_role:
        return _compare_roles(mine, theirs, answer)
    return answer


def _account_value(account: Account) -> Value | None:
    if account.value is not None or account.name == "unknown":
        return account.value
    return string(account.name)


def _compare_roles(mine: Value, theirs: Value, answer: Answer) -> Answer:
    """Roles that differ may be of one account all the same. One of a known account is tried."""
    for role, account in ((mine, theirs), (theirs, mine)):
        if role.is_unknown and not account.is_unknown:
            example = string(f"arn:aws:iam::{account.text}:role/example")
            known = excludes(role, example) or role.unknown.kind is not Kind.NOT_GIVEN
            return DEPENDS if known else Answer(None, (Question(Ask.EQUAL, role, example),))
    return DEPENDS if answer.is_equal is False else answer


# --- users -------------------------------------------------------------------------------------


def same_user(one: User, other: User) -> bool | None:
    """Whether two users of one account are the same: yes, no, or not known."""
    return compare_users(one, other).is_equal


def compare_users(one: User, other: User) -> Answer:
    """Compare two users of one account.

    AWS compares names without regard to case
    (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html), and one account
    cannot hold two users of one name, so two managed instances are two users.
    """
    if one.name is not None and other.name is not None:
        return Answer(one.name.lower() == other.name.lower())
    if one.managed_by and other.managed_by:
        if not one.managed_by.endswith(SOME_INSTANCE) and not other.managed_by.endswith(SOME_INSTANCE):
            return Answer(one.managed_by == other.managed_by)
        if not _one_resource(one.managed_by, other.managed_by):
            return NO
    mine, theirs = name_value(one), name_value(other)
    if mine is None or theirs is None:
        return DEPENDS
    return _compare_names(mine, theirs)


def _one_resource(one: str, other: str) -> bool:
    """Whether two instances, at least one of which is not known exactly, are of one resource."""
    known, open_one = (one, other) if other.endswith(SOME_INSTANCE) else (other, one)
    resource = open_one.removesuffix(SOME_INSTANCE)
    return known == resource or known.startswith(f"{resource}[")


def name_value(user: User) -> Value | None:
    """The name of a user as a value, known or not."""
    return string(user.name) if user.name is not None else user.value


def _compare_names(mine: Value, theirs: Value) -> Answer:
    """Names that differ by case alone are one; what is asked keeps the case that is written."""
    exact = compare(mine, theirs, identity=True)
    ours, others = _folded(mine), _folded(theirs)
    if exact.is_equal or (ours is mine and others is theirs):
        return exact
    folded = compare(ours, others, identity=True)
    return exact if folded.is_equal is None and exact.is_equal is None else folded


def _folded(name: Value) -> Value:
    """A name without regard to case: texts in lower case, and no change of case of what is not known.

    It is the very value where that changes nothing.
    """
    match name.data:
        case str(text):
            return name if text == text.lower() else string(text.lower())
        case Unknown(term=Applied(name=function, arguments=(Value() as inner,))) as hidden:
            return _excluding(_folded(inner), hidden) if function in CHANGES_OF_CASE else name
        case Unknown(term=Joined(parts=parts)):
            folded = [part.lower() if isinstance(part, str) else _folded(part) for part in parts]
            same = all(
                one == other if isinstance(one, str) else one is other
                for one, other in zip(folded, parts, strict=True)
            )
            return name if same else joined(folded)
        case Unknown() as hidden:
            return _excluding(name, hidden)
    return name


def _excluding(name: Value, hidden: Unknown) -> Value:
    """The name, known to differ from what another value differs from, in lower case."""
    if not isinstance(name.data, Unknown):
        return name
    known = name.data.refinement
    excluded = known.excluded | {
        item.lower() if isinstance(item, str) else item for item in hidden.refinement.excluded
    }
    if excluded == known.excluded and known.prefix == known.prefix.lower():
        return name
    refined = replace(known, prefix=known.prefix.lower(), excluded=excluded)
    return replace(name, data=replace(name.data, refinement=refined))
