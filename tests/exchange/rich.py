"""One incident that has everything that a format may lose: what round trips are measured by.

`rich_incident()` makes it in memory, `store_rich(workspace)` puts the same into a workspace through the usual
doors. Its techniques are of the packaged framework, `disarm()`.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from counterfoil.config import load_config
from counterfoil.model.coding import Citation, Decision, Modality, Reason, Reviewed, Signature, Suggestion, Verdict
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import (
    Actor,
    Alias,
    Attribution,
    DateMention,
    Extraction,
    Figure,
    Narrative,
    Observable,
    Person,
    Place,
    PlatformMention,
    Reference,
    Target,
    Voice,
)
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident, Details, Incident
from counterfoil.model.judging import NameDecision
from counterfoil.model.report import Block, BlockKind, Original, Page, Report
from counterfoil.workflow import load_codebook, with_case

if TYPE_CHECKING:
    from counterfoil.kb.workspace import Workspace

ADDED = "2031-05-01T09:00:00.000Z"
DECIDED = "2031-05-02T10:30:00.250Z"
CREATED = "2031-05-02T08:00:00.000Z"
JOINED = "2031-05-03T12:00:00.000Z"
CODER = "codebook 1"
ANALYST = "Zoë <b>&amp;</b> Łukasz"
NAME = "Ліхтар | Lantern «in the *harbour*» 🏮"

_FIRST = (
    "Lanterns over the harbour 🏮",
    "Between 3 March 2031 and April 2031 the network Northern Lantern, which some call Ліхтар Півночі, created 187 "
    "fake accounts on Fotogramma and Telegram. The accounts posed as dockers’ daughters 👩🏽‍🔧 from Bergen.",
    "“They were paid by Rosgavan,” said Inspector Åse Ødegård of the Harbour Police. The Ministry of Tides denied "
    "that Northern Lantern works for Borduria.",
    "Analysts at Café Observatory (written cafe\u0301 in the original) assess that the campaign aims to split the "
    "Dockers’ Union. It may yet buy advertisements before the harbour vote of 9 May 2031.",
    "The story was always the same: «Порт продали чужинцям» — the port was sold to strangers.",
    "Traces: lantern-news[.]example, hxxps://lantern-news[.]example/a?b=1&c=“x”, editor@lantern-news.example, "
    "192.0.2.17, 2001:db8::17, d41d8cd98f00b204e9800998ecf8427e, @nord_lantern, #порт2031, t.me/harbour_lantern, "
    "bc1qexampleexampleexample, +47 555 0199, UA-5550199-1 and ca-pub-5550199. See incident I00065 and T0146.",
)
_SECOND = (
    "Paper Tide: a second look",
    "Paper Tide, also known as شبكة الورق and רשת הנייר, reposted what Northern Lantern wrote. =SUM(A1) is how its "
    "posts began.",
    "There is no evidence that Paper Tide bought followers. Its pages also led to lantern-news[.]example.",
)


@cache
def disarm() -> Framework:
    """The packaged framework."""
    return load_codebook(load_config({})).framework


def first_report() -> Report:
    """Emoji of several code points, Cyrillic, combining marks, defanged addresses; on two pages."""
    report = _report(_FIRST, "lantern.pdf", {0: BlockKind.HEADING, 2: BlockKind.QUOTE})
    half = report.blocks[3].start
    return Report(
        **_fields(report)
        | {
            "title": "Lanterns over the harbour 🏮",
            "author": "Zoë Å. & Co",
            "publisher": "Café Observatory",
            "published": "2031-04",
            "url": "https://observatory.example/lantern?x=1&y=ж",
            "language": "en",
            "pages": (Page(1, 0, half), Page(2, half, len(report.text))),
            "notes": ("Page 3 is blank.",),
        }
    )


def second_report() -> Report:
    """Right-to-left names, a cell that a spreadsheet would compute; no metadata but a title."""
    report = _report(_SECOND, "-", {0: BlockKind.HEADING})
    return Report(**_fields(report) | {"title": "Paper Tide: a second look", "published": "2031-04-20"})


def rich_incident() -> CodedIncident:
    """The incident as exporters are handed it."""
    reports = tuple(sorted((first_report(), second_report()), key=lambda report: report.id))
    extractions = {report.id: extraction_of(report) for report in reports}
    citations, uncited = [], []
    for report in reports:
        for suggestion, decision in _reviewed(report):
            if decision and decision.verdict is Verdict.ACCEPTED:
                citations.append(Citation(suggestion, decision))
            else:
                uncited.append(Reviewed(suggestion, decision))
    bare = CodedIncident(
        incident=incident(),
        reports=reports,
        citations=tuple(citations),
        extractions=extractions,
        added={report.id: ADDED for report in reports},
        names=names(),
        uncited=tuple(uncited),
    )
    return with_case(bare, disarm())


def store_rich(workspace: "Workspace") -> str:
    """Put it into an empty workspace; returns the incident's id."""
    from counterfoil.kb.coding import add_run, decide
    from counterfoil.kb.incidents import store_incident
    from counterfoil.kb.names import join_names, part_names
    from counterfoil.kb.reports import add_report

    with workspace.writing() as connection:
        for report in (first_report(), second_report()):
            add_report(connection, report, Original(report.text.encode(), "text/plain"), ADDED)
            add_run(connection, report.id, suggestions(report), extraction_of(report), ADDED)
        judged = [one for report in (first_report(), second_report()) for one in _reviewed(report) if one[1]]
        for suggestion, decision in sorted(judged, key=lambda one: one[1].id if one[1] else 0):
            assert decision
            signature = Signature(decision.analyst, decision.at, decision.comment)
            decide(connection, suggestion.id, decision.verdict, signature)
        for word in names():
            put = join_names if word.verdict is Verdict.ACCEPTED else part_names
            put(connection, word.name, word.alias, Signature(word.analyst, word.at, word.comment))
        return store_incident(connection, incident()).id


