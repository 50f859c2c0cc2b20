"""How improbable it is that accounts were made together: a scan of their times of creation.

For each account, the number made within the window after it is held against the Poisson distribution, whose mean is
the greatest rate at which the data's accounts were made around that time (in the quarter of an hour and the hour
before and after, in the day, week and year on either side), the account and its neighbours included, and one more, so
that a quiet time is no proof. A time at which a platform grew, or at which collected accounts are many, is so
answered. A pair has the p of the earlier of both. False discoveries are controlled (Benjamini and Hochberg 1995) over
all accounts, each being the start of a window.

Dates without a time of day stand at midnight: they say nothing about minutes, and are never significant.
"""

from counterfoil.detect.definition import Definition
from counterfoil.detect.hubs import Engine
from counterfoil.detect.plan import Step
from counterfoil.detect.significance import TABLE, log_tail

HOUR = 3_600_000_000
DAY = 24 * HOUR
#: microseconds before and after
AROUND = ((0, HOUR // 4), (HOUR // 4, 0), (0, HOUR), (HOUR, 0), (DAY, DAY), (7 * DAY, 7 * DAY), (365 * DAY, 365 * DAY))


def judge_creations(engine: Engine, definition: Definition, rate: float) -> None:
    """Make the table `significance` (as detect/significance.py has it) from `edges` and `acting`.

    Args:
        rate: of false discoveries; all edges are tested, whatever it is.
    """
    del rate
    window = definition.reach + 1
    rates = ", ".join(
        f"(count(*) OVER (ORDER BY moment RANGE BETWEEN {before} PRECEDING AND {after} FOLLOWING) + 1.0) "
        f"* {window} / {before + after}"
        for before, after in AROUND
        if before + after > window
    )
    beside = f"count(*) OVER (ORDER BY moment RANGE BETWEEN CURRENT ROW AND {definition.reach} FOLLOWING) - 1"
    steps = [
        Step(
            "starts",
            f"SELECT account, moment, CAST({beside} AS DOUBLE) AS beside, greatest({rates}, 1e-12) AS expected "
            "FROM acting",
        ),
        Step(
            "scanned",
            f"SELECT account, moment, beside, expected, CASE WHEN moment % {DAY} = 0 THEN 0.0 "
            f"ELSE {log_tail('beside', 'expected')} END AS log_p FROM starts",
        ),
        Step(
            "placed",
            "SELECT *, row_number() OVER (ORDER BY log_p, account) AS place, count(*) OVER () AS many FROM scanned",
        ),
        Step(
            "rated",
            "SELECT *, exp(least(0.0, min(log_p + ln(many) - ln(place)) OVER (ORDER BY place DESC "
            "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))) AS q FROM placed",
        ),
        Step(
            TABLE,
            "SELECT low AS source, high AS target, CAST(1 AS BIGINT) AS shared, CAST(1 AS BIGINT) AS together, "
            "least(first.expected, 1.0) AS expected, first.expected AS dealt, first.log_p AS log_p, "
            "0.0 AS log_synchrony, first.q AS q FROM (SELECT DISTINCT least(source, target) AS low, "
            "greatest(source, target) AS high FROM edges WHERE source <> target) AS met "
            "JOIN rated AS one ON one.account = low JOIN rated AS two ON two.account = high "
            "JOIN rated AS first ON first.account = CASE WHEN one.moment <= two.moment THEN low ELSE high END",
        ),
    ]
    engine.run(steps)
