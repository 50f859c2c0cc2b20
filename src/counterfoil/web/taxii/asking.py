"""What a TAXII client asks for, in the parameters of its address."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.datastructures import QueryParams

from counterfoil.kb.feed_pages import Wanted, number_of
from counterfoil.model.marking import Tlp
from counterfoil.web.problems import RefusalError

PAGE = 1000  #: objects of a page, unless the client wants fewer
FILTERS = frozenset({"id", "type", "version", "spec_version"})
MOST = 1000  #: values of a filter
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?Z", re.ASCII)
_NUMBER = re.compile(r"\d+", re.ASCII)
_DIGITS = 18  #: of a number that the database can hold


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted, and at most how many at once; `nothing`: the filters leave none, whatever there is."""

    wanted: Wanted
    limit: int
    nothing: bool = False


def asked(query: QueryParams, root: str, level: Tlp, identifier: str = "") -> Asked:
    """Read the parameters; `identifier` is the object of the address, if it names one.

    Raises:
        RefusalError: a parameter cannot be understood.
    """
    filters = {name: _filter(query, name) for name in FILTERS}
    unknown = [name for name in query if name.startswith("match[") and name[6:-1] not in FILTERS]
    if unknown:
        raise RefusalError(400, "There is no such filter.", "Known: match[id], [type], [version], [spec_version].")
    after = max(_after(query), _next(query))
    ids = (identifier,) if identifier else filters["id"]
    words = {"first", "last", "all"} & {*filters["version"]}  # one version is served: it is the first and the last
    versions = () if words else tuple(_moment(one, "match[version]") for one in filters["version"])
    nothing = bool(filters["spec_version"]) and "2.1" not in filters["spec_version"]
    return Asked(Wanted(root, level.rank, after, ids, filters["type"], versions), _limit(query), nothing)


def _filter(query: QueryParams, name: str) -> tuple[str, ...]:
    given = tuple(part for value in query.getlist(f"match[{name}]") for part in value.split(",") if part)
    if len(given) > MOST:
        raise RefusalError(400, f"match[{name}] has more than {MOST} values.")
    return given


def _limit(query: QueryParams) -> int:
    given = query.get("limit", str(PAGE))
    if not _NUMBER.fullmatch(given) or not given.strip("0"):
        raise RefusalError(400, "limit is no number above 0.")
    return PAGE if len(given) > _DIGITS else min(int(given), PAGE)


def _next(query: QueryParams) -> int:
    given = query.get("next", "")
    if given and (not _NUMBER.fullmatch(given) or len(given) > _DIGITS):
        raise RefusalError(400, "next is not what an earlier page said.")
    return int(given) if given else 0


def _after(query: QueryParams) -> int:
    return _moment(query["added_after"], "added_after") if "added_after" in query else 0


def _moment(written: str, where: str) -> int:
    matched = _TIME.fullmatch(written)
    try:
        if not matched:
            raise ValueError(written)
        fraction = ((matched[2] or "") + "000000")[:6]
        return number_of(datetime.fromisoformat(f"{matched[1]}.{fraction}").replace(tzinfo=UTC))
    except ValueError:
        raise RefusalError(400, f"{where} is no time such as 2031-05-02T10:30:00.000Z.") from None