def incident() -> Incident:
    """Marked TLP:AMBER, with all that can be said of an incident as a whole."""
    details = Details(
        external_id="I99065",
        summary="A lantern network 🏮 told dockers that “the port was sold”. Порт продали.",
        year="2031",
        attributed_to=("Borduria",),
        found_in=("Norway", "Syldavia"),
        references=("https://observatory.example/lantern?x=1&y=ж", "https://second.example/"),
        tlp="amber",
    )
    ids = tuple(sorted((first_report().id, second_report().id)))
    return Incident("I-0123456789ab", NAME, ids, CREATED, "Harbour desk 2031", details)


def names() -> tuple[NameDecision, ...]:
    """Two names that are one actor's, and two that are not."""
    return (
        NameDecision(1, "Northern Lantern", "Ліхтар Півночі", Verdict.ACCEPTED, ANALYST, JOINED, "same logo"),
        NameDecision(2, "Northern Lantern", "Paper Tide", Verdict.REJECTED, "Ben", JOINED, "two teams | 2"),
    )


def suggestions(report: Report) -> tuple[Suggestion, ...]:
    """What the coder suggested, best first."""
    return tuple(suggestion for suggestion, _ in _reviewed(report))


def _reviewed(report: Report) -> list[tuple[Suggestion, Decision | None]]:
    if report.id == first_report().id:
        made = [
            _code(report, "T0146", "created 187 fake accounts", 0.95, actor="Northern Lantern"),
            _code(
                report,
                "T0097.101",
                ("posed as dockers’ daughters 👩🏽‍🔧 from Bergen", "fake accounts on Fotogramma"),
                0.9,
                actor="Northern Lantern",
                voice="Café Observatory",
            ),
            _code(report, "T0102.001", "aims to split the Dockers’ Union", 0.7, modality=Modality.ASSESSED),
            _code(
                report, "T0122", "buy advertisements before the harbour vote", 0.6, modality=Modality.WARNED, voice=""
            ),
            _code(report, "T0117", "The story was always the same", 0.4),
            _code(report, "T0085.005", "«Порт продали чужинцям»", 0.1),
        ]
        return [
            (made[0], _decision(1, made[0], Verdict.ACCEPTED, "sure 👍")),
            (made[1], _decision(2, made[1], Verdict.ACCEPTED, "")),
            (made[2], _decision(3, made[2], Verdict.ACCEPTED, "=1+1 | *not* bold")),
            (made[3], _decision(4, made[3], Verdict.ACCEPTED, "line one\nline two")),
            (made[4], _decision(5, made[4], Verdict.REJECTED, "that is <i>no</i> press work")),
            (made[5], None),
        ]
    again = _code(report, "T0049.003", "reposted what Northern Lantern wrote", 0.8, actor="Paper Tide")
    never = _code(
        report,
        "T0150.003",
        "no evidence that Paper Tide bought followers",
        0.5,
        modality=Modality.NEGATED,
        actor="Paper Tide",
    )
    return [
        (again, _decision(6, again, Verdict.ACCEPTED, "")),
        (never, _decision(7, never, Verdict.ACCEPTED, "a denial")),
    ]


