"""Extracted items in words: what one is called in a list, and what is said of it."""

from collections.abc import Callable, Mapping
from typing import Any


def title(kind: str, item: Any) -> str:
    """What the item is called."""
    return _WORDS[kind][0](item)


def about(kind: str, item: Any) -> str:
    """What is said of it, in a few words."""
    return _WORDS[kind][1](item)


def _said(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _with(word: str, value: str) -> str:
    return f"{word} {value}" if value else ""


def _aliases(actor: Any) -> str:
    names = [f"{alias.name} (so {alias.by})" if alias.by else alias.name for alias in actor.aliases]
    return _with("also", ", ".join(names))


def figure_title(figure: Any) -> str:
    """ "about 1,200–1,300 accounts" """
    amount = "–".join(_grouped(number) for number in (figure.value, figure.most) if number)
    return " ".join(filter(None, (figure.qualifier, amount, figure.unit)))


def _grouped(number: str) -> str:
    """ "1300000" as "1,300,000" """
    whole, dot, fraction = number.partition(".")
    return f"{int(whole):,}{dot}{fraction}" if whole.isdecimal() else number


_Words = tuple[Callable[[Any], str], Callable[[Any], str]]
_WORDS: Mapping[str, _Words] = {
    "actors": (lambda a: a.name, lambda a: _said(a.kind, a.state, _aliases(a))),
    "attributions": (
        lambda a: f"{a.actor} → {a.to}",
        lambda a: _said(a.strength, _with("by", a.by or "the report"), _with("confidence", a.confidence)),
    ),
    "targets": (lambda t: t.name, lambda t: _said(t.kind, t.role, t.country, t.when, _with("by", t.by))),
    "people": (lambda p: p.name, lambda p: _said(p.role, p.of)),
    "voices": (lambda v: v.speaker, lambda v: _said(v.kind, _with("via", v.via))),
    "dates": (lambda d: d.text, lambda d: _said(d.value or "not resolved", d.precision, d.role)),
    "places": (lambda p: p.name, lambda p: p.code),
    "platforms": (lambda p: p.name, lambda p: p.technique),
    "observables": (lambda o: o.value, lambda o: _said(o.type, o.platform)),
    "narratives": (lambda n: n.text, lambda n: _with("by", n.by)),
    "figures": (figure_title, lambda f: f.counts),
    "references": (lambda r: r.name or r.id, lambda r: _said(r.kind, r.id if r.name else "")),
}
