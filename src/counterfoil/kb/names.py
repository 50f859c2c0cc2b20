"""Which names analysts have joined, and which they keep apart; every decision stays."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select

from counterfoil.errors import UsageError
from counterfoil.kb.tables import name_decisions, names, names_pending
from counterfoil.model.coding import Signature, Verdict
from counterfoil.model.judging import NameDecision, joined_names, kept_apart, name_key, ties

LONGEST = 500  #: letters of a name
_OPEN = "open"


def join_names(connection: Connection, name: str, alias: str, signature: Signature) -> NameDecision:
    """Say that two names are one actor's, which goes by `name`; earlier words on the pair are kept.

    Whoever calls this also has the reports that name them follow (`note_pending`, `kb.items.settle`).

    Raises:
        UsageError: no analyst, an empty name, the same name twice, or another word keeps the two apart.
    """
    decision = _store(connection, (name, alias), Verdict.ACCEPTED, signature)
    apart = kept_apart(decided_names(connection))
    if apart:
        raise UsageError(
            f"{apart.analyst} said that {apart.alias} is not {apart.name}; this would make them one.",
            f'If they are one: counterfoil join "{apart.name}" "{apart.alias}".',
        )
    return decision


def part_names(connection: Connection, name: str, alias: str, signature: Signature) -> list[NameDecision]:
    """Say that two names are not one actor's; whatever joined them, also through a third name, is cut.

    What was joined to `alias` stays with it.

    Raises:
        UsageError: no analyst, an empty name, or the same name twice.
    """
    cut = [(one.name, one.alias) for one in ties(decided_names(connection), name, alias)]
    wanted = [(name, alias), *(pair for pair in cut if {*map(name_key, pair)} != {name_key(name), name_key(alias)})]
    return [_store(connection, pair, Verdict.REJECTED, signature) for pair in wanted]


def forget_names(connection: Connection, name: str, alias: str, signature: Signature) -> NameDecision:
    """Take back what was said of two names: they are what their reports say, and may be proposed again.

    Raises:
        UsageError: nothing was said of them, or no analyst.
    """
    pair = NameDecision(0, name, alias, None, "", "").pair
    said = [one for one in decided_names(connection) if one.pair == pair]
    if not said or said[-1].verdict is None:
        raise UsageError(f"Nobody has said whether {name} is {alias}.", "See: counterfoil actors --history.")
    return _store(connection, (name, alias), None, signature)


def decided_names(connection: Connection) -> list[NameDecision]:
    """Every decision on names, oldest first."""
    rows = connection.execute(select(name_decisions).order_by(name_decisions.c.id))
    return [_decision(row._asdict()) for row in rows]


def names_in_use(connection: Connection) -> dict[str, str]:
    """The key of each name that was joined to others -> the name that the actor goes by."""
    return joined_names(decided_names(connection))


def unnamed(connection: Connection, wanted: Sequence[str]) -> list[str]:
    """Those of the names that no coded report has."""
    here = set(connection.execute(select(names.c.name).where(names.c.name.in_(map(name_key, wanted)))).scalars())
    return [name for name in wanted if name_key(name) not in here]


def note_pending(connection: Connection, before: dict[str, str], after: dict[str, str]) -> None:
    """Note the reports that name somebody who goes by another name after a decision than before it."""

    def called(names: dict[str, str], key: str) -> str:
        return name_key(names.get(key, key))  # another spelling of the same name is no other name

    changed = [key for key in before.keys() | after.keys() if called(before, key) != called(after, key)]
    query = select(names.c.report).where(names.c.name.in_(changed)).distinct()
    noted = insert(names_pending).from_select(["report"], query.where(names.c.report.not_in(select(names_pending))))
    connection.execute(noted)


def pending(connection: Connection, limit: int) -> list[str]:
    """Reports that still have to follow a decision on names: see `kb.items.settle`."""
    return list(connection.execute(select(names_pending.c.report).limit(limit)).scalars())


def count_pending(connection: Connection) -> int:
    """How many reports still have to follow."""
    return int(connection.execute(select(func.count()).select_from(names_pending)).scalar_one())


def _store(
    connection: Connection, pair: tuple[str, str], verdict: Verdict | None, signature: Signature
) -> NameDecision:
    name, alias = (" ".join(part.split()) for part in pair)
    if not name or not alias or name_key(name) == name_key(alias) or max(len(name), len(alias)) > LONGEST:
        raise UsageError("Two different names are needed.", "See: counterfoil actors.")
    if not signature.analyst.strip():
        raise UsageError("A decision needs an analyst's name.", "Set --analyst or COUNTERFOIL_ANALYST.")
    row = {"name": name, "alias": alias, "verdict": verdict.value if verdict else _OPEN}
    row |= {"analyst": signature.analyst.strip(), "at": signature.at, "comment": signature.comment}
    key = connection.execute(name_decisions.insert().values(**row)).inserted_primary_key
    return _decision({**row, "id": key[0] if key else 0})


def _decision(row: dict[str, Any]) -> NameDecision:
    return NameDecision(**row | {"verdict": None if row["verdict"] == _OPEN else Verdict(row["verdict"])})
