"""How alike what two accounts share is, with popular objects counting for little.

Source: Pacheco et al. (2021), Uncovering coordinated networks on social media: accounts are vectors of the objects
that they acted on, weighted by TF-IDF, and an edge weighs as much as the cosine between two of them. It needs no
window, and is reported beside the weight, which does.
"""

from counterfoil.detect.plan import Step

TABLE = "likeness"  #: source, target, cosine


def likeness() -> list[Step]:
    """The steps from `edges` and `acting` to the table `likeness`, for the pairs of accounts in `edges`."""
    return [
        Step(
            "counted", "SELECT account, object, CAST(count(*) AS DOUBLE) AS acts FROM acting GROUP BY account, object"
        ),
        Step(
            "rarity",
            "SELECT object, ln(everyone / count(*)) AS rarity FROM counted CROSS JOIN "
            "(SELECT CAST(count(DISTINCT account) AS DOUBLE) AS everyone FROM counted) AS accounts "
            "GROUP BY object, everyone",
        ),
        Step(
            "vectors",
            "SELECT account, counted.object AS object, acts * rarity AS value, "
            "sqrt(sum(acts * rarity * acts * rarity) OVER (PARTITION BY account)) AS length "
            "FROM counted JOIN rarity ON rarity.object = counted.object WHERE rarity > 0",
        ),
        Step(
            TABLE,
            "SELECT source, target, sum(one.value * two.value / (one.length * two.length)) AS cosine "
            "FROM (SELECT DISTINCT source, target FROM edges) AS ends JOIN vectors AS one ON one.account = source "
            "JOIN vectors AS two ON two.account = target AND two.object = one.object GROUP BY source, target",
        ),
    ]
