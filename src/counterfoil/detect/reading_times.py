"""Times as microseconds since 1970 in UTC, out of whatever a column holds."""

from counterfoil.errors import UsageError

TWITTER = "%a %b %d %H:%M:%S %z %Y"
MAIL = "%a, %d %b %Y %H:%M:%S %Z"
MAIL_OFFSET = "%a, %d %b %Y %H:%M:%S %z"
COMPACT = "%Y%m%dT%H%M%SZ"
#: abbreviations that have one meaning in what platforms export (CrowdTangle's: US Eastern)
SUMMER = {"EDT": "-04:00", "CDT": "-05:00", "MDT": "-06:00", "PDT": "-07:00", "CEST": "+02:00", "BST": "+01:00"}
INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")


def check_zone(zone: str) -> str:
    """The zone, if there is one of that name.

    Raises:
        UsageError: there is none.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(
            f"There is no time zone {zone!r}.", "Name it as Europe/Kyiv, America/New_York or UTC."
        ) from error
    return zone


def moment(value: str, kind: str, form: str = "", numbers: bool = False) -> str:
    """An expression for microseconds (BIGINT); NULL where no time can be read.

    The connection's own time zone is that of times which name none.

    Args:
        value: the expression of what is to be read.
        kind: its type.
        form: how times are written, as strptime has it.
        numbers: whether most values are numbers: tried first then.
    """
    if kind in INTEGERS:
        return _number(f"CAST({value} AS BIGINT)")
    if kind in ("DOUBLE", "FLOAT") or kind.startswith("DECIMAL"):
        return _decimal(f"CAST({value} AS DECIMAL(38, 6))")
    if kind.startswith(("TIMESTAMP", "DATE")):
        return f"epoch_us(CAST({value} AS TIMESTAMPTZ))"
    if form:
        quoted = form.replace("'", "''")
        return f"epoch_us(CAST(try_strptime({value}, '{quoted}') AS TIMESTAMPTZ))"
    # In UTC, most are; the cast that knows zones takes three times as long.
    utc = f"epoch_us(TRY_CAST(CASE WHEN ends_with({value}, 'Z') THEN {value} END AS TIMESTAMP))"
    zoned = f"epoch_us(TRY_CAST({value} AS TIMESTAMPTZ))"
    # A cast to a whole number would round.
    whole = _number(f"TRY_CAST(CASE WHEN NOT contains({value}, '.') THEN {value} END AS BIGINT)")
    others = [
        _decimal(f"TRY_CAST({value} AS DECIMAL(38, 6))"),
        f"epoch_us(try_strptime({value}, '{TWITTER}'))",
        f"epoch_us(try_strptime({value}, '{MAIL_OFFSET}'))",
        f"epoch_us(CAST(try_strptime({value}, '{MAIL}') AS TIMESTAMPTZ))",
        f"epoch_us(CAST(try_strptime({value} || '+00', '{COMPACT}%z') AS TIMESTAMPTZ))",
        *(
            f"epoch_us(TRY_CAST(CASE WHEN ends_with({value}, ' {name}') "
            f"THEN replace({value}, ' {name}', '{offset}') END AS TIMESTAMPTZ))"
            for name, offset in SUMMER.items()
        ),
    ]
    first, *rest = [whole, utc, zoned, *others] if numbers else [utc, zoned, whole, *others]
    # Inside CASE the database does not compute beforehand, for every row, what several of these have in common.
    return f"coalesce({first}, CASE WHEN {value} IS NOT NULL THEN coalesce({', '.join(rest)}) END)"


def names_no_zone(value: str, kind: str, form: str = "") -> str:
    """A condition: the time is written without a zone, so that the default one is taken."""
    if kind in INTEGERS or kind in ("DOUBLE", "FLOAT", "TIMESTAMP WITH TIME ZONE") or kind.startswith("DECIMAL"):
        return "false"
    if kind.startswith(("TIMESTAMP", "DATE")):
        return "true"
    if form:
        return "false" if "%z" in form or "%Z" in form else "true"
    return (
        f"CASE WHEN ends_with({value}, 'Z') THEN false ELSE ({value}[5] = '-' AND {value}[8] = '-' AND NOT ("
        f"contains(substr({value}, 11), '+') OR contains(substr({value}, 17), '-') "
        f"OR {value}[-1] BETWEEN 'A' AND 'Z' OR contains({value}, '/'))) END"
    )


def _number(number: str) -> str:
    """Seconds, milliseconds, microseconds or nanoseconds: which one, its size tells (from 1973 to 5138)."""
    return (
        f"CASE WHEN abs({number}) < 100000000000 THEN {number} * 1000000 "
        f"WHEN abs({number}) < 100000000000000 THEN {number} * 1000 "
        f"WHEN abs({number}) < 100000000000000000 THEN {number} ELSE {number} // 1000 END"
    )


def _decimal(number: str) -> str:
    return (
        f"CASE WHEN abs({number}) < 100000000000 THEN CAST(round({number} * 1000000) AS BIGINT) "
        f"WHEN abs({number}) < 100000000000000 THEN CAST(round({number} * 1000) AS BIGINT) END"
    )
