"""Users and where their keys come from, laid out as a picture: places on the left, users on the right."""

from __future__ import annotations

from collections.abc import Sequence

from guard.inventory.model import AccessKey
from guard.records import dataclass
from guard.reports.model import Report, shown_keys, worst_first
from guard.rules import UserVerdict
from guard.visible import visible

MOST_USERS = 40
MOST_KEYS = 6
ROW = 34
SQUARE = 16
STEP = SQUARE + 6
RIGHT = 560
LONGEST = 36


@dataclass(frozen=True, slots=True)
class Square:
    """A key: its place in the row, and whether it counts: active, maybe, or inactive."""

    x: int
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """A place or a user at a height; squares and verdict are of users only."""

    y: int
    text: str
    title: str
    verdict: str = ""
    squares: tuple[Square, ...] = ()
    more: str = ""
    limit_x: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from a place to a user."""

    from_y: int
    to_y: int
    kind: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Picture:
    """label_x: where the users' names start. left_out: users for which there is no room."""

    height: int
    label_x: int
    places: tuple[Row, ...]
    users: tuple[Row, ...]
    edges: tuple[Edge, ...]
    left_out: int


def picture(report: Report) -> Picture | None:
    """The picture of the users that need attention first; None when there are no users."""
    users = worst_first(report.users)[:MOST_USERS]
    if not users:
        return None
    users.sort(key=lambda user: (-user.verdict, *map(_place, _keys(user)[:1])))
    places = _places(users)
    rows = max(len(places), len(users))
    place_y = {place: _height(number, len(places), rows) for number, place in enumerate(places)}
    user_rows = [_user(user, _height(n, len(users), rows), report.limit) for n, user in enumerate(users)]
    edges = [
        Edge(place_y[_place(key)], row.y, kind(key), row.verdict)
        for user, row in zip(users, user_rows, strict=True)
        for key in _keys(user)
    ]
    return Picture(
        height=rows * ROW,
        label_x=RIGHT + max(len(row.squares) for row in user_rows) * STEP + 12,
        places=tuple(Row(y, _short(place), visible(place)) for place, y in place_y.items()),
        users=tuple(user_rows),
        edges=tuple(dict.fromkeys(edges)),
        left_out=len(report.users) - len(users),
    )


def _places(users: Sequence[UserVerdict]) -> list[str]:
    """The places, each beside the middle of its users, so that few lines cross."""
    heights: dict[str, list[int]] = {}
    for height, user in enumerate(users):
        for key in _keys(user):
            heights.setdefault(_place(key), []).append(height)
    return sorted(heights, key=lambda place: sum(heights[place]) / len(heights[place]))


def kind(key: AccessKey) -> str:
    """active: certainly; inactive: certainly not; maybe: it depends."""
    if key.active.high == 0:
        return "inactive"
    return "active" if key.active.low else "maybe"


def badge(user: UserVerdict) -> str:
    return "waived" if user.waived else user.verdict.word


def _user(user: UserVerdict, y: int, limit: int) -> Row:
    keys = _keys(user)
    squares = [
        Square(RIGHT + number * STEP, kind(key), visible(key.address or kind(key)))
        for number, key in enumerate(keys)
    ]
    more = len(user.keys) - len(keys)
    return Row(
        y,
        _short(user.label),
        visible(user.label),
        badge(user),
        tuple(squares),
        f"+{more}" if more else "",
        RIGHT + limit * STEP - 3 if limit <= MOST_KEYS else 0,
    )


def _keys(user: UserVerdict) -> Sequence[AccessKey]:
    return shown_keys(user)[:MOST_KEYS]


def _place(key: AccessKey) -> str:
    return key.at.file if key.at else key.root


def _height(number: int, of: int, rows: int) -> int:
    """Rows of the shorter side are spread over the height of the longer one."""
    return round((number + 0.5) * rows * ROW / of)


def _short(text: str) -> str:
    """The end of a long text, which tells more than its start."""
    text = visible(text)
    return text if len(text) <= LONGEST else f"…{text[-LONGEST + 1 :]}"
