"""What a page says about itself: title, author, publisher, date and canonical address."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from counterfoil.readers.about import is_web_address

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DATE_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "publication_date",
    "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
    "parsely-pub-date", "sailthru.date", "date", "pubdate", "publish-date", "publish_date",
)  # fmt: skip
_ISO = re.compile(r"\s*((?:19|20)\d\d)(?:([-/])(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?)?(?![\d/-])")
_DATE_IN_URL = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])(?:/|$)")
_MAX_JSON = 500_000


@dataclass(frozen=True, slots=True)
class About:
    """Plain strings, empty where the page does not say; `published` ISO 8601 as precise as the page."""

    title: str
    author: str
    publisher: str
    published: str
    url: str


def page_about(tree: "HtmlElement", url: str) -> About:
    """Read the page's metadata; `url` is where it came from, if known."""
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(tree, default_url=url or None, date_config=_date_settings())
    canonical = found.url or ""
    return About(
        title=found.title or _title_element(tree),
        author=(found.author or "").replace("; ", ", "),
        publisher=found.sitename or "",
        published=_declared_date(tree) or _url_date(canonical or url) or _whole_date(found.date),
        url=canonical if is_web_address(canonical) else "",
    )


def iso_date(value: str) -> str:
    """The ISO date that `value` begins with, no more precise than written; else an empty string.

    >>> iso_date("2024-10-23T09:00:00+02:00"), iso_date("2024-10"), iso_date("10 May")
    ('2024-10-23', '2024-10', '')
    """
    found = _ISO.match(value)
    return "-".join(part for part in found.group(1, 3, 4) if part) if found else ""


def _date_settings() -> dict[str, Any]:
    # Not extensive: htmldate then no longer takes the year in a page's copyright line for its date.
    return {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}


def _whole_date(value: str | None) -> str:
    """htmldate fills in what it does not know with 01-01: keep of that only the year."""
    return (value[:4] if value.endswith("-01-01") else value) if value else ""


def _url_date(url: str) -> str:
    found = _DATE_IN_URL.search(url)
    return "-".join(found.groups()) if found else ""


def _title_element(tree: "HtmlElement") -> str:
    return " ".join((tree.findtext(".//title") or "").split())


def _declared_date(tree: "HtmlElement") -> str:
    return next((date for value in _date_strings(tree) if (date := iso_date(value))), "")


def _date_strings(tree: "HtmlElement") -> Iterator[str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.lower(), meta.get("content") or "")
    yield from (metas[name] for name in _DATE_METAS[:3] if name in metas)
    yield from _linked_data_dates(tree)
    yield from (metas[name] for name in _DATE_METAS[3:] if name in metas)
    for time in tree.iter("time"):
        if time.get("pubdate") is not None or time.get("itemprop") == "datePublished":
            yield time.get("datetime") or ""
    articles = tree.iter("article")
    first = next(articles, None)
    if first is not None and next(articles, None) is None:
        yield from (time.get("datetime") or "" for time in first.iter("time"))


def _linked_data_dates(tree: "HtmlElement") -> Iterator[str]:
    for script in tree.iter("script"):
        text = script.text or ""
        if script.get("type") != "application/ld+json" or len(text) > _MAX_JSON:
            continue
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            continue
        waiting = [data]
        while waiting:
            node = waiting.pop()
            if isinstance(node, dict):
                date = node.get("datePublished")
                if isinstance(date, str):
                    yield date
                waiting.extend(value for value in node.values() if isinstance(value, dict | list))
            elif isinstance(node, list):
                waiting.extend(node)
