"""Texts that are nearly the same, as steps of plain SQL: within a window exactly, of all time by MinHash.

Two texts are near if the Jaccard index of their sets of tokens (common ones of all) is at least t, in whole per cent so
that no rounding decides. Tokens are words in lower case; an address is none, every @mention is one and the same token
and so is every number, so that "Dear @a, 3 days" and "Dear @b, 5 days" are equal. Of scripts that write no spaces
(Chinese, Japanese, Thai, Lao, Khmer, Burmese) they are pairs of neighbouring letters.

Input is a table texts(message, account, moment, text), messages distinct. `tokens` makes `docs`, one row for each
distinct set of tokens, and `posted`, which message has which; texts without tokens are in neither.
"""

from dataclasses import dataclass

from counterfoil.detect.plan import Step
from counterfoil.errors import UsageError

BANDS, ROWS = 20, 6  #: at a Jaccard index of .8 a pair is missed with a chance of .0023, at .9 of 10^-7
PRIME = (1 << 31) - 1

#: Letters of scripts that write no spaces between words.
CLOSE = "\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"
#: After the step `bands`: how many pairs `proposed` will look at. Short texts of few common words are near one another
#: by the million; ask before that step is run.
COST = "SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM (SELECT count(*) AS n FROM bands GROUP BY band, mark) AS boxes"


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


def near_posts(nearness: Nearness, texts: str = "texts") -> list[Step]:
    """Steps to `near_posts` (x_message, y_message, x_account, y_account, x_moment, y_moment, common, together).

    All pairs of messages of different accounts within the window, exactly, x before y (by moment, then message);
    `common` and `together` are the tokens that both and that either have.

    Raises:
        UsageError: there is no window: use `near_docs`.
    """
    if nearness.window is None:
        raise UsageError("Posts are paired within a window.", "Give one, or pair distinct texts of all time.")
    return [
        *tokens(nearness, texts),
        Step("prefixes", _prefixes(nearness.per_cent)),
        Step("prefixed", _prefixed(max(nearness.window, 1))),
        Step("candidates", _candidates(nearness)),
        Step(
            "near_docs",
            _verified(
                nearness, "SELECT DISTINCT least(x_doc, y_doc) AS low, greatest(x_doc, y_doc) AS high FROM candidates"
            ),
        ),
        Step(
            "near_posts",
            "SELECT x_message, y_message, x_account, y_account, x_moment, y_moment, common, together FROM candidates "
            "JOIN near_docs ON least(x_doc, y_doc) = low AND greatest(x_doc, y_doc) = high",
        ),
    ]


def near_docs(nearness: Nearness, texts: str = "texts") -> list[Step]:
    """Steps to `near_docs` (low, high, common, together): pairs of distinct texts of all time, low < high.

    MinHash proposes them in 20 bands of 6, and each is verified: none is wrong, and of those that are there a small
    share is missed (see BANDS). The hashes are whole numbers below 2^31, the same on every engine.
    """
    return [
        *tokens(nearness, texts),
        Step("marks", _marks()),
        Step("bands", _bands()),
        Step(
            "proposed",
            "SELECT DISTINCT x.doc AS low, y.doc AS high FROM bands AS x JOIN bands AS y "
            "ON x.band = y.band AND x.mark = y.mark AND x.doc < y.doc",
        ),
        Step("near_docs", _verified(nearness, "SELECT low, high FROM proposed")),
    ]


