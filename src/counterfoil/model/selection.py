"""Which incidents are meant, and how often each technique occurs in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from counterfoil.model.coding import Modality

#: What counts as done unless something else is asked for: not what is said not to have happened.
HAPPENED = tuple(modality for modality in Modality if modality is not Modality.NEGATED)
OWN = "own"  #: the origin of incidents that were opened here


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters on incidents; an empty one lets everything through. Each is plain text, as a form sends it.

    `actor` is an operation's name or whom it is attributed to; `since` and `until` are years; `country` an
    ISO 3166-1 alpha-2 code or a name; `target` a name; `source` a report's publisher; `origin` is `OWN` or who an
    incident was imported from ("DISARM 1.6"); `modality` one `Modality`, empty for what happened or may have;
    `technique` an id; `q` words of the incident's name or id.
    """

    actor: str = ""
    since: str = ""
    until: str = ""
    country: str = ""
    target: str = ""
    source: str = ""
    origin: str = ""
    modality: str = ""
    technique: str = ""
    q: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], prefix: str = "") -> "Selection":
        """From a query's parameters, each with `prefix` before its name; others are passed over."""
        names = [item.name for item in fields(cls)]
        return cls(**{name: " ".join(query.get(prefix + name, "").split())[:200] for name in names})

    def query(self, prefix: str = "") -> dict[str, str]:
        """The filters that are set, as a query's parameters."""
        named = {prefix + item.name: str(getattr(self, item.name)) for item in fields(self)}
        return {name: value for name, value in named.items() if value}

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """The modalities that count; an unknown one counts nothing."""
        if not self.modality:
            return HAPPENED
        return tuple(modality for modality in Modality if modality.value == self.modality)

    @property
    def years(self) -> str:
        """The period in words: "2016 to 2018", "since 2016"; empty if there is none."""
        if self.since and self.until:
            return self.since if self.since == self.until else f"{self.since} to {self.until}"
        return f"since {self.since}" if self.since else f"until {self.until}" if self.until else ""

    @property
    def words(self) -> str:
        """The selection in words, for headings and files."""
        origin = "opened here" if self.origin == OWN else self.origin
        named = {
            "": self.actor,
            "target": self.target,
            "in": self.country,
            "reported by": self.source,
            "using": self.technique,
            "named": f"“{self.q}”" if self.q else "",
        }
        parts = [f"{word} {value}".strip() for word, value in named.items() if value]
        parts += [part for part in (self.years, origin, self.modality and f"{self.modality} only") if part]
        return ", ".join(parts) or "all incidents"


@dataclass(frozen=True, slots=True)
class Count:
    """In how many incidents and reports of a selection something was cited.

    `incidents` and `reports` count the technique's own citations; `with_subs` the incidents that cite it or one of
    its sub-techniques.
    """

    incidents: int = 0
    reports: int = 0
    with_subs: int = 0


@dataclass(frozen=True, slots=True)
class Heat:
    """A selection counted: how many incidents and reports there are in it, and each technique's count by id.

    `coded` are the incidents that cite any technique at all. A technique that is nowhere cited has no entry.
    `tactics` holds the incidents that cite any technique of a tactic.
    """

    selection: Selection
    incidents: int = 0
    reports: int = 0
    coded: int = 0
    counts: Mapping[str, Count] = field(default_factory=dict)
    tactics: Mapping[str, int] = field(default_factory=dict)

    def of(self, technique: str) -> Count:
        """The technique's count, zero where it has none."""
        return self.counts.get(technique, Count())

    @property
    def most(self) -> int:
        """The largest number of incidents of one technique with its sub-techniques."""
        return max((count.with_subs for count in self.counts.values()), default=0)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A technique's evidence in one report of an incident: its first quote, where that stands, and how many more."""

    technique: str
    modality: str
    incident: str
    incident_name: str
    report: str
    report_title: str
    url: str
    suggestion: str
    quote: str
    start: int
    more: int = 0