def extraction_of(report: Report) -> Extraction:
    """All twelve kinds in the first report, and what both share in the second."""
    return _first_extraction(report) if report.id == first_report().id else _second_extraction(report)


def _first_extraction(report: Report) -> Extraction:
    def at(*quotes: str) -> tuple[Span, ...]:
        return _spans(report, quotes)

    lantern = at("Northern Lantern", "Ліхтар Півночі")
    return Extraction(
        actors=(
            Actor("Northern Lantern", lantern, (Alias("Ліхтар Півночі", "some"),), "network", "XB", "created accounts"),
            Actor("Rosgavan", at("Rosgavan"), (), "company", "", "paid"),
            Actor("Ministry of Tides", at("Ministry of Tides"), (), "agency", "XB"),
            Actor("Borduria", at("Borduria"), (), "state", "RU"),
        ),
        attributions=(
            Attribution(
                "Northern Lantern", "Rosgavan", "Inspector Åse Ødegård", "asserted", at("They were paid by Rosgavan")
            ),
            Attribution(
                "Northern Lantern",
                "Borduria",
                "Ministry of Tides",
                "denied",
                at("denied that Northern Lantern works for Borduria"),
                "high",
            ),
        ),
        targets=(
            Target("Dockers’ Union", "union", at("Dockers’ Union"), "Northern Lantern", "community", "NO"),
            Target("harbour vote", "", at("harbour vote"), "", "event", "NO", "2031-05-09"),
        ),
        people=(Person("Åse Ødegård", "Inspector", at("Åse Ødegård"), "Harbour Police"),),
        voices=(
            Voice("Åse Ødegård", "Café Observatory", at("They were paid by Rosgavan"), "quotation"),
            Voice("Café Observatory", "", at("assess that the campaign aims to split"), "reported"),
        ),
        dates=(
            DateMention("3 March 2031", "2031-03-03", "day", at("3 March 2031"), "began"),
            DateMention("April 2031", "2031-04", "month", at("April 2031"), "ended"),
            DateMention("9 May 2031", "2031-05-09", "day", at("9 May 2031"), "event"),
        ),
        places=(Place("Bergen", "NO", at("Bergen")), Place("Borduria", "RU", at("Borduria"))),
        platforms=(
            PlatformMention("Fotogramma", at("Fotogramma"), "T0151.001"),
            PlatformMention("Telegram", at("Telegram")),
        ),
        observables=tuple(
            Observable(kind, value, at(written), platform) for kind, value, written, platform in _OBSERVABLES
        ),
        narratives=(
            Narrative("the port was sold to strangers", at("the port was sold to strangers"), "Northern Lantern"),
            Narrative("Порт продали чужинцям", at("Порт продали чужинцям")),
        ),
        figures=(Figure("187", "accounts", at("187"), "200", "created on Fotogramma", "about"),),
        references=(
            Reference("incident", "I00065", "", at("I00065")),
            Reference("technique", "T0146", "", at("T0146")),
        ),
        coder="extraction 1",
    )


