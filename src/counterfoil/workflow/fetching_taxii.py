"""What others added to their TAXII collections since the last time, into quarantine."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterfoil.errors import FetchError
from counterfoil.workflow.importing import receive

if TYPE_CHECKING:
    from counterfoil.config import Config
    from counterfoil.exchange.remote import Remote
    from counterfoil.exchange.taxii_client import Offered
    from counterfoil.kb.parcels import ParcelRow
    from counterfoil.kb.workspace import Workspace


@dataclass(frozen=True, slots=True)
class News:
    """What came: how many objects, and the parcel that they are in (None if there was nothing)."""

    objects: int
    parcel: "ParcelRow | None"


def collections(remote: "Remote", config: "Config") -> "list[Offered]":
    """The collections of a server.

    Raises:
        FetchError: it cannot be asked, or we are offline.
    """
    from counterfoil.exchange.taxii_client import offered

    _refuse_offline(remote, config)
    return offered(remote)


def fetch_news(
    workspace: "Workspace", remote: "Remote", collection: str, config: "Config", again: bool = False
) -> News:
    """Fetch what was added to a collection since the last time (or all of it, `again`), into quarantine.

    How far we are is remembered only when it is there: what fails is fetched again.

    Raises:
        UsageError: there is no such collection.
        FetchError: it cannot be fetched, or we are offline.
    """
    from counterfoil.exchange.taxii_client import fetch
    from counterfoil.kb.feed import Feed, fetched_until, set_fetched

    _refuse_offline(remote, config)
    feed = Feed.open(workspace.folder)
    with feed.reading() as store:
        after = "" if again else fetched_until(store, remote.url, collection)
    found = fetch(remote, collection, after)
    if not found.objects:
        return News(0, None)
    parcel = receive(workspace, f"{remote.url} {collection}", found.bundle(), "stix")
    with feed.writing() as store:
        set_fetched(store, remote.url, collection, found.until)
    return News(len(found.objects), parcel)


def _refuse_offline(remote: "Remote", config: "Config") -> None:
    if config.offline:
        raise FetchError(f"{remote.host} is not asked in offline mode.", "Leave out --offline.")
