"""Decisions of one workspace into another: on suggestions, on extracted items, on names. See `kb.merging`."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, select, update

from counterfoil.kb.merging import Merging, Row
from counterfoil.kb.names import decided_names, names_in_use, note_pending
from counterfoil.kb.slices import slices
from counterfoil.kb.tables import decisions, item_decisions, name_decisions, withdrawals
from counterfoil.model.judging import kept_apart, name_key

_OPEN = "open"
_WORD = ("verdict", "analyst", "at", "comment")


def merge_decisions(merging: Merging) -> None:
    """Decisions on suggestions, with those that were taken back."""
    query = select(decisions).order_by(decisions.c.suggestion, decisions.c.id)
    rows = (row._asdict() for row in merging.there.execute(query))
    groups = ((str(suggestion), list(group)) for suggestion, group in groupby(rows, key=lambda row: row["suggestion"]))
    for some in slices(groups):
        here = _decided(merging.here, [suggestion for suggestion, _ in some])
        for suggestion, theirs in some:
            _merge_suggestion(merging, suggestion, here.get(suggestion, []), theirs)
    merging.flush()


def _merge_suggestion(merging: Merging, suggestion: str, ours: list[Row], theirs: list[Row]) -> None:
    known = {_said(row): row["id"] for row in ours}
    missing = [row for row in theirs if _said(row) not in known]
    taken_back = _withdrawn(merging.there, theirs)
    taken_here = _withdrawn(merging.here, ours)
    numbers = {row["id"]: known[_said(row)] for row in theirs if _said(row) in known}
    news = [row for row in taken_back if numbers.get(row["decision"], 0) not in {one["decision"] for one in taken_here}]
    if not missing and not news:
        return
    goes_on = [_said(row) for row in theirs][: len(ours)] == [_said(row) for row in ours]
    goes_on = goes_on and len(taken_here) == len(taken_back) - len(news)
    numbers |= {row["id"]: merging.next_number(decisions) for row in missing}
    if goes_on:
        _supersede(merging.here, ours, theirs, numbers)
    elif _counts(ours) != _counts(theirs):
        merging.conflict("decision", suggestion, "verdict", (_told(ours), _told(theirs)))
    standing = next((row["id"] for row in reversed(ours) if row["superseded"] is None), None)
    last = standing or (ours[-1]["id"] if ours else None)
    for row in missing:
        superseded = numbers.get(row["superseded"]) if goes_on else last
        merging.add(decisions, row | {"id": numbers[row["id"]], "superseded": superseded})
    for row in news:
        if goes_on or row["decision"] not in {one["id"] for one in theirs if one not in missing}:
            links = {name: numbers.get(row[name]) for name in ("decision", "restores", "successor")}
            merging.add(withdrawals, row | links)


def _supersede(here: Connection, ours: Sequence[Row], theirs: Sequence[Row], numbers: dict[int, int]) -> None:
    """Let our live decision give way as it did there."""
    after = {numbers[row["id"]]: row["superseded"] for row in theirs}
    for row in ours:
        superseded = after.get(row["id"])
        if row["superseded"] is None and superseded is not None:
            values = {"superseded": numbers[superseded]}
            here.execute(update(decisions).where(decisions.c.id == row["id"]).values(**values))


def _decided(connection: Connection, wanted: Sequence[str]) -> dict[str, list[Row]]:
    query = select(decisions).where(decisions.c.suggestion.in_(wanted)).order_by(decisions.c.id)
    found: dict[str, list[Row]] = {}
    for row in connection.execute(query):
        found.setdefault(row.suggestion, []).append(row._asdict())
    return found


def _withdrawn(connection: Connection, rows: Sequence[Row]) -> list[Row]:
    ids = [row["id"] for row in rows if row["superseded"] is not None]  # what was taken back does not count
    if not ids:
        return []
    query = select(withdrawals).where(withdrawals.c.decision.in_(ids)).order_by(withdrawals.c.decision)
    return [row._asdict() for row in connection.execute(query)]


def _said(row: Row) -> tuple[Any, ...]:
    """What makes two rows the same decision, whatever their numbers."""
    return tuple(row[name] for name in _WORD)


def _counts(rows: Sequence[Row]) -> str:
    """The verdict that counts; "open" where none does."""
    return next((str(row["verdict"]) for row in rows if row["superseded"] is None), _OPEN)


def _told(rows: Sequence[Row]) -> str:
    live = next((row for row in rows if row["superseded"] is None), None)
    return f"{live['verdict']} by {live['analyst']} at {live['at']}" if live else "taken back"


def merge_items(merging: Merging) -> None:
    """Decisions on extracted items: the last row of an item is what counts."""
    own = item_decisions.c
    query = select(item_decisions).order_by(own.report, own.item, own.id)
    rows = (row._asdict() for row in merging.there.execute(query))
    for some in slices((report, list(group)) for report, group in groupby(rows, key=itemgetter("report"))):
        here: dict[tuple[str, str], list[Row]] = {}
        known = select(item_decisions).where(own.report.in_([report for report, _ in some])).order_by(own.id)
        for row in merging.here.execute(known):
            here.setdefault((row.report, row.item), []).append(row._asdict())
        for report, said in some:
            for item, theirs in groupby(said, key=itemgetter("item")):
                if _merge_words(merging, item_decisions, here.get((report, item), []), list(theirs), item):
                    merging.reports.add(report)
    merging.flush()


def merge_names(merging: Merging) -> None:
    """Decisions on names. One that would make names one that somebody here keeps apart is left out, and said."""
    before = names_in_use(merging.here)
    here, there = (_by_pair(connection) for connection in (merging.here, merging.there))
    for pair, theirs in there.items():
        counted = dict(merging.added)
        with merging.here.begin_nested() as savepoint:
            added = _merge_words(merging, name_decisions, here.get(pair, []), theirs, " = ".join(pair))
            merging.flush()
            apart = kept_apart(decided_names(merging.here)) if added else None
            if apart:
                savepoint.rollback()
                merging.added = counted
                values = (f"{apart.name} is not {apart.alias}", "one actor")
                merging.conflict("name", " = ".join(pair), "joined", values)
    note_pending(merging.here, before, names_in_use(merging.here))


def _by_pair(connection: Connection) -> dict[tuple[str, ...], list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in connection.execute(select(name_decisions).order_by(name_decisions.c.id)):
        pair = tuple(sorted((name_key(row.name), name_key(row.alias))))
        found.setdefault(pair, []).append(row._asdict())
    return found


def _merge_words(merging: Merging, table: Table, ours: Sequence[Row], theirs: Sequence[Row], id_: str) -> bool:
    """Add what was said there of one thing; whether anything was. The last row counts, so that ours is said again
    where both went on differently."""
    known = {_word(row): row["id"] for row in reversed(ours)}
    missing = [row for row in theirs if _word(row) not in known]
    if not missing:
        return False
    words = list(dict.fromkeys(_word(row) for row in theirs))
    goes_on = words[: len(known)] == list(dict.fromkeys(_word(row) for row in ours))
    numbers = {row["id"]: known.get(_word(row)) for row in theirs}
    again = [] if goes_on else [ours[-1]]
    if again and _content(ours[-1]) != _content(theirs[-1]):
        merging.conflict(_KIND[table.name], id_, "verdict", (_word_told(ours[-1]), _word_told(theirs[-1])))
    for row in (*missing, *again):
        values = row | {"id": merging.next_number(table)}
        if values.get("undoes") is not None and row in missing:
            values["undoes"] = numbers[values["undoes"]]
        merging.add(table, values)
        numbers[row["id"]] = values["id"]
    return True


_KIND = {item_decisions.name: "item", name_decisions.name: "name"}


def _word(row: Row) -> tuple[Any, ...]:
    return tuple(value for name, value in sorted(row.items()) if name not in ("id", "undoes"))


def _content(row: Row) -> tuple[Any, ...]:
    """What is said, whoever says it."""
    return tuple(row.get(name) for name in ("verdict", "own", "content", "name"))


def _word_told(row: Row) -> str:
    return f"{row['verdict']} by {row['analyst']} at {row['at']}"
