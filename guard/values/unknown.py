"""Not knowing: why a value is not known, what it is all the same, and what would settle it."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from guard.addresses import quoted
from guard.records import dataclass, field, replace
from guard.source import SourceRange

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from guard.values.value import Value


class Kind(Enum):
    """Why a value is not known.

    NOT_GIVEN: an input without value or default, a data source's result: it stands for any value of
        its type, and decisions about it can be tried one by one (worlds).
    AT_APPLY: Terraform itself learns it while applying; Terraform's own rules for unknown values hold.
    UNREAD: something that we could not read or that is refused; it may be anything, for ever.
    """

    NOT_GIVEN = "not given"
    AT_APPLY = "known at apply"
    UNREAD = "not read"


# --- terms: what an unknown value *is*, so that equal terms are equal values -------------------


@dataclass(frozen=True, slots=True)
class Input:
    """A leaf: an input or a part of one, or an attribute of a resource instance.

    name: the leaf as people write it (`var.users`, `data.x.y.id`, `random_pet.p.id`, `terraform.workspace`).
    steps: the way into it: attribute names, and positions of elements.
    made: it is the element of something that is made of inputs, and nobody can give it.
    """

    name: str
    steps: tuple[str | int, ...] = ()
    made: bool = field(default=False, compare=False)

    def child(self, step: str | int) -> Input:
        return replace(self, steps=(*self.steps, step))

    def __str__(self) -> str:
        return self.name + "".join(
            f"[{step}]"
            if isinstance(step, int)
            else f".{step}"
            if step.isidentifier()
            else f'["{quoted(step)}"]'
            for step in self.steps
        )


WORKSPACE = Input("terraform.workspace")


@dataclass(frozen=True, slots=True)
class Joined:
    """A template: texts and values that convert to string, in order."""

    parts: tuple[str | Value, ...]

    def __str__(self) -> str:
        from guard.values.labels import label

        return "".join(part if isinstance(part, str) else f"${{{label(part)}}}" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Applied:
    """A function, operator or step applied to values: equal name and arguments, equal value."""

    name: str
    arguments: tuple[Value, ...]

    def __str__(self) -> str:
        from guard.values.labels import label, written

        return written(self.name, [label(item) for item in self.arguments])


Term: TypeAlias = Input | Joined | Applied


# --- questions: what would have to be answered for an unknown value to be known ----------------


class Ask(Enum):
    """TRUTH: true or false. NULL: null or not. SIZE: how many elements. EQUAL: this text/number or another.
    HAS: whether a map or set holds a key. TEXT: a string used in a way that only concrete values answer."""

    TRUTH = "truth"
    NULL = "null"
    SIZE = "size"
    EQUAL = "equal"
    HAS = "has"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """One decision about a term of kind NOT_GIVEN.

    subject: the unknown value asked about. other: what it is compared with (EQUAL, HAS), or the text that it
    is converted from (TRUTH).
    """

    ask: Ask
    subject: Value
    other: Value | None = None


# --- unknown -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Refinement:
    """What is known of an unknown value all the same.

    not_null; prefix of a string; at_least/at_most for the size of a collection;
    excluded: texts, numbers or terms that it is known to differ from;
    low/high: bounds of a number, themselves included.
    """

    not_null: bool = False
    prefix: str = ""
    at_least: int = 0
    at_most: int | None = None
    excluded: frozenset[str | int | Fraction | Term] = frozenset()
    low: int | Fraction | None = None
    high: int | Fraction | None = None


NOTHING_MORE = Refinement()


@dataclass(frozen=True, slots=True)
class Unknown:
    """The data of a value that is not known.

    term: its identity. why: a clause that ends a sentence ("var.x is not given").
    questions: for NOT_GIVEN, the decisions that would bring it nearer to being known, first ones first.
    at: where the unknown comes from.
    """

    kind: Kind
    term: Term
    why: str
    questions: tuple[Question, ...] = field(default=(), compare=False)
    refinement: Refinement = field(default=NOTHING_MORE, compare=False)
    at: SourceRange | None = field(default=None, compare=False)
