"""A workspace as large as a team's: 2,000 reports, 10,000 incidents, 200,000 suggestions, all invented.

`python benchmarks/big_workspace.py FOLDER [SCALE]` makes it (SCALE 0.1: a tenth), through the same doors as
everybody else. The words are those of the codebook, as often as they occur there, and made-up names.
"""

import random
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from counterfoil.config import load_config
from counterfoil.kb.coding import add_run
from counterfoil.kb.incidents import store_incident
from counterfoil.kb.reports import add_report
from counterfoil.kb.tables import decisions
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Modality, Reason, Suggestion
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Actor, Alias, Extraction, Narrative, Observable
from counterfoil.model.framework import Framework
from counterfoil.model.incident import Details, Incident
from counterfoil.model.report import Block, BlockKind, Original, Report
from counterfoil.workflow import load_codebook

REPORTS, INCIDENTS, SUGGESTIONS, JUDGED = 2000, 10_000, 200_000, 0.3
AT = "2031-05-01T09:00:00.000Z"
FIRST_DAY = date(2015, 1, 1)
OTHER_SCRIPTS = {
    "ru": "Сеть поддельных сайтов распространяла письма о выборах и ёлках в столице".split(),
    "uk": "Мережа підроблених сторінок поширювала вигадані листи про вибори".split(),
    "zh": ["假账号网络", "散布谣言", "攻击选举", "冒充记者", "传播虚假信息"],
    "fr": "Un réseau de faux comptes a diffusé des récits mensongers à l’étranger".split(),
}


class Inventor:
    """Invents texts and names; the same seed invents the same."""

    def __init__(self, framework: Framework, words: "Counter[str]") -> None:
        self.random = random.Random(6)
        self.framework = framework
        self.codes = [framework.code(one) for one in framework.techniques]
        self.words = list(words)
        self.weights = list(accumulate(words.values()))
        syllables = "var holm ten grad sol bel mar osk lin dro ker ave nis tul".split()
        self.names = ["".join(self.random.choices(syllables, k=3)).title() for _ in range(3000)]

    def sentence(self, language: str) -> str:
        count = self.random.randint(8, 28)
        if language in OTHER_SCRIPTS:
            chosen = self.random.choices(OTHER_SCRIPTS[language], k=count)
        else:
            chosen = self.random.choices(self.words, cum_weights=self.weights, k=count)
        chosen[self.random.randrange(count)] = self.name()
        text = "".join(chosen) + "。" if language == "zh" else " ".join(chosen) + "."
        return text[0].upper() + text[1:]

    def name(self) -> str:
        return self.names[int(self.random.paretovariate(0.6)) % len(self.names)]

    def report(self, number: int) -> Report:
        language = self.random.choices(["en", *OTHER_SCRIPTS], weights=[16, 1, 1, 1, 1])[0]
        paragraphs = [
            " ".join(self.sentence(language) for _ in range(self.random.randint(2, 6)))
            for _ in range(min(200, int(8 * self.random.paretovariate(1.2))))
        ]
        starts = [0, *accumulate(len(paragraph) + 2 for paragraph in paragraphs)]
        blocks = [
            Block(BlockKind.PARAGRAPH, start, start + len(p)) for start, p in zip(starts, paragraphs, strict=False)
        ]
        day = FIRST_DAY + timedelta(days=self.random.randrange(5000))
        return Report(
            text="\n\n".join(paragraphs),
            source=f"report-{number}.html",
            title=f"{self.name()} and {self.name()}: {self.sentence(language)[:60].strip()}",
            publisher=f"{self.name()} Observatory",
            published=day.isoformat(),
            url=f"https://{self.name().lower()}.example/{number}",
            language=language,
            blocks=tuple(blocks),
        )

    def span(self, report: Report) -> Span:
        block = self.random.choice(report.blocks)
        text = report.text[block.start : block.end]
        cut = sorted(self.random.sample(range(len(text)), 2)) if len(text) > 200 else [0, len(text)]
        start = text.rfind(".", 0, cut[0]) + 1
        start += len(text[start:]) - len(text[start:].lstrip())
        end = text.find(".", start + 20) + 1 or len(text)
        return report.span(block.start + start, block.start + end)

    def suggestions(self, report: Report, count: int) -> tuple[Suggestion, ...]:
        spans = [self.span(report) for _ in range(max(1, count * 2 // 3))]
        found = [
            Suggestion(
                report=report.id,
                code=self.random.choice(self.codes),
                spans=tuple(sorted(set(self.random.choices(spans, k=self.random.choice((1, 1, 1, 2)))))),
                coder="codebook 1",
                score=round(self.random.random(), 3),
                reasons=(Reason("the words say so", None),),
                modality=self.random.choice(list(Modality)),
            )
            for _ in range(count)
        ]
        return tuple({one.id: one for one in found}.values())

    def extraction(self, report: Report) -> Extraction:
        spans = (self.span(report),)
        return Extraction(
            actors=tuple(
                Actor(
                    self.name(), spans, (Alias(f"{self.name()} Group"),), self.random.choice(("actor", "network")), "ZZ"
                )
                for _ in range(12)
            ),
            observables=tuple(
                Observable("domain-name", f"{self.name()}-{self.random.randrange(900)}.example".lower(), spans)
                for _ in range(10)
            ),
            narratives=tuple(Narrative(self.sentence("en"), spans) for _ in range(5)),
            coder="extraction 1",
        )

    def incident(self, number: int, reports: list[str]) -> Incident:
        details = Details(f"I{number:05}", self.sentence("en") + " " + self.sentence("en"), str(2015 + number % 14))
        name = f"{self.name()} in {self.name()}"
        chosen = tuple(self.random.sample(reports, self.random.choice((1, 1, 2))))
        incident = Incident.opened(f"{name} {number}", chosen, AT)
        return replace(incident, details=details)


def make(folder: Path, scale: float = 1.0) -> Workspace:
    """Make the workspace in an empty folder; prints how long it took."""
    codebook = load_codebook(load_config({}))
    texts = " ".join(f"{e.definition} {e.use_when} {' '.join(e.sentences)}" for e in codebook.entries.values())
    inventor = Inventor(codebook.framework, Counter(texts.replace(".", "").replace(",", "").split()))
    workspace = Workspace.open(folder, create=True)
    start = time.perf_counter()
    count = int(REPORTS * scale)
    ids = []
    for number in range(count):
        report = inventor.report(number)
        with workspace.writing() as connection:
            ids.append(add_report(connection, report, Original(report.text.encode(), "text/html"), AT))
            found = inventor.suggestions(report, SUGGESTIONS // REPORTS + 1)
            add_run(connection, report.id, found, inventor.extraction(report), AT)
            judged = [one for one in found if inventor.random.random() < JUDGED]
            rows = [
                {"suggestion": one.id, "verdict": inventor.random.choice(("accepted", "accepted", "rejected"))}
                for one in judged
            ]
            connection.execute(decisions.insert().values(analyst="ada", at=AT, comment=""), rows)
    print(f"{count:,} reports with their suggestions: {time.perf_counter() - start:.0f} s", file=sys.stderr)
    start = time.perf_counter()
    with workspace.writing() as connection:
        for number in range(int(INCIDENTS * scale)):
            store_incident(connection, inventor.incident(number, ids))
    print(f"{int(INCIDENTS * scale):,} incidents: {time.perf_counter() - start:.0f} s", file=sys.stderr)
    return workspace


if __name__ == "__main__":
    make(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0).close()
