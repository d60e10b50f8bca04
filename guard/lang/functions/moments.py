"""Points in time: the calendar, and a moment as Go prints it (https://pkg.go.dev/time)."""

from __future__ import annotations

from guard.records import dataclass, replace

SECOND = 10**9
_DAY = 86_400
_FEBRUARY = 2


@dataclass(frozen=True, slots=True)
class Moment:
    """nanoseconds since the year 0 in UTC; offset: seconds by which the local clock is ahead of UTC."""

    nanoseconds: int
    offset: int

    def plus(self, nanoseconds: int) -> Moment:
        return replace(self, nanoseconds=self.nanoseconds + nanoseconds)

    @property
    def clock(self) -> Clock:
        """What the local calendar and clock show."""
        days, seconds = divmod(self.nanoseconds // SECOND + self.offset, _DAY)
        year, month, day = _civil(days)
        return Clock(
            year,
            month,
            day,
            seconds // 3600,
            seconds // 60 % 60,
            seconds % 60,
            (days + _WEEKDAY_OF_START) % 7,
        )

    def zone(self, colon: str = ":", utc: str = "") -> str:
        """The offset as `+01:00`; utc: what stands for none, if it is special."""
        if not self.offset and utc:
            return utc
        hours, minutes = divmod(abs(self.offset) // 60, 60)
        return f"{'-' if self.offset < 0 else '+'}{hours:02d}{colon}{minutes:02d}"

    def __str__(self) -> str:
        at = self.clock
        date = f"{year_text(at.year)}-{at.month:02d}-{at.day:02d}"
        return f"{date}T{at.hour:02d}:{at.minute:02d}:{at.second:02d}{self.zone(utc='Z')}"


@dataclass(frozen=True, slots=True)
class Clock:
    """weekday counts from Sunday, 0."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    weekday: int


def year_text(year: int) -> str:
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


# --- calendar ----------------------------------------------------------------------------------

_WEEKDAY_OF_START = 6  # the first of January of the year 0 was a Saturday
_DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365)
_DAYS_OF_400_YEARS = 146_097


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(year: int, month: int) -> int:
    return _DAYS_BEFORE[month] - _DAYS_BEFORE[month - 1] + (month == _FEBRUARY and _is_leap(year))


def _days_before_year(year: int) -> int:
    """Days from the start of the year 0 to that of another one."""
    last = year - 1
    return 365 * year + last // 4 - last // 100 + last // 400 + 1


def days(year: int, month: int, day: int) -> int:
    """A date as the days since the start of the year 0."""
    return (
        _days_before_year(year) + _DAYS_BEFORE[month - 1] + (month > _FEBRUARY and _is_leap(year)) + day - 1
    )


def _civil(days: int) -> tuple[int, int, int]:
    """The year, month and day of a day counted from the start of the year 0."""
    year = days * 400 // _DAYS_OF_400_YEARS
    while _days_before_year(year) > days:
        year -= 1
    while _days_before_year(year + 1) <= days:
        year += 1
    rest = days - _days_before_year(year)
    month = 1
    while rest >= days_in(year, month):
        rest -= days_in(year, month)
        month += 1
    return year, month, rest + 1


def moment(date: int, seconds: int, fraction: str, offset: int) -> Moment:
    """The moment on a day (see `days`) at these seconds of the local clock; fraction: their decimals."""
    nanoseconds = int(fraction[:9].ljust(9, "0"))
    return Moment((date * _DAY + seconds - offset) * SECOND + nanoseconds, offset)
