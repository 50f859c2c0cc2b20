"""Undo defanging: read ``hxxp[:]//example[.]com`` as ``http://example.com``, letters traceable.

Analysts write addresses so that nobody follows them by accident: a dot or an at sign in brackets, an
altered scheme, an escaped dot. The rules need letters or digits on both sides, so that a bracketed
full stop in prose stays what it is.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.reading import Edit, Mapped

_WORDS = "dot|punkt|punto|point|точка|крапка|at|arroba|ät|собака"
# Every alternative starts with a literal: the scanner then skips plain prose quickly.
_BRACKETED = Expression(
    rf"\[ ?(?P<square>\.|,|@|:|/|//|://|:\\\\|{_WORDS}) ?\]"
    rf"|\( ?(?P<round>\.|@|:|://|{_WORDS}) ?\)"
    rf"|\{{ ?(?P<curly>\.|@|{_WORDS}) ?\}}"
    rf"|< ?(?P<angle>\.|@|{_WORDS}) ?>"
    r"|\[(?P<open>\.)(?=[^\W_])"
    r"|(?P<closed>\.(?<=[0-9A-Za-z].))\](?=[0-9A-Za-z])"
    r"|\\(?P<escaped>\.)(?=[^\W_])"
    r"| (?<=[0-9A-Za-z].)(?P<spelled>dot) (?=(?:com|org|net|info|ru|io|co|biz)\b)"
    r"|(?P<leader>[\u2024\uff0e])",
    re.IGNORECASE,
)
_MEANING = {
    **dict.fromkeys(("dot", "punkt", "punto", "point", "точка", "крапка", ","), "."),
    **dict.fromkeys(("at", "arroba", "ät", "собака"), "@"),
    ":\\\\": "://",
    "\u2024": ".",
    "\uff0e": ".",
}
_SCHEME = Expression(
    r"\[?(?<![A-Za-z0-9])(?P<name>h[tx*]{2}p|hxxx|htp|hxp|meow|fxp|ftp)(?P<secure>\[s\]|s)?\]?(?::\\\\|://)",
    re.IGNORECASE,
)


def refanged(mapped: Mapped) -> Mapped:
    """The text with defanged addresses as they would work; offsets lead back to the original."""
    plain = mapped.edited(_bracket_edits(mapped.text))
    return plain.edited(_scheme_edits(plain.text))


def _bracket_edits(text: str) -> Iterator[Edit]:
    done = 0
    for match in _BRACKETED.finditer(text):
        kind = match.lastgroup or ""
        sign = match.group(kind).lower()
        start, end = match.span()
        sign = _MEANING.get(sign, sign)
        if kind in ("square", "round", "curly", "angle") and sign in (".", "@"):
            start, end = _with_blanks(text, start, end, kind)
        if kind != "spelled" and not _joins(text[start - 1 : start], text[end : end + 1], sign):
            start, end = match.span()
            if sign != "@" or not text[end : end + 1].isalnum():
                continue  # only a handle ("[@]name") may stand without a word before it
        if start < done:
            continue
        done = end
        yield start, end, sign


def _with_blanks(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    """The range with one blank on each side: ``name [at] example [.] com``.

    Round brackets around a lone full stop are left alone: they occur in prose.
    """
    if kind == "round" and "." in text[start:end]:
        return start, end
    before = start - 1 if text[start - 1 : start] == " " else start
    after = end + 1 if text[end : end + 1] == " " else end
    return before, after


def _joins(before: str, after: str, sign: str) -> bool:
    if sign in (":", "//", "://", "/"):
        return before.isalnum() or before in (":", "]")
    return (before.isalnum() or before in ("_", "-")) and (after.isalnum() or after in ("_", "["))


def _scheme_edits(text: str) -> Iterator[Edit]:
    for match in _SCHEME.finditer(text) if "://" in text or ":\\\\" in text else ():
        name = "ftp" if match["name"].lower() in ("ftp", "fxp") else "http"
        proper = f"{name}{'s' if match['secure'] else ''}://"
        if match.group().lower() != proper:
            yield match.start(), match.end(), proper
