"""What a search found, as a page shows it: each hit with where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.routing import BaseRoute, Match

from counterfoil.kb.search import Group, Hit
from counterfoil.workflow.searching import LABELS, Found

#: Pages of one thing each. A kind whose page is not there leads to a search for it.
_PAGES = {"technique": "/techniques/", "incident": "/incidents/", "actor": "/actors/", "observable": "/observables/"}


@dataclass(frozen=True, slots=True)
class Row:
    """A hit, and the address of the page on which to look at it; empty if there is none."""

    hit: Hit
    href: str


@dataclass(frozen=True, slots=True)
class Section:
    """The hits of one kind, and how many there are in all."""

    kind: str
    label: str
    rows: tuple[Row, ...]
    total: int
    more: bool
    offset: int


def sections(found: Found, routes: Sequence[BaseRoute]) -> list[Section]:
    """The groups of what was found; `routes` are the application's."""
    there = {kind for kind, path in _PAGES.items() if _is_page(f"{path}x", routes)}
    return [_section(group, there) for group in found.groups]


def _section(group: Group, there: set[str]) -> Section:
    rows = tuple(Row(hit, _href(hit, there)) for hit in group.hits)
    return Section(group.kind, LABELS[group.kind], rows, group.total, group.more, group.offset)


def _href(hit: Hit, there: set[str]) -> str:
    if hit.kind == "report":
        return f"/reports/{hit.id}/review" + (f"#p{hit.block}" if hit.block is not None else "")
    if hit.kind == "quote":
        return f"/reports/{hit.report}/review?{urlencode({'focus': hit.id, 'score': '0'})}#{hit.id}"
    if hit.kind in there:
        return _PAGES[hit.kind] + quote(hit.id, safe="")
    if hit.kind == "technique":
        return f"/search?{urlencode({'technique': hit.id})}"
    if hit.kind == "incident":
        return ""
    if hit.reports == 1:
        return f"/reports/{hit.report}/review?tab=found"
    return f"/search?{urlencode({'q': _phrase(hit.id)})}"


def _phrase(name: str) -> str:
    return '"{}"'.format(name.replace('"', " "))


def _is_page(path: str, routes: Sequence[BaseRoute]) -> bool:
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    return any(route.matches(scope)[0] is Match.FULL for route in routes)
