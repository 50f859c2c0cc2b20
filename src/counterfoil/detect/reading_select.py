"""The query that turns one source's records into rows as `posts` and `accounts` have them."""

from collections.abc import Mapping
from dataclasses import dataclass

from counterfoil.detect import reading_lists
from counterfoil.detect.preset import EXPRESSION
from counterfoil.detect.reading_fields import AUTHOR_FIELDS, LISTS
from counterfoil.detect.reading_tables import Source, column, json_path, text
from counterfoil.detect.reading_times import moment, names_no_zone

#: written for "nothing" by exporters of other tools
NOTHING = ("null", "NULL", "None", "none", "nan", "NaN", "NA", "N/A")


@dataclass(frozen=True, slots=True)
class Plan:
    """How one source is read: the place of each field, and how times are written.

    Args:
        places: field -> column, path or expression (`preset.Preset`).
        platform: of all posts, where no field says it.
        form: how times are written (strptime), or "".
        from_text: lists that are read out of the text.
    """

    places: Mapping[str, str]
    platform: str = ""
    form: str = ""
    from_text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """A query and the columns that it gives."""

    sql: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Raw:
    """An expression and its type."""

    sql: str
    kind: str


def integer_id(*values: str) -> str:
    """An expression for the integer id (63 bits, not negative) of a text, or of several together."""
    return f"CAST(hash({', '.join(values)}) >> 1 AS BIGINT)"


def posts_query(source: Source, plan: Plan, only: str = "") -> Rows:
    """Rows as `posts` has them, with what their rejection would need (broken, time_text) and their author's fields.

    Columns for which the source has nothing are left out.

    Args:
        only: a query of the integer ids of posts: no others are looked at further.
    """
    inner, raw = _raw(source, plan.places)
    values = {name: column(f"r_{name}") for name in raw}
    kinds = {name: one.kind for name, one in raw.items()}
    time = moment(values["time"], kinds["time"], plan.form, _mostly_numbers(source, plan.places["time"]))
    platform = _plain(values, "platform")
    if plan.platform:
        platform = f"coalesce({platform}, {text(plan.platform)})"
    key = _identity("post", values, kinds) if "post" in values else "'row ' || row_number() OVER ()"
    selected = {
        "post_key": key,
        "account_key": _identity("account", values, kinds),
        "moment": "moment",
        "time_text": f"CASE WHEN moment IS NULL THEN CAST({values['time']} AS VARCHAR) END",
        "zoneless": names_no_zone(values["time"], kinds["time"], plan.form),
        **{name: _plain(values, name) for name in ("text", "language")},
        **{name: _identity(name, values, kinds) for name in ("repost_of", "reply_to", "quote_of", "follows")},
        "platform": platform,
        **{name: _list(name, values, kinds, plan) for name in LISTS},
        **_author(values, kinds, plan),
        "broken": column("broken"),
    }
    there = {*values, *plan.from_text, "post_key", "account_key", "moment", "time_text", "zoneless"}
    there |= {"platform"} if plan.platform else set()
    there |= {"broken"} if source.is_json else set()
    selected = {name: sql for name, sql in selected.items() if name in there}
    columns = ", ".join(f"{expression} AS {name}" for name, expression in selected.items())
    where = "coalesce(platform, chr(0))" if "platform" in selected else "chr(0)"
    ids = f"{integer_id('post_key', where)} AS post, {integer_id('account_key', where)} AS account"
    if only:
        known = integer_id(key, f"coalesce({platform}, chr(0))")
        inner = f"SELECT * FROM ({inner}) AS every WHERE {known} IN ({only})"
    timed = f"SELECT *, {time} AS moment FROM ({inner}) AS raw"  # once, though two columns ask for it
    sql = f"SELECT *, {ids} FROM (SELECT {columns} FROM ({timed}) AS timed) AS typed"
    return Rows(sql, (*selected, "post", "account"))


def authors_query(source: Source, plan: Plan) -> Rows:
    """What posts tell of their accounts, each time that it is told otherwise: account, account_key, platform, …

    What is read is made distinct before anything is done with it.
    """
    names = ("account", "platform", *AUTHOR_FIELDS)
    inner, raw = _raw(source, {name: place for name, place in plan.places.items() if name in names})
    values = {name: column(f"r_{name}") for name in raw}
    kinds = {name: one.kind for name, one in raw.items()}
    platform = _plain(values, "platform")
    if plan.platform:
        platform = f"coalesce({platform}, {text(plan.platform)})"
    selected = {
        "account_key": _identity("account", values, kinds),
        "platform": platform,
        **{name: sql for name, sql in _author(values, kinds, plan).items() if name in values},
    }
    columns = ", ".join(f"{expression} AS {name}" for name, expression in selected.items())
    account = integer_id("account_key", "coalesce(platform, chr(0))")
    distinct = f"SELECT DISTINCT * FROM ({inner}) AS raw"
    return Rows(
        f"SELECT *, {account} AS account FROM (SELECT {columns} FROM ({distinct}) AS told) AS typed",
        (*selected, "account"),
    )


def accounts_query(source: Source, plan: Plan) -> str:
    """Rows of a file of accounts: account_key, handle, name, bio, created, picture, followers, platform, broken."""
    inner, raw = _raw(source, plan.places)
    values = {name: column(f"r_{name}") for name in raw}
    kinds = {name: one.kind for name, one in raw.items()}
    selected = {
        "account_key": _identity("account", values, kinds),
        **_author(values, kinds, plan),
        "platform": _plain(values, "platform"),
        "broken": column("broken"),
    }
    columns = ", ".join(f"{expression} AS {name}" for name, expression in selected.items())
    return f"SELECT {columns} FROM ({inner}) AS raw"


