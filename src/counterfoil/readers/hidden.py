"""Text of a page that its readers never saw must not become evidence: it is taken out and counted."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HIDING_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|font-size\s*:\s*0*\.?0+(?:px|pt|em|rem|ex|ch|vw|vh|%)?)\s*(?:!\s*important\s*)?(?:;|$)",
    re.I,
)
_NEVER_SHOWN = ("template", "noscript")
_NEVER_TEXT = frozenset({"script", "style"})


def drop_hidden(root: "HtmlElement") -> int:
    """Remove what a browser does not show; returns how many non-blank characters of text that was.

    Goes by what stands on the element itself: the `hidden` attribute, an inline style (display, visibility,
    font-size 0), `<template>`, `<noscript>`. Style sheets are not read, so what they hide stays.
    """
    doomed = [element for element in root.iter() if isinstance(element.tag, str) and _is_hidden(element)]
    lost = 0
    gone: set[HtmlElement] = set()
    for element in doomed:
        if not any(ancestor in gone for ancestor in element.iterancestors()):
            lost += _letters(element)
            gone.add(element)
    for element in gone:
        _remove(element)
    return lost


def hidden_note(characters: int) -> str:
    """The sentence for `Report.notes`; empty if nothing was left out."""
    return f"Left out {characters} characters of hidden text." if characters else ""


def _is_hidden(element: "HtmlElement") -> bool:
    if element.tag in ("html", "body"):  # hidden until a script runs; then everybody reads it
        return False
    if element.tag in _NEVER_SHOWN or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDING_STYLE.search(style) is not None


def _letters(element: "HtmlElement") -> int:
    from lxml import etree

    count = 0
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, part in walk:
        if event == "start":
            if part.tag in _NEVER_TEXT:
                walk.skip_subtree()
            else:
                count += _non_blank(part.text)
        elif part is not element:
            count += _non_blank(part.tail)
    return count


def _non_blank(text: str | None) -> int:
    return sum(map(len, text.split())) if text else 0


def _remove(element: "HtmlElement") -> None:
    """Take the element out but leave the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
