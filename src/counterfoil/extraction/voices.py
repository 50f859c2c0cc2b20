"""Voices: who says what, in quotation marks, in reported speech, as a source that a line introduces."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from counterfoil.extraction.according import sourced
from counterfoil.extraction.introduced import Introduced
from counterfoil.extraction.quotations import quotations
from counterfoil.extraction.quoted_ranges import Ranges
from counterfoil.extraction.quoted_speech import QuotedSpeech
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.reported_speech import reported
from counterfoil.extraction.said import Said, in_text_order
from counterfoil.extraction.speaker_cast import Cast
from counterfoil.extraction.speech_grammar import grammar
from counterfoil.extraction.speech_tokens import Words
from counterfoil.model.extraction import Extraction, Voice


def find(reading: Reading, found: Extraction) -> tuple[Voice, ...]:
    """Who says what, in text order; the span is what is said, without the words that say who does.

    A speaker has the fullest name the text gives. What an operation's own posts say, titles and words in scare quotes
    are no voices, nor is the report's own "we".
    """
    rules, words = grammar(reading.report.language, reading.text), Words(reading.text)
    quoted = quotations(reading.text)
    ranges = Ranges(quoted)
    introduced = Introduced(reading, rules)
    told = [*reported(reading, words, ranges, rules), *sourced(reading, words, ranges, rules)]
    told.sort(key=in_text_order)
    heard = [*introduced.passages, *told, *QuotedSpeech(reading, words, quoted, rules).all(told)]
    cast = Cast(reading, found, rules)
    named = list(_named(heard, cast))
    named_at = {said.at: name for said, name in named}
    around = [(said.start, said.end, name) for said, name in named if said.kind == "quotation" and not said.depth]
    outer = {start: (end, name) for start, end, name in around}
    starts = sorted(outer)
    items: dict[tuple[int, int, str], Voice] = {}
    for said, name in named:
        at = bisect_right(starts, said.start) - 1
        inside = said.depth and at >= 0 and said.end <= outer[starts[at]][0]
        # A quotation in a quotation is heard through the outer speaker, anybody in a source's paragraph through it.
        passage = introduced.around(said.start, said.end)
        via = outer[starts[at]][1] if inside else said.via
        if passage and (not via or via.islower()):
            via = passage.via or named_at.get(passage.at, "")
        if name != via:
            voice = Voice(name, via, (reading.span(said.start, said.end),), said.kind)
            items.setdefault((said.start, said.end, name), voice)
    return tuple(sorted(items.values(), key=lambda voice: (voice.spans[0].start, -voice.spans[0].end)))


def _named(heard: Iterable[Said], cast: Cast) -> Iterator[tuple[Said, str]]:
    """What is said with its speaker's name, asked for in the order in which speakers are named."""
    names: dict[int, tuple[str, str]] = {}
    for said in sorted(heard, key=lambda one: (one.at, one.start, -one.end)):
        if said.at not in names:
            names[said.at] = cast.name(said)
        name, document = names[said.at]
        if name:
            yield said._replace(via=said.via or document), name
