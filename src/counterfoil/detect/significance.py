"""How improbable it is that two accounts acted together as often as they did.

The null hypothesis has two parts, and a pair must beat both together.

*Dealt.* Every act is a slot: an object and a time. If the accounts were dealt to the slots at random, each to as many
as it filled, how many acts of two of them would fall within the window on one object? That answers activity and
popularity, but not interests: two accounts that care for the same things meet more often than that.

*Synchrony.* Of the objects that both acted on: if each object's times were permuted among its acts, how often would
they be within the window? That answers interests, too, and the hours at which an object spreads. On an object that
hardly anyone shared outside bursts of a minute it can answer nothing (they all were together), so such an object is
left to the first. A minute whatever the window is: in a window of an hour most objects are one burst, and nothing
would be left to answer interests.

The number of objects expected is the sum of both, so that a pair beats either alone. The number seen is held against
the Poisson distribution with that mean. Its tail bounds that of a sum of independent events with the same mean,
however unequal their chances, wherever it is used (Hoeffding 1956; Anderson and Samuels 1967), so that the values are
cautious. False discoveries are controlled by Benjamini and Hochberg (1995) over all pairs that there could have been,
not only those that met.

All of it is plain SQL; the logarithm of p is kept, since p itself soon is smaller than a number can be.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from counterfoil.detect.definition import Definition
from counterfoil.detect.hubs import Engine
from counterfoil.detect.plan import Step

BURST = 0.1  #: an object more of whose pairs of acts than this are within a minute has no other times to compare with
UNTIMED = -1.0  #: as `burst`: no object tells anything by its times
TABLE = "significance"  #: source, target, shared, together, expected, dealt, log_p, log_synchrony, q


@dataclass(frozen=True, slots=True)
class Null:
    """What two accounts are compared with: how many there are, and how close acts lie on the whole.

    Args:
        accounts: that acted at all; every two of them could have been a pair.
        acts: of all accounts.
        close: pairs of acts on one object within the window.
    """

    accounts: int
    acts: int
    close: int

    @property
    def pairs(self) -> int:
        """The hypotheses that are tested."""
        return max(self.accounts * (self.accounts - 1) // 2, 1)

    @property
    def chance(self) -> float:
        """That two acts of all fall on one object within the window."""
        return self.close / max(self.acts * (self.acts - 1) / 2, 1)


def log_tail(seen: str, expected: str) -> str:
    """SQL for the logarithm of a bound on P(X >= seen), X Poisson with the expected mean; 0 unless seen is above it.

    The first term of the tail by Stirling's lower bound on the factorial, and a geometric series for the others:
    never below the true tail, and within a few per cent of it where it matters.
    """
    return (
        f"CASE WHEN {seen} >= {expected} + 1 AND {expected} > 0 THEN least(0.0, {seen} - {expected} "
        f"- {seen} * ln({seen} / {expected}) - 0.5 * ln(6.283185307179586 * {seen}) - 1.0 / (12 * {seen} + 1) "
        f"- ln(1 - {expected} / ({seen} + 1))) ELSE 0.0 END"
    )


def null_of(engine: Engine) -> Null:
    """The null hypothesis of a run whose `acting` and `costs` stand."""
    accounts, acts = engine.rows("SELECT count(DISTINCT account), count(*) FROM acting")[0]
    close = engine.rows("SELECT sum(close) FROM costs")[0][0]
    return Null(accounts, acts, int(close or 0))


def steps(definition: Definition, null: Null, rate: float, burst: float = BURST) -> list[Step]:
    """The steps from `edges`, `acting`, `near` and `costs` to the table `significance`.

    A row is a pair of accounts (source < target) that may be significant at the rate: objects that both acted on
    (`shared`), on how many of them within the window (`together`; not more than either has messages there), how many
    were expected (`expected`) and how many of these by dealing (`dealt`), log p, log p of synchrony alone (0 if
    nothing could be told), and q, the least rate of false discoveries at which the pair would be reported.

    Args:
        rate: of false discoveries. Pairs that could not reach it even if nobody else had met are left out first.
    """
    expected = f"({null.chance:.17g} * one.acts * two.acts)"
    return [
        Step("activity", "SELECT account, CAST(count(*) AS DOUBLE) AS acts FROM acting GROUP BY account"),
        Step(
            "hopeful",
            f"SELECT low, high, weight, dealt, one_acts, two_acts, {log_tail('weight', 'dealt')} AS log_p FROM ("
            f"SELECT low, high, weight, {expected} AS dealt, one.acts AS one_acts, two.acts AS two_acts FROM ("
            "SELECT least(source, target) AS low, greatest(source, target) AS high, "
            f"CAST({_most_met(definition)} AS DOUBLE) AS weight FROM edges WHERE source <> target "
            "GROUP BY least(source, target), greatest(source, target)) AS met "
            "JOIN activity AS one ON one.account = low JOIN activity AS two ON two.account = high) AS weighed",
        ),
        Step("shortlist", _shortlist(null, rate)),
        Step(
            "listed",
            "SELECT account, object, CAST(count(*) AS DOUBLE) AS acts FROM acting WHERE account IN "
            "(SELECT low FROM shortlist UNION SELECT high FROM shortlist) GROUP BY account, object",
        ),
        Step("chances", _chances()),
        Step("met", _met(definition)),
        Step("common", _common()),
        Step("tallied", _tallied(burst)),
        Step(
            "tested",
            f"SELECT low, high, shared, together, dealt, expected, {log_tail('together', 'expected')} AS log_p, "
            f"{log_tail('told', 'synchronous')} AS log_synchrony FROM tallied",
        ),
        Step(TABLE, _false_discoveries(null)),
    ]


def _chances() -> str:
    """For each object on which acts met, the chance that two of its acts are within the window, and within a minute."""
    pairs = "(slots.acts * (slots.acts - 1) / 2.0)"
    return (
        f"SELECT costs.object AS object, close / {pairs} AS chance, fine / {pairs} AS burst FROM costs JOIN "
        "(SELECT object, CAST(count(*) AS DOUBLE) AS acts FROM acting GROUP BY object) AS slots "
        "ON slots.object = costs.object WHERE slots.acts > 1"
    )


def _most_met(definition: Definition) -> str:
    """On how many objects two accounts can have met independently, from their edges in `edges`.

    What one message acts on is chosen at once: an account that posted one message with five links met nobody five
    times. With a direction, a weight is an account's messages; where the one way is no edge, it is under the minimum.
    """
    if not definition.directed:
        return "max(weight)"
    return f"CASE WHEN count(*) > 1 THEN min(weight) ELSE {max(definition.minimum - 1, 1)} END"


def _shortlist(null: Null, rate: float) -> str:
    """The pairs that the first part of the null alone would report, with the weight for objects: a superset.

    What is tested afterwards is harder and counts no more objects than the weight, so that nothing is lost. `few` is
    the account with fewer acts: joins begin with it.
    """
    few = "CASE WHEN one_acts <= two_acts THEN {} ELSE {} END"
    return (
        f"SELECT low, high, weight, dealt, {few.format('low', 'high')} AS few, {few.format('high', 'low')} AS many "
        "FROM ("
        "SELECT *, max(reported) OVER () AS most FROM ("
        f"SELECT *, CASE WHEN log_p + ln({null.pairs}.0) - ln(place) <= ln({rate:.12g}) THEN place ELSE 0 END "
        "AS reported FROM (SELECT *, row_number() OVER (ORDER BY log_p, low, high) AS place FROM hopeful) AS ranked"
        ") AS compared) AS cut WHERE place <= most"
    )


def _met(definition: Definition) -> str:
    """Objects on which two accounts of the shortlist acted within the window."""
    return (
        "SELECT DISTINCT low, high, one.object AS object FROM shortlist "
        "JOIN near AS one ON one.account = few JOIN near AS two ON two.account = many AND two.object = one.object "
        f"WHERE one.moment - two.moment BETWEEN -{definition.reach} AND {definition.reach}"
    )


def _common() -> str:
    """Objects that two accounts of the shortlist share: how often both acted on it, whether ever within the window."""
    return (
        "SELECT shared.low AS low, shared.high AS high, weight, dealt, shared.object AS object, tries, "
        "CASE WHEN met.object IS NULL THEN 0 ELSE 1 END AS met FROM ("
        "SELECT low, high, weight, dealt, one.object AS object, one.acts * two.acts AS tries FROM shortlist "
        "JOIN listed AS one ON one.account = few JOIN listed AS two ON two.account = many "
        "AND two.object = one.object) AS shared LEFT JOIN met "
        "ON met.low = shared.low AND met.high = shared.high AND met.object = shared.object"
    )


def _tallied(burst: float) -> str:
    """For each pair what was seen, and what both nulls expect.

    An object without a row in `chances` is one on which nobody met anybody: it has no chance to add.
    """
    told = f"burst <= {burst:.12g}"
    synchronous = f"sum(CASE WHEN {told} THEN least(1.0, tries * chance) ELSE 0.0 END)"
    return (
        "SELECT low, high, dealt, count(*) AS shared, least(CAST(sum(met) AS DOUBLE), weight) AS together, "
        f"least(CAST(sum(CASE WHEN {told} THEN met ELSE 0 END) AS DOUBLE), weight) AS told, "
        f"{synchronous} AS synchronous, {synchronous} + dealt AS expected "
        "FROM common LEFT JOIN chances ON chances.object = common.object GROUP BY low, high, weight, dealt"
    )


def _false_discoveries(null: Null) -> str:
    """Benjamini and Hochberg's q over all possible pairs: those that are not tested have p = 1."""
    return (
        "SELECT low AS source, high AS target, shared, CAST(together AS BIGINT) AS together, expected, dealt, log_p, "
        "log_synchrony, exp(least(0.0, min(scaled) OVER (ORDER BY place DESC "
        "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))) AS q FROM (SELECT *, "
        f"log_p + ln({null.pairs}.0) - ln(place) AS scaled FROM (SELECT *, "
        "row_number() OVER (ORDER BY log_p, low, high) AS place FROM tested) AS ranked) AS compared"
    )


def judge(
    engine: Engine, definition: Definition, rate: float = 0.05, keep: Sequence[str] = (), burst: float = BURST
) -> Null:
    """Make the table `significance` for the pairs of `edges` that may be significant; returns the null hypothesis.

    Args:
        burst: `UNTIMED` tests against the first part of the null alone: without a window, times tell nothing.
    """
    null = null_of(engine)
    engine.run(steps(definition, null, rate, burst), keep)
    return null
