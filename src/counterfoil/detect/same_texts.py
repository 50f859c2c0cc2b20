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


#: what makes a text go through the steps: most need none of them, which is told by one look at each
_SIGNS = ("'@'", "'://'", "'  '", "chr(10)", "chr(9)", "chr(13)")


def texts_sql() -> str:
    """The texts of posts that are no reposts: account, message, moment, platform, same.

    `same` is the text in lower case without links, mentions, "RT @…:", unseen letters and double spaces. Each step is
    a query of its own, so that nothing is computed twice, and only texts that need it go through what is slow.
    """
    kept = "account, message, moment, platform, "
    wide = "bit_length(text) > 8 * length(text)"
    signs = " OR ".join(f"contains(text, {sign})" for sign in _SIGNS)
    query = (
        f"SELECT account, post AS message, moment, platform, {wide} AS wide, NOT ({wide} OR {signs}) AS plain, "
        f"lower(text) AS same FROM posts WHERE repost_of IS NULL AND length(text) >= {SHORTEST}"
    )
    for need, step in _STEPS:
        step = f"CASE WHEN plain THEN same WHEN {need} THEN {step} ELSE same END"
        query = f"SELECT {kept}wide, plain, {step} AS same FROM ({query}) AS texts"
    bare = "plain AND NOT starts_with(same, ' ') AND NOT ends_with(same, ' ')"
    trimmed = f"SELECT {kept}CASE WHEN {bare} THEN same ELSE trim(same) END AS same FROM ({query}) AS texts"
    return f"SELECT {kept}same FROM ({trimmed}) AS texts WHERE length(same) >= {SHORTEST}"
