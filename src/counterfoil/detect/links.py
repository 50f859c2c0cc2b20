"""Links that lead to the same page made one, and the registrable domain of a host, in plain SQL.

Sources: RFC 3986 section 6 (case, default ports, empty paths); the parameters that ad and mail platforms document as
marks of the click; the public suffix list as packaged in tldextract, with its wildcards, exceptions and private part
(blogs of one host are different publishers).
"""

from functools import cache

#: parameters that tell where a click came from, and nothing about the page
TRACKING = (
    "utm_[a-z_]+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_hsenc|"
    "_hsmi|mkt_tok|oly_anon_id|oly_enc_id|vero_id|wickedid|rb_clickid|s_cid|ref_src|ref_url|feature|si|"
    "__twitter_impression|amp|outputtype|__tn__|__cft__[^=&]*|fb_ref|fb_source|mibextid|rdid|share_id|cmpid|"
    "ns_[a-z]+|at_[a-z0-9_]+|pk_[a-z]+|mtm_[a-z]+|spm|xtor|_ga|_gl|ncid|guccounter|guce_[a-z_]+|ocid|smid"
)
#: hosts of one service under several names
SAME_HOST = {"twitter.com": "x.com", "fb.com": "facebook.com", "old.reddit.com": "reddit.com", "telegram.me": "t.me"}
_FRONT = r"^(www[0-9]|m|mobile|amp|web|touch|mbasic)\.(.+\..+)$"
_KEPT = "account, message, moment, "


def links_sql() -> str:
    """The links of posts that are no reposts: account, message, moment, host, page.

    `page` is host/path?query without scheme. Case of scheme and host, user names, default ports, the fragment, www,
    mobile and AMP forms, an empty query, a last slash, tracking parameters and the order of the others make no
    difference. What is slow is done only for links that need it.
    """
    linked = (
        "SELECT account, post AS message, moment, unnest(urls) AS url FROM posts "
        "WHERE repost_of IS NULL AND urls IS NOT NULL"
    )
    plain = (
        f"SELECT {_KEPT}CASE WHEN starts_with(url, 'https://') THEN substr(url, 9) WHEN starts_with(url, 'http://') "
        "THEN substr(url, 8) ELSE regexp_replace(trim(url), '^(?i:[a-z][a-z0-9+.-]*:)?//', '') END AS plain "
        f"FROM ({linked}) AS linked"
    )
    cut = (
        f"SELECT {_KEPT}CASE WHEN contains(plain, '#') THEN split_part(plain, '#', 1) ELSE plain END AS plain "
        f"FROM ({plain}) AS plains"
    )
    marked = f"SELECT {_KEPT}plain, strpos(plain, '/') AS slash, strpos(plain, '?') AS mark FROM ({cut}) AS cut"
    bare = "(mark > 0 AND (slash = 0 OR mark < slash))"
    parts = (
        f"SELECT {_KEPT}lower(CASE WHEN {bare} THEN substr(plain, 1, mark - 1) WHEN slash > 0 "
        "THEN substr(plain, 1, slash - 1) ELSE plain END) AS host, "
        f"CASE WHEN slash = 0 OR {bare} THEN '' WHEN mark > 0 THEN substr(plain, slash, mark - slash) "
        "ELSE substr(plain, slash) END AS path, "
        f"CASE WHEN mark > 0 THEN {_query('substr(plain, mark + 1)')} ELSE '' END AS query FROM ({marked}) AS marked"
    )
    hosted = (
        f"SELECT {_KEPT}CASE WHEN contains(host, '@') OR contains(host, ':') OR ends_with(host, '.') THEN "
        "regexp_replace(regexp_replace(regexp_replace(host, '^.*@', ''), ':(80|443)?$', ''), '\\.$', '') "
        f"ELSE host END AS host, path, query FROM ({parts}) AS parts"
    )
    fronted = (
        f"SELECT {_KEPT}CASE WHEN starts_with(host, 'www.') THEN substr(host, 5) WHEN regexp_matches(host, '{_FRONT}') "
        f"THEN regexp_replace(host, '{_FRONT}', '\\2') ELSE host END AS host, path, query FROM ({hosted}) AS hosted"
    )
    one = " ".join(f"WHEN '{name}' THEN '{other}'" for name, other in SAME_HOST.items())
    named = (
        f"SELECT {_KEPT}CASE host {one} ELSE host END AS host, "
        "CASE WHEN ends_with(path, '/amp') OR ends_with(path, '/') THEN regexp_replace(path, '(/amp)?/*$', '') "
        f"ELSE path END AS path, query FROM ({fronted}) AS fronted WHERE contains(host, '.')"
    )
    return (
        f"SELECT {_KEPT}host, CASE WHEN host = 'youtu.be' THEN 'youtube.com/watch?v=' || substr(path, 2) "
        "WHEN query = '' OR (host = 'x.com' AND contains(path, '/status/')) THEN host || path "
        f"ELSE host || path || '?' || query END AS page FROM ({named}) AS named"
    )


