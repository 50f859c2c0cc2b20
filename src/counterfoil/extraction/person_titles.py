"""Titles and offices that stand in front of a person's name."""

from counterfoil.extraction.expressions import Expression

_DESCRIBES = Expression(
    r"(?:based|backed|linked|born|led|elect|owned|run|affiliated|aligned|funded|sponsored|appointed|trained|language|speaking|"
    r"mayor|president|minister|chief|chair|chairman|director|governor|general|wide|level|time|old|style|era)"
)


def describes(word: str) -> bool:
    """Whether a capitalised compound only describes somebody ("Seoul-based", "Then-mayor"); "Ji-woo" is a name."""
    return "-" in word and _DESCRIBES.fullmatch(word.rpartition("-")[2]) is not None


#: Words that stand in front of a person's name and are none of it.
TITLES = frozenset(
    "Mr Mrs Ms Miss Dr Prof Professor Sir Dame Lord Lady President Senator Sen Representative Rep Congressman "
    "Congresswoman Governor Gov Mayor Minister Secretary General Gen Colonel Captain Judge Justice King Queen "
    "Pope Chancellor Ambassador Director Chief Chairman Chairwoman Chair CEO CTO CISO Officer Executive Founder "
    "Head Spokesman Spokeswoman Spokesperson Commissioner Analyst Researcher Investigator Reporter Journalist "
    "Editor Author Prime First Vice Deputy Former Foreign Interior Defence Defense Finance Candidate "
    "Lawmaker MP MEP Prosecutor Attorney Counsel Councillor Activist Premier Envoy Admiral Major Lieutenant Sergeant "
    "Inspector Superintendent Sheriff Acting Under Cabinet Permanent Chargé Consul Speaker Leader Father Bishop Imam "
    "Energy Justice Trade Health Transport Education Economy Environment Agriculture Security Home Labour Labor State "
    "Monsieur Madame Mme M Herr Frau Señor Señora Don Doña Innenministerin Innenminister Außenministerin Außenminister "
    "Ministerin Präsident Präsidentin Kanzler Kanzlerin Oberbürgermeister Oberbürgermeisterin Bürgermeister "
    "Bürgermeisterin Staatssekretär Staatssekretärin Geschäftsführer Sprecher Sprecherin Forscherin Forscher".split()
)
