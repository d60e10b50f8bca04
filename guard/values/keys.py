"""Keys of maps and objects that are computed: which of them are one, and which are not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from guard.records import dataclass
from guard.values.equality import compare
from guard.values.unknown import Kind, Question, Unknown
from guard.values.value import SymbolicKey, Value, key_value, tuple_of

_COMPARISONS = 200_000


@dataclass(frozen=True, slots=True)
class OpenKeys:
    """Why a mapping is not known: the keys that keep it so, and the decisions that would settle it.

    Made for `derived(type, term, open_keys.sources, questions=open_keys.questions)`.
    """

    sources: tuple[Value, ...]
    questions: tuple[Question, ...] = ()


def build_mapping(
    pairs: Iterable[tuple[Value, Value]],
    *,
    grouped: bool = False,
    on_duplicate: Callable[[str], object] | None = None,
) -> Mapping[str, Value] | OpenKeys:
    """The mapping that pairs of string keys (not null) and values make.

    grouped: each key gets a tuple of all its values. on_duplicate: called with a key that comes again,
    to raise an error; without it the last value wins.
    """
    found: dict[str, list[Value]] = {}
    keys = _Keys()
    for key, value in pairs:
        name = keys.name_of(key)
        if name is None:
            continue
        if name in found and on_duplicate and not grouped:
            on_duplicate(name)
        found.setdefault(name, []).append(value)
    if keys.blocking:
        return OpenKeys(tuple(keys.blocking), tuple(keys.questions))
    if grouped:
        return {name: tuple_of(values) for name, values in found.items()}
    return {name: values[-1] for name, values in found.items()}


class _Keys:
    """The keys so far. An unknown one is compared with all others: equal, different, or blocking."""

    def __init__(self) -> None:
        self.blocking: list[Value] = []
        self.questions: list[Question] = []
        self._known: dict[str, Value] = {}
        self._symbolic: list[SymbolicKey] = []
        self._comparisons = 0

    def name_of(self, key: Value) -> str | None:
        plain = key.unmarked()
        match plain.data:
            case str(text):
                self._compare_known(text, plain)
                return text
            case Unknown(kind=Kind.NOT_GIVEN):
                return self._symbolic_name(plain)
            case _:
                self.blocking.append(plain)
                return None

    def _compare_known(self, text: str, key: Value) -> None:
        if text in self._known:
            return
        self._known[text] = key
        for other in self._symbolic:
            self._equal(key, other.value)

    def _symbolic_name(self, key: Value) -> str:
        name = SymbolicKey(key)
        if name in self._symbolic:
            return name
        for other in self._symbolic:
            if self._equal(key, other.value):
                return other
        for known in self._known.values():
            self._equal(key, known)
        self._symbolic.append(name)
        return name

    def _equal(self, one: Value, other: Value) -> bool:
        self._comparisons += 1
        if self._comparisons > _COMPARISONS:
            self.blocking = self.blocking or [one, other]
            return False
        answer = compare(one, other)
        if answer.is_equal is None:
            self.blocking.append(one if one.is_unknown else other)
            self.questions.extend(answer.questions)
        return bool(answer.is_equal)


def keys_known(mapping: Mapping[str, object]) -> bool:
    """Whether no key is one that is not known: such a key may be the same as another mapping's."""
    return not any(isinstance(key, SymbolicKey) for key in mapping)


def find_key(mapping: Mapping[str, Value], key: Value) -> str | OpenKeys | None:
    """The mapping's key that a string value is, None if it is none of them, or why that is open."""
    if isinstance(key.data, str) and key.data in mapping:
        return key.data
    if isinstance(key.data, str) and keys_known(mapping):
        return None
    questions: list[Question] = []
    is_open = False
    for name in mapping:
        answer = compare(key, key_value(name))
        if answer.is_equal:
            return name
        if answer.is_equal is None:
            is_open = True
            questions.extend(answer.questions)
    sources = (key, *(key_value(name) for name in mapping if isinstance(name, SymbolicKey)))
    return OpenKeys(tuple(item for item in sources if item.is_unknown), tuple(questions)) if is_open else None
