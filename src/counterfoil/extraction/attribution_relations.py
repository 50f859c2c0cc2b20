"""Clauses that say who stands behind whom; each rule begins at a trigger word of its own.

The rules look left of the word for who is meant and right of it for the sponsor, or the other way round.
"""

from collections.abc import Callable, Iterator

from counterfoil.extraction import attribution_words as words
from counterfoil.extraction.attribution_claims import Readers
from counterfoil.extraction.attribution_frames import DOERS, doer_is, leads_to, opening_participle, responsibility
from counterfoil.extraction.attribution_idioms import (
    FINGERPRINTS,
    PAYS,
    PEOPLE,
    RIGHT,
    USES,
    doer_left,
    idiom,
    operators_in_state,
    pays,
    people_of,
    prints,
    used_in,
    uses,
    working_on,
)
from counterfoil.extraction.attribution_running import active, behind, gerund, passive, ran_for
from counterfoil.extraction.attribution_service import behalf, own_work, part, verb_to
from counterfoil.extraction.attribution_ties import attribution, tie_noun, tied, ties_object, to_which
from counterfoil.extraction.attribution_verdicts import VERDICTS, answers
from counterfoil.extraction.phrases import word_starts
from counterfoil.model.extraction import Attribution


def relations(readers: Readers) -> Iterator[Attribution]:
    """The claims that trigger words introduce, in text order."""
    starts = word_starts(readers.parties.text)
    rules: dict[str, list[Callable[[Readers, str, int], Iterator[Attribution]]]] = {}
    for found, rule in (
        (words.RUN_PARTICIPLES, passive),
        (words.RUN_FINITE, active),
        (words.RUN_GERUNDS, gerund),
        (words.RUN_GERUNDS | {"ran", "run", "runs", "operated", "managed", "built", "set", "created"}, ran_for),
        (words.TIED | {"attributes", "links", "ties", "traces", "connects"}, tied),
        (words.TIE_FINITE, ties_object),
        (words.VERBS_TO, verb_to),
        (words.BEHALF, behalf),
        (words.PARTS, part),
        (words.TIES, tie_noun),
        (("behind", "Behind", "responsible"), behind),
        (("attribution", "Attribution"), attribution),
        (("which", "whom"), to_which),
        (("responsibility", "Responsibility"), responsibility),
        (DOERS, doer_is),
        (DOERS, doer_left),
        (RIGHT, idiom),
        (USES, uses),
        (FINGERPRINTS, prints),
        (PEOPLE, people_of),
        (PAYS, pays),
        (("used", "operated", "employed"), used_in),
        (("working", "assigned"), working_on),
        *VERDICTS,
        (("lead", "leads", "led", "leading", "point", "points", "pointed", "pointing"), leads_to),
    ):
        for word in found:
            if word in starts:
                rules.setdefault(word, []).append(rule)
    for at, trigger in sorted((at, word) for word in rules for at in starts[word]):
        for each in rules[trigger]:
            yield from each(readers, trigger, at)
    yield from opening_participle(readers)
    yield from operators_in_state(readers)
    yield from answers(readers)
    for mention in readers.parties.operations:
        yield from own_work(readers, mention)
