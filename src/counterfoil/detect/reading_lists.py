"""Lists of links, hashtags, mentions and media, out of whatever a column holds; links and tags out of the text."""


def listed(value: str, kind: str, links: bool = False) -> str:
    """An expression for VARCHAR[]: NULL where there is nothing.

    A text may be a JSON array, a list in brackets, or items between spaces, commas, semicolons or bars. Links may
    hold commas themselves: they end where the next one begins.
    """
    if kind.endswith("[]"):
        plain = f"list_filter(CAST({value} AS VARCHAR[]), lambda x: x IS NOT NULL AND x <> '')"
        return f"CASE WHEN len({value}) > 0 THEN {plain} END"
    bare = f"regexp_replace({value}, '[\\[\\]\"''{{}}]', '', 'g')"
    if links:
        apart = f"regexp_replace({bare}, '[\\s,;|]+(https?://)', ' \\1', 'g')"
        split = f"string_split_regex(trim({apart}), '\\s+')"
    else:
        split = f"string_split_regex(trim({bare}, ' ,;|'), '[\\s,;|]+')"
    parted = " OR ".join(
        f"contains({value}, {sign})" for sign in ("' '", "','", "';'", "'|'", "chr(9)", "chr(10)", "chr(13)")
    )
    several = f"{value} LIKE '[%' OR {value} LIKE '{{%' OR {parted}"
    as_json = f"from_json(CASE WHEN json_valid({value}) THEN {value} END, '[\"VARCHAR\"]')"
    return (
        f"CASE WHEN {value} IS NULL OR {value} IN ('', '[]', '{{}}', 'null', 'nan') THEN NULL "
        f"WHEN NOT ({several}) THEN [{value}] "
        f"WHEN {value} LIKE '[\"%' AND json_valid({value}) THEN {as_json} "
        f"ELSE nullif(list_filter({split}, lambda x: x <> ''), []) END"
    )


def links_of_text(text: str) -> str:
    """The links in a text, without the punctuation that follows them."""
    found = f"regexp_extract_all({text}, '(https?://[^\\s<>\"]*[^\\s<>\"\\.,;:!?''\\)\\]»”…])', 1)"
    return f"CASE WHEN contains({text}, '://') THEN nullif({found}, []) END"


def hashtags_of_text(text: str) -> str:
    """The hashtags in a text, without their sign."""
    found = f"regexp_extract_all({text}, '(?:^|[^\\pL\\pN_&/])#([\\pL\\pN_]*\\pL[\\pL\\pN_]*)', 1)"
    return f"CASE WHEN contains({text}, '#') THEN nullif({found}, []) END"


def mentions_of_text(text: str) -> str:
    """The handles that a text mentions, without their sign."""
    found = f"regexp_extract_all({text}, '(?:^|[^\\pL\\pN_@/.])@([\\pL\\pN_][\\pL\\pN_.-]*[\\pL\\pN_])', 1)"
    return f"CASE WHEN contains({text}, '@') THEN nullif({found}, []) END"


OF_TEXT = {"urls": links_of_text, "hashtags": hashtags_of_text, "mentions": mentions_of_text}
