"""Run every extractor over a report, in order."""

from dataclasses import replace
from importlib import import_module

from counterfoil.extraction.inherited import with_voices
from counterfoil.extraction.named_sites import is_written_as_name
from counterfoil.extraction.reading import Reading
from counterfoil.model.extraction import Extraction
from counterfoil.model.report import Report

CODER = "extraction 5"  #: raised when the same text may give other items

#: Field of `Extraction` -> module with `find(reading, found)`, which returns that field's tuple.
#: `found` holds what the lines above have found, so order matters. A new kind also needs its type and
#: field in `model.extraction`, its line in `model.plain.KINDS` (without it nothing is stored) and a row
#: in `cli.screen.print_extraction`.
KINDS = {
    "observables": "counterfoil.extraction.observables",
    "dates": "counterfoil.extraction.dates",
    "platforms": "counterfoil.extraction.platforms",
    "places": "counterfoil.extraction.places",
    "actors": "counterfoil.extraction.actors",
    "attributions": "counterfoil.extraction.attributions",
    "targets": "counterfoil.extraction.targets",
    "people": "counterfoil.extraction.people",
    "voices": "counterfoil.extraction.voices",
    "narratives": "counterfoil.extraction.narratives",
    "figures": "counterfoil.extraction.figures",
    "references": "counterfoil.extraction.references",
}


def extract(report: Report) -> Extraction:
    """Everything that the rules find in the report, each item with the letters it rests on."""
    reading = Reading.of(report)
    found = Extraction(coder=CODER)
    for field, module in KINDS.items():
        items = import_module(module).find(reading, found)
        found = replace(found, **{field: items})
        if field == "observables":
            # The words inside an address ("facebook" in a URL, a date in a path) are not prose.
            addresses = (item for item in items if not is_written_as_name(item))
            reading = reading.without(span for item in addresses for span in item.spans)
    return with_voices(found)
