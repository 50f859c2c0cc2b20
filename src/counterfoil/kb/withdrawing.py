"""Taking a decision back. Nothing is deleted: who withdrew what, and when, is a row of its own."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select, update

from counterfoil.errors import UsageError
from counterfoil.kb.coding import decide, decision_on
from counterfoil.kb.reports import find_id
from counterfoil.kb.tables import decisions, withdrawals
from counterfoil.model.coding import Decision, Signature, Verdict


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That `analyst` took a decision back at `at` (ISO 8601 in UTC).

    `restores` is the earlier decision that counts again by the new row `successor`; both None if none does.
    """

    decision: int
    analyst: str
    at: str
    comment: str = ""
    restores: int | None = None
    successor: int | None = None


def withdraw(connection: Connection, suggestion_id: str, signature: Signature) -> Decision | None:
    """Take back the live decision on a suggestion; returns the one that counts now, if any.

    The decision before it counts again (as a new row that says so); taking that back too goes one further.

    Raises:
        UnknownIdError: no such suggestion.
        UsageError: nobody has judged it, or no analyst.
    """
    if not signature.analyst.strip():
        raise UsageError("A decision needs an analyst's name.", "Set --analyst or COUNTERFOIL_ANALYST.")
    full_id = find_id(connection, "suggestion", suggestion_id)
    live = decision_on(connection, full_id)
    if live is None:
        raise UsageError(f"Nobody has judged {full_id}, so there is nothing to take back.")
    earlier = _before(connection, live)
    after = None
    if earlier is None:
        connection.execute(update(decisions).where(decisions.c.id == live.id).values(superseded=live.id))
    else:
        again = Signature(signature.analyst, signature.at, earlier.comment)
        after = decide(connection, full_id, earlier.verdict, again)
    row = Withdrawal(
        decision=live.id,
        analyst=signature.analyst.strip(),
        at=signature.at,
        comment=signature.comment,
        restores=earlier.id if earlier else None,
        successor=after.id if after else None,
    )
    connection.execute(withdrawals.insert().values(**asdict(row)))
    return after


def withdrawn(connection: Connection, suggestion_id: str) -> dict[int, Withdrawal]:
    """The withdrawals of a suggestion's decisions, by the decision's id."""
    full_id = find_id(connection, "suggestion", suggestion_id)
    query = select(withdrawals).join(decisions, decisions.c.id == withdrawals.c.decision)
    rows = connection.execute(query.where(decisions.c.suggestion == full_id))
    return {row.decision: Withdrawal(**row._asdict()) for row in rows}


def _before(connection: Connection, decision: Decision) -> Decision | None:
    """What counted before a decision was made; of one that restores another, what counted before that."""
    restored = connection.execute(select(withdrawals.c.restores).where(withdrawals.c.successor == decision.id)).scalar()
    origin = restored or decision.id
    superseded = (decisions.c.superseded == origin) & (decisions.c.id != origin)
    row = connection.execute(select(decisions).where(superseded)).first()
    if row is None:
        return None
    return Decision(**{**row._asdict(), "verdict": Verdict(row.verdict)})
