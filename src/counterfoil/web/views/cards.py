"""A report's suggestions as cards of the review, what they can be filtered by, and one in detail."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from counterfoil.kb.tables import ANALYST
from counterfoil.model.codebook import Codebook, Entry
from counterfoil.model.coding import UNDECIDED_BELOW, Modality, Reviewed, Suggestion
from counterfoil.model.framework import Framework, Technique
from counterfoil.workflow.reviewing import Step

QUOTE_CHARS = 150  #: of a quote on a card
NOBODY = "—"  #: a filter's value for what the text does not tell
ORDERS = {"text": "in text order", "score": "likeliest first"}
SCORES = {
    f"{UNDECIDED_BELOW}": "likely (20 % and more)",
    "0.5": "50 % and more",
    "0.8": "80 % and more",
    "0": "all, hints too",
}
STATES = {"open": "waiting", "accepted": "accepted", "rejected": "rejected"}


@dataclass(frozen=True, slots=True)
class Card:
    """What a list of suggestions shows of one. `state` is "open", "accepted" or "rejected"."""

    id: str
    code: str
    name: str
    tactic: str
    tactic_name: str
    modality: str
    actor: str
    voice: str
    coders: tuple[str, ...]
    score: float
    state: str
    own: bool
    quote: str
    more: int
    ranges: str
    start: int
    decided_by: str = ""
    decided_at: str = ""
    comment: str = ""
    hidden: bool = False

    @property
    def hint(self) -> bool:
        """Whether it was only hinted at, and nobody has judged it."""
        return self.score < UNDECIDED_BELOW


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that suggestions can be filtered by, and how many have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reviewer asked to see; empty is anything. `score` is the least, of suggestions that wait."""

    tactic: str = ""
    modality: str = ""
    voice: str = ""
    actor: str = ""
    coder: str = ""
    state: str = ""
    q: str = ""
    score: str = str(UNDECIDED_BELOW)
    order: str = "text"

    def takes(self, card: Card) -> bool:
        """Whether the card is to be seen."""
        return (
            self.tactic in ("", card.tactic)
            and self.modality in ("", card.modality)
            and self.voice in ("", card.voice or NOBODY)
            and self.actor in ("", card.actor or NOBODY)
            and (not self.coder or self.coder in card.coders)
            and self.state in ("", card.state)
            and (card.state != "open" or card.score >= self.least)
            and self.q.casefold() in f"{card.code} {card.name} {card.quote}".casefold()
        )

    @property
    def least(self) -> float:
        return float(self.score) if self.score in SCORES else UNDECIDED_BELOW

    def query(self) -> dict[str, str]:
        """What differs from an untouched review, as a query's parameters."""
        plain = Wanted()
        named = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: value for name, value in named.items() if value != getattr(plain, name)}

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        """From a query's parameters; others are passed over."""
        return cls(**{item.name: query[item.name] for item in fields(cls) if item.name in query})


@dataclass(frozen=True, slots=True)
class Filters:
    """What there is to choose from in one report."""

    tactics: tuple[Choice, ...]
    modalities: tuple[Choice, ...]
    voices: tuple[Choice, ...]
    actors: tuple[Choice, ...]
    coders: tuple[Choice, ...]
    scores: Mapping[str, str] = field(default_factory=lambda: SCORES)
    states: Mapping[str, str] = field(default_factory=lambda: STATES)
    orders: Mapping[str, str] = field(default_factory=lambda: ORDERS)


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything about one suggestion. `entry` and `technique` are None for a code that is not in use here."""

    card: Card
    suggestion: Suggestion
    technique: Technique | None
    parent: Technique | None
    entry: Entry | None
    siblings: tuple[Technique, ...]
    steps: Sequence[Step]
    names: Mapping[str, str]


def card_of(item: Reviewed, framework: Framework) -> Card:
    """The card of one suggestion."""
    suggestion, decision = item.suggestion, item.decision
    technique = framework.named(suggestion.code)
    first = suggestion.spans[0]
    return Card(
        id=suggestion.id,
        code=suggestion.code.id,
        name=technique.name if technique else f"not in {framework.name} {framework.version}",
        tactic=technique.tactic if technique else "",
        tactic_name=_tactic(framework, technique.tactic) if technique else "",
        modality=suggestion.modality.value,
        actor=suggestion.actor,
        voice=suggestion.voice,
        coders=coders_of(suggestion.coder),
        score=suggestion.score,
        state=decision.verdict.value if decision else "open",
        own=suggestion.coder.startswith(ANALYST),
        quote=_shortened(first.quote),
        more=len(suggestion.spans) - 1,
        ranges=" ".join(f"{span.start}-{span.end}" for span in suggestion.spans),
        start=first.start,
        decided_by=decision.analyst if decision else "",
        decided_at=decision.at if decision else "",
        comment=decision.comment if decision else "",
    )


def cards_of(items: Sequence[Reviewed], framework: Framework, wanted: Wanted) -> list[Card]:
    """The cards of a report, in the order that is wanted; those that are not to be seen are marked hidden."""
    from dataclasses import replace

    cards = [card_of(item, framework) for item in items]
    if wanted.order != "score":
        cards.sort(key=lambda card: (card.start, -card.score))
    return [card if wanted.takes(card) else replace(card, hidden=True) for card in cards]


def filters_of(cards: Sequence[Card]) -> Filters:
    """What the cards can be filtered by, each value with its number."""
    tactics = {card.tactic: f"{card.tactic} {card.tactic_name}" for card in cards if card.tactic}
    modalities = Counter(card.modality for card in cards)
    return Filters(
        tactics=_choices(Counter(card.tactic for card in cards if card.tactic), tactics),
        modalities=tuple(Choice(m.value, m.value, modalities[m.value]) for m in Modality),
        voices=_choices(Counter(card.voice or NOBODY for card in cards), {NOBODY: "the report itself"}),
        actors=_choices(Counter(card.actor or NOBODY for card in cards), {NOBODY: "not told"}),
        coders=_choices(Counter(coder for card in cards for coder in card.coders), {}),
    )


def detail_of(item: Reviewed, steps: Sequence[Step], framework: Framework, codebook: Codebook) -> Detail:
    """Why it was suggested, what the codebook says of it, what else it could be."""
    suggestion = item.suggestion
    technique = framework.named(suggestion.code)
    parent = framework.techniques.get(technique.parent) if technique else None
    return Detail(
        card=card_of(item, framework),
        suggestion=suggestion,
        technique=technique,
        parent=parent,
        entry=codebook.entries.get(technique.id) if technique else None,
        siblings=framework.siblings(technique.id) if technique else (),
        steps=steps,
        names={code: found.name for code, found in framework.techniques.items()},
    )


def coders_of(label: str) -> tuple[str, ...]:
    """The names of a coder without their versions: "codebook a5 + knowledge 7c" is codebook and knowledge."""
    if label.startswith(ANALYST):
        return (label,)
    return tuple(dict.fromkeys(part.split()[0] for part in label.split("+") if part.strip()))


def _choices(counted: Mapping[str, int], labels: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, labels.get(value, value), counted[value]) for value in sorted(counted))


def _shortened(quote: str) -> str:
    """The quote on one line, cut at a blank if it is long: textwrap does the same in ten times the time."""
    line = " ".join(quote[: 2 * QUOTE_CHARS].split())
    return line if len(line) <= QUOTE_CHARS else f"{line[:QUOTE_CHARS].rpartition(' ')[0] or line[:QUOTE_CHARS]} …"


def _tactic(framework: Framework, tactic_id: str) -> str:
    return next((tactic.name for tactic in framework.tactics if tactic.id == tactic_id), tactic_id)
