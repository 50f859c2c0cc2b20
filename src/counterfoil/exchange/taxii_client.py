"""TAXII 2.1 collections of others, through taxii2-client: what they hold, what was added, and adding to them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from counterfoil.errors import FetchError, UsageError
from counterfoil.exchange.importer import LARGEST, MOST
from counterfoil.exchange.remote import Remote, explained, same_origin
from counterfoil.exchange.stix_ids import Object, stix_id

if TYPE_CHECKING:
    from requests import PreparedRequest, Response
    from taxii2client.v21 import Collection

PAGES = 10_000
#: Headers that say when the last object of a page was added. Medallion sends only the other for a single one.
_ADDED = ("X-TAXII-Date-Added-Last", "X-TAXII-Date-Added-First")
_ASKED_TOGETHER = 50  #: ids of one question: they stand in its address
_PUSHED_TOGETHER = 5_000_000  #: bytes of one envelope, where the server names no limit


@dataclass(frozen=True, slots=True)
class Offered:
    """A collection of a server."""

    id: str
    title: str
    root: str
    can_read: bool
    can_write: bool


@dataclass(frozen=True, slots=True)
class Fetched:
    """Objects of a collection, and up to when they were added ("" if the server does not say)."""

    objects: tuple[Object, ...]
    until: str

    def bundle(self) -> bytes:
        """As a STIX bundle; the same objects give the same bytes."""
        objects = json.dumps(self.objects, ensure_ascii=True, sort_keys=True)
        return f'{{"type": "bundle", "id": "{stix_id("bundle", "fetched", objects)}", "objects": {objects}}}'.encode()


def offered(remote: Remote) -> list[Offered]:
    """The collections of a server (its discovery address) or of one API root.

    Raises:
        FetchError: it cannot be asked, or does not answer as TAXII 2.1.
    """
    return [
        Offered(str(one.id), str(one.title), root, bool(one.can_read), bool(one.can_write))
        for root, one in _collections(remote)
    ]


def fetch(remote: Remote, collection: str, after: str = "") -> Fetched:
    """The objects of a collection (by id, alias or title) that were added after a time, page by page.

    Raises:
        UsageError: there is no such collection, or it may not be read.
        FetchError: it cannot be asked, or sends too much.
    """
    there = _named(remote, collection)
    if not there.can_read:
        raise UsageError(f"The collection {collection} may not be read.")
    objects: list[Object] = []
    asks: dict[str, str] = {"added_after": after} if after else {}
    until = after
    with _capped(remote, there) as seen:
        for _ in range(PAGES):
            page = there.get_objects(limit=1000, **asks)
            objects += page.get("objects", ())
            until = seen.last or until
            if not page.get("more"):
                return Fetched(tuple(objects), until)
            if len(objects) > MOST or not page.get("objects"):
                break
            following = str(page.get("next") or "")
            asks = {**asks, "next": following} if following else {"added_after": until}
    raise FetchError(f"{remote.host} sends more and more of {collection}.", f"At most {MOST} objects are taken.")


def add(remote: Remote, collection: str, objects: Sequence[Object]) -> int:
    """Add objects to a collection; returns how many the server took. What it has already is not sent.

    Raises:
        UsageError: there is no such collection, or it may not be written.
        FetchError: it cannot be reached, or refuses some.
    """
    there = _named(remote, collection)
    if not there.can_write:
        raise UsageError(f"The collection {collection} may not be written.")
    taken = 0
    with _capped(remote, there):
        for some in _envelopes(_missing(there, objects)):
            status = there.add_objects({"objects": some}, timeout=int(remote.seconds))
            if status.failure_count:
                said = next((one.get("message", "") for one in status.failures if isinstance(one, dict)), "")
                raise FetchError(f"{remote.host} refused {status.failure_count} objects.", str(said)[:200])
            taken += status.success_count + status.pending_count
    return taken


@dataclass(slots=True)
class _Seen:
    """What the answers said besides: when the last object was added, and how much came in all."""

    last: str = ""
    size: int = 0


@contextmanager
def _capped(remote: Remote, endpoint: Any) -> Iterator[_Seen]:
    """Errors as sentences, no redirects, and answers that are bounded in time and size."""
    from requests.adapters import HTTPAdapter

    seen = _Seen()

    class Bounded(HTTPAdapter):
        def send(self, request: "PreparedRequest", *_: Any, **chosen: Any) -> "Response":
            response = super().send(request, **{**chosen, "stream": True, "timeout": remote.seconds})
            parts = []
            for part in response.iter_content(65536):
                seen.size += len(part)
                if seen.size > LARGEST:
                    raise FetchError(f"{remote.host} sends more than {LARGEST // 1024**2} MB.")
                parts.append(part)
            response._content = b"".join(parts)
            response.headers.pop("Content-Encoding", None)  # it is read and decoded
            dates = (response.headers.get(name, "") for name in _ADDED)
            seen.last = next(filter(None, dates), seen.last)
            return response

    session = endpoint._conn.session
    session.max_redirects = 0  # a secret goes to the address that was named, and to no other
    session.mount("https://", Bounded())
    session.mount("http://", Bounded())
    from taxii2client.exceptions import TAXIIServiceException

    with explained(remote, "a request for a collection"):
        try:
            yield seen
        except TAXIIServiceException as error:
            raise FetchError(f"{remote.host} does not answer as TAXII 2.1.") from error


def _collections(remote: Remote) -> "Iterator[tuple[str, Collection]]":
    from taxii2client.common import TokenAuth
    from taxii2client.v21 import ApiRoot, Server

    chosen: dict[str, Any] = {"verify": remote.verify}
    if remote.user:
        chosen |= {"user": remote.user, "password": remote.secret}
    elif remote.secret:
        chosen["auth"] = TokenAuth(remote.secret)
    server = Server(remote.url, **chosen)
    with _capped(remote, server):
        roots = server.api_roots or [ApiRoot(remote.url, **chosen)]
    for root in roots:
        if not same_origin(root.url, remote.url):
            continue  # the secret is for the server that was named
        with _capped(remote, root):
            yield from ((root.url, one) for one in root.collections)


def _named(remote: Remote, collection: str) -> "Collection":
    known = list(_collections(remote))
    for one in (one for _, one in known):
        if collection in (one.id, one.alias, one.title):
            return one
    names = ", ".join(f"{one.id} ({one.title})" for _, one in known[:5])
    raise UsageError(f"{remote.host} has no collection {collection!r}.", f"It has: {names or 'none'}.")


def _missing(there: "Collection", objects: Sequence[Object]) -> list[Object]:
    """The objects of which the collection has no such version: some servers fail on what they have."""
    if not there.can_read:
        return list(objects)
    known: dict[str, set[str]] = {}
    ids = [str(one["id"]) for one in objects]
    for start in range(0, len(ids), _ASKED_TOGETHER):
        asks: dict[str, Any] = {"id": ids[start : start + _ASKED_TOGETHER], "version": "all", "limit": 1000}
        for _ in range(PAGES):
            page = there.get_manifest(**asks)
            for record in page.get("objects", ()):
                known.setdefault(record["id"], set()).add(record["version"])
            if not page.get("more") or not page.get("next"):
                break
            asks["next"] = page["next"]
    # What has no version of its own, such as a cyber-observable, is the same whenever its id is.
    versions = ((one, str(one.get("modified") or one.get("created") or "")) for one in objects)
    return [
        one for one, version in versions if one["id"] not in known or (version and not _has(known[one["id"]], version))
    ]


def _has(versions: set[str], version: str) -> bool:
    """Whether a time is among others, which may be written with more or fewer decimals."""
    return any(datetime.fromisoformat(version) == datetime.fromisoformat(one) for one in versions)


def _envelopes(objects: Sequence[Object]) -> Iterator[list[Object]]:
    some: list[Object] = []
    size = 0
    for one in objects:
        length = len(json.dumps(one))
        if some and size + length > _PUSHED_TOGETHER:
            yield some
            some, size = [], 0
        some.append(one)
        size += length
    if some:
        yield some
