"""What a waiver says: that a user may have more keys for a while, by someone's word and for a reason."""

from __future__ import annotations

from guard.records import dataclass
from guard.rules import Waived

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.source import SourceRange

MOST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Waiver:
    """What a waiver says. until: its last day, in UTC, as written. root: only users of this root."""

    account: str
    user: str
    at_most: int
    owner: str
    reason: str
    until: str
    at: SourceRange
    root: str | None = None

    @property
    def shown(self) -> Waived:
        return Waived(self.owner, self.reason, self.until, self.at_most)
