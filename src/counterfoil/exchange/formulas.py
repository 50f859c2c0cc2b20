"""Cells that a spreadsheet would compute, made harmless and back (OWASP, "CSV Injection").

A text that begins (behind blanks and invisible characters) with a sign that starts a formula gets an apostrophe
before it. A text that already looks so gets one more, so that reading takes off exactly what writing put there.
"""

import re

MARK = "'"
_INVISIBLE = "[ \u00a0\u2000-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00]*"
_STARTS = re.compile(f"{MARK}*(?:{_INVISIBLE}[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet computes."""
    if text[:1].isalnum():  # most cells: quickly told
        return text
    return MARK + text if _STARTS.match(text) else text


def as_meant(cell: str) -> str:
    """The text that `harmless` made the cell of; a cell that it cannot have made stays."""
    return cell[1:] if cell.startswith(MARK) and _STARTS.match(cell[1:]) else cell
