"""How text goes into Markdown and HTML tables: as it is, or so that it cannot break them."""

import re
from collections.abc import Mapping
from typing import Protocol

_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BREAK = re.compile(rf"\s*{_LINE_END.pattern}\s*")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_UNSAFE_IN_URL = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "|": "%7C", "\\": "%5C"}


class Style(Protocol):
    """The forms a text takes on a page; `joint` stands between several descriptions in one cell."""

    joint: str
    folders: Mapping[str, str]  #: sheet -> folder in index links, where it is not the folder of the pages

    def line(self, text: str) -> str:
        """A field's text, on one line of the page."""

    def cell(self, text: str) -> str:
        """A cell of a Markdown table."""

    def label(self, text: str) -> str:
        """The visible part of a Markdown link, in a table."""

    def address(self, url: str) -> str:
        """A link to a web address, in a Markdown table."""

    def html_cell(self, text: str) -> str:
        """A cell of an HTML table in a Markdown page."""


class AsItIs:
    """Texts untouched, as DISARM's generator writes them."""

    joint = ", "
    folders: Mapping[str, str] = {"responsetypes": "response types"}

    def line(self, text: str) -> str:
        return text

    def cell(self, text: str) -> str:
        return text

    def label(self, text: str) -> str:
        return text

    def address(self, url: str) -> str:
        return f"[{url}]({url})"

    def html_cell(self, text: str) -> str:
        return text


class Safe:
    """Texts on one line, with pipes and lone brackets escaped, so that every table and link holds."""

    joint = "<br><br>"
    folders: Mapping[str, str] = {}

    def line(self, text: str) -> str:
        if not _LINE_END.search(text):  # nearly all texts, told apart quickly
            return text
        return _BREAK.sub("<br>", text.strip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))

    def cell(self, text: str) -> str:
        return escape_pipes(self.line(text))

    def label(self, text: str) -> str:
        return escape_pipes(_escape_brackets(self.line(text)))

    def address(self, url: str) -> str:
        if not _SCHEME.match(url):
            return self.cell(url)
        target = "".join(_UNSAFE_IN_URL.get(sign, sign) for sign in url)
        return f"[{self.label(url)}]({target})"

    def html_cell(self, text: str) -> str:
        return self.line(text)


def escape_pipes(text: str) -> str:
    """Every pipe that is not escaped yet gets a backslash (Markdown counts the backslashes before it)."""
    if "|" not in text:
        return text
    return re.sub(r"(\\*)\|", lambda found: found[0] if len(found[1]) % 2 else f"{found[1]}\\|", text)


def _escape_brackets(text: str) -> str:
    """Brackets that do not pair off would end or swallow the link they stand in."""
    if "[" not in text and "]" not in text:
        return text
    depth = 0
    for sign in text:
        depth += (sign == "[") - (sign == "]")
        if depth < 0:
            break
    return text if depth == 0 else re.sub(r"(?<!\\)([\[\]])", r"\\\1", text)