def tokens(nearness: Nearness, texts: str = "texts") -> list[Step]:
    """Steps to `posted` (message, account, moment, doc) and `docs` (doc, n, words: tokens by number, rarest first)."""
    told = f"SELECT DISTINCT text FROM {texts} WHERE text IS NOT NULL"
    number = "row_number() OVER (ORDER BY count(*), token) AS number"
    alike = f"SELECT DISTINCT words FROM sets WHERE len(words) >= {nearness.least_tokens}"
    return [
        Step("wordings", f"SELECT row_number() OVER () AS wording, {_close()} AS close, text FROM ({told}) AS told"),
        Step("split", _split()),
        Step("places", "SELECT wording, parts, unnest(range(1, len(parts) + 1)) AS place FROM split WHERE close"),
        Step("spoken", _spoken()),
        Step("known", f"SELECT token, {number} FROM spoken GROUP BY token"),
        Step(
            "sets",
            "SELECT wording, list_sort(list(number)) AS words FROM spoken JOIN known ON spoken.token = known.token "
            "GROUP BY wording",
        ),
        Step(
            "docs", f"SELECT row_number() OVER (ORDER BY words) AS doc, len(words) AS n, words FROM ({alike}) AS alike"
        ),
        Step(
            "posted",
            f"SELECT t.message, t.account, t.moment, d.doc FROM {texts} AS t JOIN wordings AS w ON t.text = w.text "
            "JOIN sets AS s ON w.wording = s.wording JOIN docs AS d ON s.words = d.words",
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
        ("", "\\b[0-9]+\\b", "0"),
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
        "SELECT DISTINCT wording, token FROM (SELECT wording, unnest(parts) AS token FROM split WHERE NOT close "
        "UNION ALL SELECT wording, CASE "
        f"WHEN NOT regexp_matches({here}, {close}) THEN {here} "
        f"WHEN regexp_matches(CASE WHEN place < len(parts) THEN {after} ELSE '' END, {close}) THEN {here} || {after} "
        f"WHEN NOT regexp_matches({before}, {close}) THEN {here} END AS token FROM places) AS each "
        "WHERE token <> ''"
    )


def _prefixes(per_cent: int) -> str:
    """The rarest tokens of each text: of two near ones at least one is common to both prefixes."""
    reach = f"n - ({per_cent} * n + 99) // 100 + 1"
    return f"SELECT doc, n, unnest(words[1 : {reach}]) AS number FROM docs"


def _prefixed(window: int) -> str:
    return (
        "SELECT p.number, p.n, q.doc, q.message, q.account, q.moment, "
        f"CAST(floor(q.moment / {window}.0) AS BIGINT) AS bin "
        "FROM prefixes AS p JOIN posted AS q ON p.doc = q.doc"
    )


def _candidates(nearness: Nearness) -> str:
    """Pairs that share a token of their prefixes within the window; later acts stand in the bin before theirs too."""
    later = "SELECT *, bin AS at_bin FROM prefixed UNION ALL SELECT *, bin - 1 AS at_bin FROM prefixed"
    return (
        "SELECT DISTINCT x.doc AS x_doc, y.doc AS y_doc, x.message AS x_message, y.message AS y_message, "
        "x.account AS x_account, y.account AS y_account, x.moment AS x_moment, y.moment AS y_moment "
        f"FROM prefixed AS x JOIN ({later}) AS y ON x.number = y.number AND x.bin = y.at_bin "
        "WHERE x.account <> y.account AND (x.moment < y.moment OR (x.moment = y.moment AND x.message < y.message)) "
        f"AND y.moment - x.moment <= {nearness.window} "
        f"AND 100 * least(x.n, y.n) >= {nearness.per_cent} * greatest(x.n, y.n)"
    )


def _verified(nearness: Nearness, pairs: str) -> str:
    met = "len(array_intersect(a.words, b.words))"
    counted = (
        f"SELECT low, high, {met} AS common, a.n + b.n - {met} AS together FROM ({pairs}) AS pairs "
        "JOIN docs AS a ON low = a.doc JOIN docs AS b ON high = b.doc"
    )
    return (
        f"SELECT low, high, common, together FROM ({counted}) AS counted "
        f"WHERE 100 * common >= {nearness.per_cent} * together"
    )


def _marks() -> str:
    """120 least values of each text under linear hashes; the numbers of tokens are scattered first."""
    scattered = f"(number * 1103515245 + 12345) % {PRIME}"
    least = ", ".join(f"min((y * {a} + {b}) % {PRIME}) AS m{i}" for i, (a, b) in enumerate(_constants()))
    return (
        f"SELECT doc, {least} FROM (SELECT doc, (z * z + 7) % {PRIME} AS y FROM (SELECT doc, {scattered} AS z FROM "
        "(SELECT doc, unnest(words) AS number FROM docs) AS each) AS scattered) AS squared GROUP BY doc"
    )


def _bands() -> str:
    return " UNION ALL ".join(f"SELECT {band} AS band, {_mark(band)} AS mark, doc FROM marks" for band in range(BANDS))


def _mark(band: int) -> str:
    mark = f"m{band * ROWS}"
    for row in range(1, ROWS):
        mark = f"(({mark} * 48271 + m{band * ROWS + row}) % {PRIME})"
    return mark


def _constants() -> list[tuple[int, int]]:
    """The factors and summands of the hashes: always the same, from a generator of our own (Park and Miller, 1988)."""
    state, found = 20_240_229, []
    for _ in range(BANDS * ROWS):
        state = state * 48271 % PRIME
        factor = state
        state = state * 48271 % PRIME
        found.append((factor, state))
    return found


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


def groups(pairs: list[tuple[int, int]]) -> dict[int, int]:
    """Texts that are near each other in a chain, each with the least of its group; those of no pair are not in it."""
    above: dict[int, int] = {}

    def top(one: int) -> int:
        while above.setdefault(one, one) != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for low, high in pairs:
        first, second = sorted((top(low), top(high)))
        above[second] = first
    return {one: top(one) for one in sorted(above)}
