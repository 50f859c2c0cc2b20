"""The ids of the profile for OpenCTI are those that its own client generates, wherever that client is installed."""

import io
import json
from typing import Any

import pytest

from counterfoil.exchange.stix import EXPORTER
from counterfoil.exchange.stix_ids import Ids
from tests.exchange.rich import disarm, rich_incident

pycti = pytest.importorskip("pycti", reason="OpenCTI's client is not installed", exc_type=ImportError)


def generated(thing: dict[str, Any]) -> str:
    """What pycti generates for the object."""
    name = thing.get("name", "")
    match thing["type"]:
        case "attack-pattern":
            return str(pycti.AttackPattern.generate_id(name, thing.get("x_mitre_id")))
        case "course-of-action":
            return str(pycti.CourseOfAction.generate_id(name, thing["x_mitre_id"]))
        case "identity":
            return str(pycti.Identity.generate_id(name, thing["identity_class"]))
        case "location":
            return str(pycti.Location.generate_id(name, thing["x_opencti_location_type"]))
        case "intrusion-set":
            return str(pycti.IntrusionSet.generate_id(name))
        case "campaign":
            return str(pycti.Campaign.generate_id(name))
        case "threat-actor":
            return str(pycti.ThreatActor.generate_id(name, thing.get("x_opencti_type", "Threat-Actor-Group")))
        case "incident":
            return str(pycti.Incident.generate_id(name, thing["created"]))
        case "report":
            return str(pycti.Report.generate_id(name, thing["published"]))
        case "narrative":
            return str(pycti.Narrative.generate_id(name))
        case "note":
            return str(pycti.Note.generate_id(thing["created"], thing["content"], thing["abstract"]))
        case "observed-data":
            return str(pycti.ObservedData.generate_id(thing["object_refs"]))
        case "relationship":
            ends = (thing["relationship_type"], thing["source_ref"], thing["target_ref"])
            return str(pycti.StixCoreRelationship.generate_id(*ends))
        case "sighting":
            where = thing["where_sighted_refs"]
            return str(pycti.StixSightingRelationship.generate_id(thing["sighting_of_ref"], where))
        case "phone-number":
            return str(pycti.CustomObservablePhoneNumber(value=thing["value"]).id)
        case "cryptocurrency-wallet":
            return str(pycti.CustomObservableCryptocurrencyWallet(value=thing["value"]).id)
    return str(thing["id"])  # what STIX itself prescribes the id of: compared with the library in test_stix.py


@pytest.mark.parametrize("profile", ["opencti", "disinfox"])
def test_every_id_is_the_clients_own(profile: str) -> None:
    out = io.BytesIO()
    EXPORTER.writer(profile)([rich_incident()], disarm(), out)
    objects = json.loads(out.getvalue())["objects"]
    assert [thing["id"] for thing in objects] == [generated(thing) for thing in objects]
    assert {"identity", "location", "relationship", "report", "note", "sighting", "narrative"} <= {
        thing["type"] for thing in objects
    }


def test_kinds_that_the_example_lacks() -> None:
    ids = Ids(client=True)
    assert ids.named("campaign", " Операція Heron ") == pycti.Campaign.generate_id(" Операція Heron ")
    assert ids.course_of_action("C00009") == pycti.CourseOfAction.generate_id("", "C00009")
    individual = pycti.ThreatActorIndividual.generate_id("Zoë Å.")
    assert ids.threat_actor("Zoë Å.", individual=True) == individual
