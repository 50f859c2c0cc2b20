"""The parts of MISP events: attributes, objects, tags, with ids that follow from what they say.

Types, categories and templates are those of MISP's own describeTypes.json and misp-objects (as in pymisp 2.5).
Two templates are ours, for what MISP has none: `counterfoil-citation` and `counterfoil-attribution`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from counterfoil.model.extraction import Observable
from counterfoil.model.framework import Framework
from counterfoil.model.ids import uuid_for
from counterfoil.model.marking import Tlp

Object = dict[str, Any]

#: TLP label -> colour of its tag in MISP's taxonomy
COLOURS = {
    Tlp.CLEAR: "#FFFFFF",
    Tlp.GREEN: "#339900",
    Tlp.AMBER: "#FFC000",
    Tlp.AMBER_STRICT: "#FFC000",
    Tlp.RED: "#CC0033",
}
AGAIN = " || "  #: between what several items say of one value
FACT = "; "  #: between the facts in a comment
GALAXY = "misp-galaxy:disarm-techniques"


@dataclass(frozen=True, slots=True)
class Template:
    """An object's template: MISP knows an object by its uuid and version. `types` are the types of its attributes."""

    name: str
    uuid: str
    version: str
    description: str
    types: Mapping[str, str]
    category: str = "misc"


REPORT = Template(
    "report",
    "70a68471-df22-4e3f-aa1a-5a3be19f82df",
    "8",
    "Report object to describe a report along with its metadata.",
    {"title": "text", "summary": "text", "link": "link", "type": "text", "case-number": "text"},
)
NARRATIVE = Template(
    "narrative",
    "83bea299-514a-4719-a84b-f6fd0997fac1",
    "4",
    "Object describing a narrative.",
    {"narrative-summary": "text", "external-references": "link"},
)
CITATION = Template(
    "counterfoil-citation",
    str(uuid_for("misp template", "counterfoil-citation")),
    "1",
    "A technique that an analyst accepted or that waits, with the exact words that it rests on.",
    dict.fromkeys(
        (
            "technique framework version name quote place report modality actor voice coder score reason verdict "
            "analyst comment"
        ).split(),
        "text",
    )
    | {"decided": "datetime"},
)
ATTRIBUTION = Template(
    "counterfoil-attribution",
    str(uuid_for("misp template", "counterfoil-attribution")),
    "1",
    "Who is said to stand behind an actor, by whom, and how surely; a denial is one too.",
    dict.fromkeys("actor sponsor by strength confidence quote place report".split(), "text"),
)
ABOUT = Template(
    "counterfoil-report",
    str(uuid_for("misp template", "counterfoil-report")),
    "1",
    "What identifies a report's frozen text, and what is known of it.",
    dict.fromkeys(
        "report text-sha256 title source author publisher published language url added event-report".split(), "text"
    ),
)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the parts of one event. Ids hold the event's, since MISP wants each attribute's to be its own."""

    event: str
    at: str  #: seconds since 1970, of what has no time of its own

    def uuid(self, *parts: str) -> str:
        """The id of a part of this event."""
        return str(uuid_for("misp", self.event, *parts))

    def attribute(self, kind: str, value: str, category: str, comment: str = "", tags: Sequence[str] = ()) -> Object:
        """An attribute of the event itself; only observables are meant for detection (`to_ids`)."""
        told = (comment,) if category == "Internal reference" else ()  # there the comment says what it is
        made: Object = {
            "uuid": self.uuid("attribute", kind, category, value, *told),
            "type": kind,
            "category": category,
            "value": value,
            "comment": comment,
            "to_ids": False,
            "disable_correlation": kind in ("text", "comment"),
            "timestamp": self.at,
            "distribution": "5",
        }
        return made | ({"Tag": [{"name": name} for name in tags]} if tags else {})

    def thing(
        self, template: Template, key: str, values: Sequence[tuple[str, str]], tags: Sequence[str] = ()
    ) -> Object:
        """An object; values are (relation, value), empty ones left out. `tags` stand on its quotes."""
        made = self.uuid("object", template.name, key)
        attributes = [
            {
                "uuid": self.uuid("object", template.name, key, relation, str(number)),
                "object_relation": relation,
                "type": template.types[relation],
                "category": "External analysis" if template.types[relation] == "link" else "Other",
                "value": value,
                "to_ids": False,
                "disable_correlation": template.types[relation] == "text",
                "timestamp": self.at,
                "distribution": "5",
                **({"Tag": [{"name": name} for name in tags]} if tags and relation == "quote" else {}),
            }
            for number, (relation, value) in enumerate(values)
            if value
        ]
        return {
            "uuid": made,
            "name": template.name,
            "meta-category": template.category,
            "description": template.description,
            "template_uuid": template.uuid,
            "template_version": template.version,
            "timestamp": self.at,
            "distribution": "5",
            "Attribute": attributes,
        }


def seconds(time: str) -> str:
    """An ISO 8601 time as MISP writes it: whole seconds since 1970."""
    moment = datetime.fromisoformat(time)
    return str(int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()))


def technique_tag(name: str) -> str:
    """The tag by which MISP finds a technique in its galaxy of DISARM: by the technique's name."""
    return f'{GALAXY}="{name}"'


def framework_tag(framework: Framework) -> str:
    """Which framework's version the names in the tags are of."""
    return f'counterfoil:framework="{framework.name} {framework.version}"'


def tlp_tag(label: Tlp) -> Object:
    """The tag of MISP's TLP taxonomy."""
    return {"name": f"tlp:{label.value}", "colour": COLOURS[label]}


#: Observable -> MISP's type and category
_TYPES: Mapping[str, tuple[str, str]] = {
    "domain-name": ("domain", "Network activity"),
    "url": ("url", "Network activity"),
    "email-addr": ("email", "Social network"),
    "ipv4-addr": ("ip-dst", "Network activity"),
    "ipv6-addr": ("ip-dst", "Network activity"),
    "phone-number": ("phone-number", "Other"),
    "handle": ("text", "Social network"),
    "account-id": ("text", "Social network"),
    "hashtag": ("text", "Social network"),
    "telegram-channel": ("text", "Social network"),
    "wallet-address": ("text", "Financial fraud"),
    "analytics-id": ("text", "Network activity"),
    "advertising-id": ("text", "Network activity"),
}
_HASHES = {32: "md5", 40: "sha1", 56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
OBSERVABLE_OF: Mapping[str, str] = {
    "domain": "domain-name",
    "hostname": "domain-name",
    "url": "url",
    "uri": "url",
    "email": "email-addr",
    "email-src": "email-addr",
    "email-dst": "email-addr",
    "phone-number": "phone-number",
    "twitter-id": "handle",
    "github-username": "handle",
    "telegram-username": "handle",
    "btc": "wallet-address",
    "xmr": "wallet-address",
    "dash": "wallet-address",
    **dict.fromkeys(_HASHES.values(), "file-hash"),
}


def observable_type(observable: Observable) -> tuple[str, str]:
    """MISP's type and category of an observable; "text" where it has no type of its own."""
    if observable.type == "file-hash":
        kind = _HASHES.get(len(observable.value), "text")
        return kind, "Payload delivery"
    return _TYPES.get(observable.type, ("text", "Other"))
