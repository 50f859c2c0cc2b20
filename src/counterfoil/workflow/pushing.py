"""Incidents sent to a platform of others: looked at first, or sent."""

import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from counterfoil.errors import UsageError
from counterfoil.model.framework import Framework
from counterfoil.model.marking import Tlp
from counterfoil.workflow.sharing import Sharing, share

if TYPE_CHECKING:
    from counterfoil.exchange.remote import Remote
    from counterfoil.kb.workspace import Workspace

#: Platform -> the format and profile that it takes.
PLATFORMS = {"opencti": ("stix", "opencti"), "misp": ("misp", ""), "taxii": ("stix", "opencti")}


@dataclass(frozen=True, slots=True)
class Shipment:
    """What would be sent to a platform: `content` as it leaves, `things` (type, id, name) that it is made of."""

    platform: str
    label: Tlp
    content: bytes = field(repr=False)
    things: tuple[tuple[str, str, str], ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each type, the most frequent first."""
        return dict(Counter(kind for kind, _, _ in self.things).most_common())


def pack(
    workspace: "Workspace", incident_ids: Sequence[str], framework: Framework, platform: str, label: Tlp
) -> Shipment:
    """Make what would be sent; the same incidents give the same ids each time.

    Raises:
        UsageError: no such incident or platform, or an incident that is marked for fewer readers than `label` says.
    """
    if platform not in PLATFORMS:
        raise UsageError(f"There is no platform {platform!r}.", f"Choose one of: {', '.join(PLATFORMS)}.")
    form, profile = PLATFORMS[platform]
    out = io.BytesIO()
    share(workspace, incident_ids, framework, Sharing(form, profile, label), out)
    content = out.getvalue()
    things = _events(content) if platform == "misp" else _objects(content)
    return Shipment(platform, label, content, tuple(things))


def send(shipment: Shipment, remote: "Remote", collection: str = "") -> dict[str, Any]:
    """Send it; returns what the platform says was done.

    Args:
        collection: of a TAXII server.

    Raises:
        UsageError: the client library of the platform is not installed, or there is no such collection.
        FetchError: the platform cannot be reached or refuses it.
    """
    if shipment.platform == "misp":
        from counterfoil.exchange.misp_client import put_events

        return dict(put_events(remote, _all_events(shipment.content)))
    if shipment.platform == "opencti":
        from counterfoil.exchange.opencti_client import put_bundle

        bundle = json.loads(shipment.content)["id"]
        return {"file": put_bundle(remote, f"{bundle}.json", shipment.content)}
    from counterfoil.exchange.taxii_client import add

    return {"objects": add(remote, collection, json.loads(shipment.content)["objects"])}


def _objects(content: bytes) -> list[tuple[str, str, str]]:
    objects = json.loads(content)["objects"]
    return [(one["type"], one["id"], str(one.get("name") or one.get("relationship_type") or "")) for one in objects]


def _all_events(content: bytes) -> list[dict[str, Any]]:
    read = json.loads(content)
    return [read] if "Event" in read else list(read["response"])


def _events(content: bytes) -> list[tuple[str, str, str]]:
    found = []
    for wrapped in _all_events(content):
        event = wrapped["Event"]
        found.append(("event", event["uuid"], event["info"]))
        found += [("attribute", one["uuid"], one.get("type", "")) for one in event.get("Attribute", ())]
        found += [("object", one["uuid"], one.get("name", "")) for one in event.get("Object", ())]
        found += [("event report", one["uuid"], one.get("name", "")) for one in event.get("EventReport", ())]
    return found
