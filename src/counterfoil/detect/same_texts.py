"""Texts that differ only in what does not matter made one, in plain SQL."""

#: letters that cannot be seen: put in to make copies differ
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
SPACES = "\u00a0\u3000"  #: that regular expressions do not take for white space
SHORTEST = 12  #: letters that a text must have left: "good morning" says nothing

#: when a text needs it -> what is done
_STEPS = (
    ("starts_with(same, 'rt @')", "regexp_replace(same, '^rt @[^\\s:]+:?', '')"),
    ("contains(same, '://')", "regexp_replace(same, '[a-z]+://[^\\s]+', '', 'g')"),
    ("contains(same, '@')", "regexp_replace(same, '@[^\\s]+', '', 'g')"),
    ("wide", f"translate(same, '{SPACES}{UNSEEN}', '  ')"),
    (
        "contains(same, '  ') OR contains(same, chr(10)) OR contains(same, chr(9)) OR contains(same, chr(13))",
        "regexp_replace(same, '\\s+', ' ', 'g')",
    ),
)


def texts_sql() -> str:
    """The texts of posts that are no reposts: account, message, moment, platform, same.

    `same` is the text in lower case without links, mentions, "RT @…:", unseen letters and double spaces. Each step is
    a query of its own, so that nothing is computed twice, and only texts that need it go through what is slow.
    """
    kept = "account, message, moment, platform, "
    query = (
        "SELECT account, post AS message, moment, platform, bit_length(text) > 8 * length(text) AS wide, "
        f"lower(text) AS same FROM posts WHERE repost_of IS NULL AND length(text) >= {SHORTEST}"
    )
    for need, step in _STEPS:
        query = f"SELECT {kept}wide, CASE WHEN {need} THEN {step} ELSE same END AS same FROM ({query}) AS texts"
    trimmed = f"SELECT {kept}trim(same) AS same FROM ({query}) AS texts"
    return f"SELECT {kept}same FROM ({trimmed}) AS texts WHERE length(same) >= {SHORTEST}"
