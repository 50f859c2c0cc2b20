"""Texts that are nearly the same: what a text's tokens are, as steps of SQL, and which texts are near.

Two texts are near if the Jaccard index of their sets of tokens (common ones of all) is at least t, in whole per cent so
that no rounding decides. Tokens are words in lower case; an address is none, every @mention is one and the same token
and so is every number, so that "Dear @a, 3 days" and "Dear @b, 5 days" are equal. Of scripts that write no spaces
(Chinese, Japanese, Thai, Lao, Khmer, Burmese) they are pairs of neighbouring letters.

Input is a table texts(message, account, moment, text), messages distinct. What is made of it stays in the engine:
`wordings` (wording, text), `posted` (message, account, moment, doc), where a doc is a distinct set of tokens, and
`near_docs` (low, high) or `near_groups` (doc, team). Texts without tokens enough are in none of the last three.
"""

from dataclasses import dataclass

from counterfoil.detect.plan import Step
from counterfoil.errors import UsageError

#: Letters of scripts that write no spaces between words.
CLOSE = "\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near texts must be.

    Args:
        per_cent: the least Jaccard index, 1 to 100.
        window: microseconds between two posts, both ends counting; None: of all time.
        least_tokens: shorter texts are left out, equal ones too: there the trace of the same text is the one to use.
    """

    per_cent: int = 80
    window: int | None = None
    least_tokens: int = 3

    def __post_init__(self) -> None:
        if not 1 <= self.per_cent <= 100 or self.least_tokens < 1 or (self.window is not None and self.window < 0):
            raise UsageError("Texts are near from 1 to 100 per cent, within a window that is not negative.")


def tokens(texts: str = "texts") -> list[Step]:
    """Steps to `wordings` (wording, text), `known` (token, number: the rarest 1) and `said` (key, for `sets_of`)."""
    told = f"SELECT DISTINCT text FROM {texts} WHERE text IS NOT NULL"
    folded = "CASE WHEN regexp_full_match(token, '[0-9]+') THEN '0' ELSE token END"
    return [
        Step("wordings", f"SELECT row_number() OVER () AS wording, {_close()} AS close, text FROM ({told}) AS told"),
        Step("split", _split()),
        Step("places", "SELECT wording, parts, unnest(range(1, len(parts) + 1)) AS place FROM split WHERE close"),
        Step("spoken", _spoken()),
        Step(
            "known",
            "SELECT token, folded, dense_rank() OVER (ORDER BY often, folded) AS number FROM (SELECT token, folded, "
            f"sum(times) OVER (PARTITION BY folded) AS often FROM (SELECT token, {folded} AS folded, "
            "count(*) AS times FROM spoken GROUP BY token) AS each) AS counted",
        ),
        Step(
            "said",
            "SELECT wording * 4294967296 + number AS key FROM spoken JOIN known ON spoken.token = known.token",
        ),
    ]


def _close() -> str:
    """Whether a text has letters of scripts without spaces; what is all ASCII is told at once."""
    return f"bit_length(text) > 8 * length(text) AND regexp_matches(text, '[{CLOSE}]')"


def _split() -> str:
    clean = "lower(text)"
    for where, pattern, put in (
        ("contains(text, '://')", "https?://[^ \\t\\n]+", " "),
        ("contains(text, '@')", "@[\\p{L}\\p{N}_.]+", " @ "),
        ("close", f"([{CLOSE}])", " \\1 "),
        ("", "[^\\p{L}\\p{M}\\p{N}@]+", " "),
    ):
        put_in = f"regexp_replace({clean}, '{pattern}', '{put}', 'g')"
        clean = f"CASE WHEN {where} THEN {put_in} ELSE {clean} END" if where else put_in
    return f"SELECT wording, close, string_split(trim({clean}), ' ') AS parts FROM wordings"


def _spoken() -> str:
    close = f"'^[{CLOSE}]$'"
    here, after = "parts[place]", "coalesce(parts[place + 1], '')"
    before = "CASE WHEN place > 1 THEN parts[place - 1] ELSE '' END"
    return (
        "SELECT wording, token FROM (SELECT wording, unnest(parts) AS token FROM split WHERE NOT close "
        "UNION ALL SELECT wording, CASE "
        f"WHEN NOT regexp_matches({here}, {close}) THEN {here} "
        f"WHEN regexp_matches(CASE WHEN place < len(parts) THEN {after} ELSE '' END, {close}) THEN {here} || {after} "
        f"WHEN NOT regexp_matches({before}, {close}) THEN {here} END AS token FROM places) AS each "
        "WHERE token <> ''"
    )


def template_of(texts: list[str], slot: str = "…") -> str:
    """What texts have in common, word for word and in order, with a slot where they differ: "Dear … sign by …"."""
    from difflib import SequenceMatcher

    words = texts[0].split() if texts else []
    for text in texts[1:]:
        other, kept = text.split(), list[str]()
        for step in SequenceMatcher(None, words, other, autojunk=False).get_opcodes():
            if step[0] == "equal":
                kept += words[step[1] : step[2]]
            elif not kept or kept[-1] != slot:
                kept.append(slot)
        words = [one for at, one in enumerate(kept) if not (one == slot and at and kept[at - 1] == slot)]
    return " ".join(words)
