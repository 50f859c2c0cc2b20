"""A date as found in the text read, before it becomes a mention with evidence."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Written:
    """`text[start:end]` says `value`; `weak` ones only count when a neighbour vouches for them.

    `value` without a year is in the truncated form of ISO 8601: "--09-17", "--09", "--06-03/--06-09". `shift` is
    the year as told from the year of writing, if it is told so: -1 in "May of last year".
    """

    start: int
    end: int
    value: str
    precision: str
    weak: bool = False
    shift: int | None = None

    @property
    def has_year(self) -> bool:
        """Whether the value starts with a year."""
        return self.value[:4].isdigit()


def exists(month: int, day: int, year: int = 2000) -> bool:
    """Whether the calendar has that day (without a year: in a leap year)."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
