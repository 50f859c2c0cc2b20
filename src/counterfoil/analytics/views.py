"""Views of a case by other schemes than DISARM's tactics."""

from collections.abc import Iterator, Mapping, Sequence

from counterfoil.analytics.abcde import abcde
from counterfoil.analytics.kill_chain import kill_chain
from counterfoil.analytics.sections import figure_words
from counterfoil.model.casefile import Entry, Evidence, Source, View
from counterfoil.model.framework import Framework


def views(sources: Sequence[Source], sections: Mapping[str, Sequence[Entry]], framework: Framework) -> tuple[View, ...]:
    """ABCDE and the kill chain, from the sections of a case file; what did not happen is in neither."""
    happened = [(entry, _tactic(entry, framework)) for entry in sections.get("techniques", ()) if _happened(entry)]
    return abcde(sections, happened, _figures(sources)), kill_chain(happened)


def _tactic(entry: Entry, framework: Framework) -> str:
    technique = framework.techniques.get(entry.name.split(" ", 1)[0])
    return technique.tactic if technique else ""


def _happened(entry: Entry) -> bool:
    return "negated" not in entry.facts.get("modality", ())


def _figures(sources: Sequence[Source]) -> Iterator[Entry]:
    for source in sources:
        for figure in source.extraction.figures:
            facts = {"unit": (figure.unit,), "counts": (figure.counts,) if figure.counts else ()}
            evidence = tuple(Evidence(source.report.id, span) for span in figure.spans)
            yield Entry(figure_words(figure), {name: said for name, said in facts.items() if said}, evidence)
