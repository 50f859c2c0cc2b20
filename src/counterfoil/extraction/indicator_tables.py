"""Indicators in tables whose shape does not say what they are: the head of the column does, or the row's label.

A row is a line with its cells set apart by " | ", as the readers write tables. Cells whose shape is enough (an
address, a hash) are left to the finders that know it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.hosts import is_public
from counterfoil.extraction.observable_page import Hit, Page
from counterfoil.extraction.social_platforms import platform_called

Cell = tuple[int, int]
Row = list[Cell]

_ROW = Expression(r"^\|? ?[^\n|]{0,500} \|[^\n]{0,2000}$", re.MULTILINE)
_BAR = Expression(r" ?\| ?")
_WORDS = {
    "handle": "handle handles username usernames user account accounts nickname alias profile persona "
    "compte comptes konto konten cuenta cuentas usuario usuarios аккаунт аккаунты пользователь акаунт акаунти",
    "channel": "channel channels chaîne chaînes kanal kanäle canal canales канал каналы канали",
    "domain-name": "domain domains hostname host fqdn website websites site sites domaine domaines dominio dominios "
    "webseite webseiten домен домены домени сайт сайты сайти",
    "phone-number": "phone phones telephone tel mobile téléphone teléfono telefon телефон телефоны",
    "wallet-address": "wallet wallets btc bitcoin eth ethereum tron trx usdt кошелёк кошелек гаманець",
    "analytics-id": "analytics ga metrica metrika tracking pixel gtm метрика",
    "advertising-id": "adsense adwords publisher",
    "hashtag": "hashtag hashtags хештег хештеги хештег",
    "kind": "type kind category typ тип tipo art",
    "value": "indicator indicators value ioc iocs observable observables artifact artefact asset indicateur indikator "
    "indicador индикатор індикатор",
    "platform": "platform platforms network service plateforme plattform plataforma платформа",
}  #: what a column holds -> words of its head
_BY_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_HEAD_CHARS = 40
_SHAPES = {
    "handle": Expression(r"@?[\w.\-]{2,40}"),
    "telegram-channel": Expression(r"@?[A-Za-z]\w{3,31}"),
    "phone-number": Expression(r"\+?[\d(][\d ().\-/]{5,20}"),
    "wallet-address": Expression(r"[0-9A-Za-z]{25,110}"),
    "analytics-id": Expression(r"[A-Z]{0,3}-?(?=[A-Z]{0,6}\d)[0-9A-Z]{4,20}(?:-\d{1,4})?"),
    "advertising-id": Expression(r"(?:ca-)?(?:[a-z]{1,8}-){0,2}\d{8,20}"),
    "hashtag": Expression(r"[#＃]?\w{2,100}"),
}
_PART = Expression(r"[^\s,;]+")


def indicators_in_tables(page: Page) -> Iterator[Hit]:
    """Handles, channels, domains, numbers and ids that a table's head or label names; `Hit.kind` says which."""
    for rows in _tables(page.text):
        heads = [page.text[start:end] for start, end in rows[0]]
        headed = len(rows) > 1 and any(map(_meaning, heads)) and max(map(len, heads)) < _HEAD_CHARS
        for row in rows[1:] if headed else rows:
            yield from _in_row(page, row, heads if headed else [])


def _tables(text: str) -> Iterator[list[Row]]:
    """Runs of rows with as many cells, with nothing but blanks between them."""
    rows: list[Row] = []
    last = 0
    for match in _ROW.finditer(text):
        row = _cells(text, *match.span())
        if rows and (len(row) != len(rows[0]) or text[last : match.start()].strip()):
            yield rows
            rows = []
        rows.append(row)
        last = match.end()
    if rows:
        yield rows


def _cells(text: str, start: int, end: int) -> Row:
    bars = [start, *(edge for bar in _BAR.finditer(text, start, end) for edge in bar.span()), end]
    return [_stripped(text, *cell) for cell in zip(bars[::2], bars[1::2], strict=True)]


def _stripped(text: str, start: int, end: int) -> Cell:
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end


def _meaning(head: str) -> str:
    """What the cells under a head hold; empty if it says nothing that is known."""
    if len(head) > _HEAD_CHARS:
        return ""
    words = re.findall(r"\w+", head.lower())
    kinds = [_BY_WORD[word] for word in words if word in _BY_WORD]
    platform = platform_called(head)
    if "channel" in kinds:
        return "telegram-channel" if platform in ("", "Telegram") else "handle"
    if platform and set(kinds) <= {"handle"}:
        return "telegram-channel" if platform == "Telegram" and "handle" not in kinds else "handle"
    for kind in ("kind", "platform", "advertising-id", "analytics-id", "wallet-address"):
        if kind in kinds:  # "Type of indicator", "Bitcoin wallet address"
            return kind
    return kinds[-1] if kinds else ""


def _in_row(page: Page, row: Row, heads: list[str]) -> Iterator[Hit]:
    shown = [page.text[start:end] for start, end in row]
    kinds = [_meaning(head) for head in heads] if heads else ["", _meaning(shown[0])] if len(row) == 2 else []
    said = next((_meaning(cell) for cell, kind in zip(shown, kinds, strict=False) if kind == "kind"), "")
    told = next((_platform(cell) for cell, kind in zip(shown, kinds, strict=False) if kind == "platform"), "")
    for place, kind in enumerate(kinds):
        platform = told or platform_called(heads[place] if heads else shown[0])
        if kind == "value":
            kind = said or ("handle" if platform_called(platform) and "." not in shown[place] else "")
        yield from _in_cell(page, row[place], kind, platform)


def _platform(cell: str) -> str:
    """The platform that a cell names; what no list has is called as it is written."""
    return platform_called(cell) or (cell if len(cell) < _HEAD_CHARS and "|" not in cell else "")


def _in_cell(page: Page, cell: Cell, kind: str, platform: str) -> Iterator[Hit]:
    if kind == "handle" and platform == "Telegram":
        kind = "telegram-channel"
    if kind == "phone-number":
        written = page.text[cell[0] : cell[1]]
        if _SHAPES[kind].fullmatch(written):
            yield Hit(*cell, ("+" if written.startswith("+") else "") + re.sub(r"\D", "", written), kind=kind)
        return
    parts = [match.span() for match in _PART.finditer(page.text, *cell)]
    if kind in ("handle", "hashtag", "telegram-channel") and any(
        page.text[a:b] == " " for (_, a), (b, _) in pairwise(parts)
    ):
        return  # a name of several words
    for start, end in parts:
        written = page.text[start:end]
        if kind == "domain-name" and is_public(written.lower()):
            yield Hit(start, end, written.lower(), kind=kind)
        elif kind in _SHAPES and _SHAPES[kind].fullmatch(written) and any(map(str.isalnum, written)):
            issued = "" if kind in ("hashtag", "wallet-address") else platform
            yield Hit(start, end, _value(kind, written), "Telegram" if kind == "telegram-channel" else issued, kind)


def _value(kind: str, written: str) -> str:
    if kind == "advertising-id":
        return written.removeprefix("ca-")
    sign = {"handle": "@", "telegram-channel": "@", "hashtag": "#"}.get(kind, "")
    return sign + written.lstrip("@#＃") if sign else written