def _author(values: Mapping[str, str], kinds: Mapping[str, str], plan: Plan) -> dict[str, str]:
    selected = {name: _plain(values, name) for name in AUTHOR_FIELDS if name not in ("created", "followers")}
    selected["created"] = (
        moment(values["created"], kinds["created"], plan.form) if "created" in values else _null("BIGINT")
    )
    followers = (
        f"TRY_CAST(TRY_CAST({values['followers']} AS DOUBLE) AS BIGINT)" if "followers" in values else _null("BIGINT")
    )
    return {**selected, "followers": followers}


def _list(name: str, values: Mapping[str, str], kinds: Mapping[str, str], plan: Plan) -> str:
    if name in values:
        return reading_lists.listed(values[name], kinds[name], links=name in ("urls", "media"))
    if name in plan.from_text and "text" in values:
        return reading_lists.OF_TEXT[name](values["text"])
    return _null("VARCHAR[]")


def _null(kind: str) -> str:
    return f"CAST(NULL AS {kind})"


def _plain(values: Mapping[str, str], name: str) -> str:
    if name not in values:
        return _null("VARCHAR")
    value = f"CAST({values[name]} AS VARCHAR)"
    return f"CASE WHEN {value} NOT IN ('', 'nan', 'NaN') THEN {value} END"


def _identity(name: str, values: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    """An id as text; whole numbers that a spreadsheet made decimals ("12.0") are whole again."""
    if name not in values:
        return _null("VARCHAR")
    value = values[name]
    if kinds[name] in ("DOUBLE", "FLOAT"):
        return f"CAST(CAST({value} AS HUGEINT) AS VARCHAR)"
    if kinds[name] != "VARCHAR":
        return f"CAST({value} AS VARCHAR)"
    whole = f"CASE WHEN ends_with({value}, '.0') THEN left({value}, -2) ELSE trim({value}) END"
    # (Of IN with as many the database makes a join.)
    nothing = " ".join(f"WHEN '{one}' THEN NULL" for one in NOTHING)
    said = f"CASE {value} {nothing} ELSE nullif({whole}, '') END"
    # Nearly all are plain, which is told in a third of the time that it takes to make them so.
    plain = f"strlen({value}) > 4 AND strlen({value}) = length({value}) AND NOT contains({value}, ' ')"
    return f"CASE WHEN {plain} AND NOT ends_with({value}, '.0') THEN {value} ELSE {said} END"


def _raw(source: Source, places: Mapping[str, str]) -> tuple[str, dict[str, _Raw]]:
    """A query that gives each field as it stands, as r_FIELD, and `broken`; and the types."""
    if source.is_json:
        return _raw_json(source, places)
    raw: dict[str, _Raw] = {}
    for name, place in places.items():
        found = [_at(source, one) for one in place.split("|") if _is_there(source, one)]
        if not found:
            continue
        if len(found) == 1:
            raw[name] = found[0]
        else:
            filled = ", ".join(f"nullif(CAST({one.sql} AS VARCHAR), '')" for one in found)
            raw[name] = _Raw(f"coalesce({filled})", "VARCHAR")
    columns = ", ".join(f"{one.sql} AS {column(f'r_{name}')}" for name, one in raw.items())
    return f"SELECT {columns}, CAST(NULL AS VARCHAR) AS broken FROM {source.table}", raw


def _is_there(source: Source, place: str) -> bool:
    return place in source.kinds or place.split(".")[0] in source.kinds


def _at(source: Source, place: str) -> _Raw:
    if place in source.kinds:
        return _Raw(column(place), source.kinds[place])
    sql = ".".join(column(step) for step in place.split("."))  # a field of a Parquet struct
    return _Raw(f"CAST({sql} AS VARCHAR)", "VARCHAR")


def _raw_json(source: Source, places: Mapping[str, str]) -> tuple[str, dict[str, _Raw]]:
    """Plain paths are read in one pass over a record; lists and expressions beside it."""
    paths: dict[str, int] = {}
    raw: dict[str, _Raw] = {}
    for name, place in places.items():
        if place.startswith(EXPRESSION):
            raw[name] = _Raw(place[1:], "VARCHAR[]" if name in LISTS else "VARCHAR")
            continue
        parts = []
        for path in place.split("|"):
            if "[*]" in path:
                parts.append(f"nullif(json_extract_string(record, {text(json_path(path))}), [])")
            else:
                parts.append(f"nullif(f[{paths.setdefault(path, len(paths) + 1)}], '')")
        kind = "VARCHAR[]" if "[*]" in place else "VARCHAR"
        raw[name] = _Raw(parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})", kind)
    columns = ", ".join(f"{one.sql} AS {column(f'r_{name}')}" for name, one in raw.items())
    listed = ", ".join(text(json_path(path)) for path in paths)
    checked = (
        "SELECT CASE WHEN json_valid(record) THEN CAST(record AS VARCHAR) END AS record, "
        f"CASE WHEN json_valid(record) THEN NULL ELSE CAST(record AS VARCHAR) END AS broken FROM {source.table}"
    )
    extracted = f"SELECT record, broken, json_extract_string(record, [{listed}]) AS f FROM ({checked}) AS checked"
    return f"SELECT {columns}, broken FROM ({extracted}) AS extracted", raw


def _mostly_numbers(source: Source, place: str) -> bool:
    values = [one for path in place.split("|") for one in source.samples.get(path, []) if one not in (None, "")]
    return sum(str(one).replace(".", "", 1).isdigit() for one in values) * 2 > len(values)