_OBSERVABLES = (
    ("domain-name", "lantern-news.example", "lantern-news[.]example", ""),
    (
        "url",
        "https://lantern-news.example/a?b=1&c=“x”",
        "hxxps://lantern-news[.]example/a?b=1&c=“x”",
        "",
    ),
    ("email-addr", "editor@lantern-news.example", "editor@lantern-news.example", ""),
    ("ipv4-addr", "192.0.2.17", "192.0.2.17", ""),
    ("ipv6-addr", "2001:db8::17", "2001:db8::17", ""),
    ("file-hash", "d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e", ""),
    ("handle", "@nord_lantern", "@nord_lantern", "Fotogramma"),
    ("hashtag", "#порт2031", "#порт2031", ""),
    ("telegram-channel", "harbour_lantern", "t.me/harbour_lantern", "Telegram"),
    ("wallet-address", "bc1qexampleexampleexample", "bc1qexampleexampleexample", "Bitcoin"),
    ("phone-number", "+475550199", "+47 555 0199", ""),
    ("analytics-id", "UA-5550199-1", "UA-5550199-1", "Google Analytics"),
    ("advertising-id", "ca-pub-5550199", "ca-pub-5550199", "Google AdSense"),
)


def _second_extraction(report: Report) -> Extraction:
    def at(*quotes: str) -> tuple[Span, ...]:
        return _spans(report, quotes)

    aliases = (Alias("شبكة الورق"), Alias("רשת הנייר", "Café Observatory"))
    return Extraction(
        actors=(
            Actor("Paper Tide", at("Paper Tide", "شبكة الورق", "רשת הנייר"), aliases, "actor", ""),
            Actor("Northern Lantern", at("Northern Lantern"), (Alias("NL-7"),), "network", ""),
        ),
        attributions=(
            Attribution(
                "Paper Tide", "Northern Lantern", "", "linked", at("reposted what Northern Lantern wrote"), "low"
            ),
        ),
        observables=(Observable("domain-name", "lantern-news.example", at("lantern-news[.]example")),),
        coder="extraction 1",
    )


def _report(paragraphs: tuple[str, ...], source: str, kinds: dict[int, BlockKind]) -> Report:
    blocks, start = [], 0
    for number, paragraph in enumerate(paragraphs):
        kind = kinds.get(number, BlockKind.PARAGRAPH)
        blocks.append(Block(kind, start, start + len(paragraph), 1 if kind is not BlockKind.PARAGRAPH else 0))
        start += len(paragraph) + 2
    return Report("\n\n".join(paragraphs), source, blocks=tuple(blocks))


def _fields(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in report.__dataclass_fields__}


def _spans(report: Report, quotes: tuple[str, ...]) -> tuple[Span, ...]:
    starts = [(report.text.index(quote), len(quote)) for quote in quotes]
    return tuple(report.span(start, start + length) for start, length in sorted(starts))


def _code(report: Report, technique: str, quotes: str | tuple[str, ...], score: float, **more: Any) -> Suggestion:
    spans = _spans(report, (quotes,) if isinstance(quotes, str) else quotes)
    reasons = (Reason("the words say so | “literally”", spans[0]), Reason("as often as elsewhere"))
    return Suggestion(report.id, disarm().code(technique), spans, CODER, score, reasons, **more)


def _decision(number: int, suggestion: Suggestion, verdict: Verdict, comment: str) -> Decision:
    return Decision(number, suggestion.id, verdict, ANALYST, DECIDED, comment)