def _query(query: str) -> str:
    """The query without tracking, its parameters in order."""
    # Each sign is doubled so that parameters side by side do not share one.
    doubled = f"replace('&' || {query} || '&', '&', '&&')"
    marked = f"regexp_matches('&' || {query}, '&(?i:{TRACKING})(?:=|&|$)')"
    kept = (
        f"CASE WHEN {marked} THEN regexp_replace({doubled}, '&(?i:{TRACKING})(?:=[^&]*)?&', '', 'g') ELSE {query} END"
    )
    return f"trim(array_to_string(list_sort(string_split({kept}, '&')), '&'), '&')"


def domains_sql() -> str:
    """The same links with their host's registrable domain: account, message, moment, domain."""
    # The last one, two, … five labels of a host.
    tails = ", ".join(f"regexp_extract(host, '(([^.]+\\.){{{n - 1}}}[^.]+)$', 1) AS t{n}" for n in range(1, 6))
    candidates = " UNION ALL ".join(
        f"SELECT host, {n} AS n, t{n} AS tail FROM tails WHERE t{n} <> ''" for n in range(1, 5)
    )
    rules = (
        "SELECT regexp_replace(rule, '^(!|\\*\\.)', '') AS tail, CASE WHEN starts_with(rule, '*.') THEN 1 "
        "WHEN starts_with(rule, '!') THEN -1 ELSE 0 END AS more FROM "
        f"(SELECT unnest(string_split('{_suffixes()}', ' ')) AS rule) AS listed"
    )
    # An exception wins over every rule, a longer rule over a shorter one.
    depth = "CAST(max(CASE WHEN more = -1 THEN 99 + n ELSE n + more END) AS INTEGER) % 100"
    whole = "regexp_matches(tails.host, '^[0-9.]+$')"
    cases = " ".join(f"WHEN {n} THEN t{n + 1}" for n in range(1, 5))
    return (
        f"WITH linked AS ({links_sql()}), "
        f"tails AS (SELECT host, {tails} FROM (SELECT DISTINCT host FROM linked) AS hosts), "
        f"rules AS ({rules}), "
        f"depths AS (SELECT host, {depth} AS depth FROM ({candidates}) AS candidates JOIN rules "
        "ON rules.tail = candidates.tail GROUP BY host), "
        f"domains AS (SELECT tails.host, coalesce(nullif(CASE WHEN {whole} THEN tails.host ELSE "
        f"CASE coalesce(depth, 1) {cases} END END, ''), tails.host) AS domain "
        "FROM tails LEFT JOIN depths ON depths.host = tails.host) "
        "SELECT account, message, moment, domain FROM linked JOIN domains ON domains.host = linked.host"
    )


@cache
def _suffixes() -> str:
    """The rules of the public suffix list, with a space between them; international ones in both spellings."""
    from importlib.metadata import distribution
    from pathlib import Path

    # The package's file is read; the package itself, which imports requests, is not.
    packaged = Path(str(distribution("tldextract").locate_file("tldextract/.tld_set_snapshot")))
    rules: dict[str, None] = {}
    for line in packaged.read_text(encoding="utf-8").splitlines():
        rule = line.strip()
        if not rule or rule.startswith("//"):
            continue
        rules[rule] = None
        if not rule.isascii():
            start = "*." if rule.startswith("*.") else ""
            rules[start + rule.removeprefix("*.").encode("idna").decode("ascii")] = None
    return " ".join(rules)
