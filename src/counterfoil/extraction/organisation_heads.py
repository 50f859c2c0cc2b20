"""Organisations by the last word of their name ("Navid Media Complex", "Rapid Support Forces"), and a state's bodies.

Outlets and institutes by such words are read by `institutions`; these are firms, forces and the ministries, armies
and missions that a state's name tells: "the UAE foreign ministry", "Iran's mission to the United Nations".
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.english_words import verbs
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.institutions import BY_FORM
from counterfoil.extraction.naming import Named
from counterfoil.extraction.organisations import known
from counterfoil.extraction.person_titles import TITLES
from counterfoil.extraction.phrases import matches_with
from counterfoil.extraction.place_names import code_of
from counterfoil.extraction.speakers import is_opener
from counterfoil.extraction.state_ties import adjective_before, state_within
from counterfoil.extraction.states import gazetteer
from counterfoil.model.extraction import Alias

_HEADS = {
    **dict.fromkeys(
        "Strategies Communications Consulting Consultancy Consultants Solutions Technologies Analytics Trading Holding "
        "Holdings Ventures Enterprises Associates Advisory Digital Software Systems Studios Studio Labs Industries "
        "Interactive Productions Publishing Marketing Advertising Partners FZE GmbH LLC LLP PLC AG SARL SAS "
        "Capital Complex Logistics Telecom Intelligence Stratégies Comunicaciones Kommunikasiya Consultores".split(),
        "company",
    ),
    **dict.fromkeys(
        "Forces Guard Guards Militia Brigade Brigades Front Watch Project Forum Alliance Coalition Union "
        "Mission Mechanism Team Division Unit Presidium Administration Fund Academy Police Parliament Department "
        "Group Partnership Collective Association Society Federation League Trust".split(),
        "agency",
    ),
    **dict.fromkeys("Nation Standard Post Mirror Star Journal Insider Media TV Television Radio".split(), "outlet"),
}
#: Heads that are ordinary words: the name before them needs two words, or a word for what it is behind it.
_COMMON = frozenset(
    "Digital Systems Capital Complex Intelligence Front Watch Project Forum Alliance Coalition Network Union Mission "
    "Team "
    "Division Unit Administration Fund Academy Police Parliament Nation Standard Post Mirror Star Report Journal "
    "Insider "
    "Media TV Television Radio Partners Solutions Marketing Advertising Interactive Software Industries Mechanism "
    "Publishing Telecom Forces Department Group Partnership Collective Association Society Federation League "
    "Trust".split()
)
#: Capitalised words before a name that only say what it is or who is meant.
_DESCRIBING = frozenset(
    "Firma Agentur Zeitung Magazin Sender Unternehmen Konzern Reporters Researchers Journalists Analysts Editors "
    "Investigators "
    "Staff Employees Colleagues Experts".split()
)
_LEGAL = frozenset("FZE GmbH LLC LLP PLC AG SARL SAS".split())
_CAP = r"[A-ZÀ-Þ][\w’'\-]{1,24}"
_NAME = Expression(
    rf"(?<![\w\-’'])(?P<name>{_CAP}(?: (?:and |of |for |& )?{_CAP}){{0,5}} (?P<head>{'|'.join(_HEADS)}))(?![\w\-])"
    r"(?! (?:Group|Department|Unit|Division|Network|Office|Institute|Agency|Company))"
)
_NOT_FIRST = frozenset(
    "European United Security Western Foreign Armed Special Joint Allied National Russian Chinese Iranian Ukrainian "
    "American Soviet Social Mass State Open Artificial Digital Fake New Policy Key Military Federal".split()
)
_FIELD_AFTER = Expression(
    r",? (?:\([A-Z]{2,6}\)|an? (?:[\w\-]{2,20} ){0,5}(?:firm|company|agency|group|militia|outlet|site))"
)
_BODY = Expression(
    r"(?<![\w\-])(?P<whose>(?:[A-Z][\w.\-]{1,20})(?: [A-Z]\w{2,15})?)(?P<own>['’]s?)? "
    r"(?P<body>(?:foreign|defen[cs]e|interior|information|health|finance|justice|education|culture|energy|digital) "
    r"ministry|"
    r"ministry of (?:foreign affairs|defen[cs]e|the interior|information|justice)|"
    r"army|armed forces|[Mm]ission to the (?:United Nations|UN|U\.N\.|European Union|EU)|"
    r"central bank|election commission|electoral commission|intelligence (?:agency|service)|security service|"
    r"cyber agency|data protection authority)(?![\w\-])(?! \(?[A-Z])"
)
_BODY_IN = Expression(
    r"(?<![\w\-])(?:foreign|defen[cs]e|interior|information|justice) ministry in (?P<city>[A-Z][\w’'\-]{2,20})"
)
_BODY_WORDS = "ministry army forces Mission mission bank commission agency service authority".split()


def headed_organisations(text: str) -> Iterator[Named]:
    """Every organisation that the last word of its name tells."""
    for match in matches_with(text, _NAME, tuple(_HEADS), 150, 30):
        words = match["name"].split(" ")
        start = match.start()
        while words and (is_opener(words[0]) or words[0] in ("and", "of", "for", "&") or words[0] in _DESCRIBING):
            start += len(words[0]) + 1
            words = words[1:]
        possessive = [at for at, word in enumerate(words[:-1]) if word.endswith(("’s", "'s"))]
        if possessive:
            start += sum(len(word) + 1 for word in words[: possessive[-1] + 1])
            words = words[possessive[-1] + 1 :]
        adjectives = 0
        while adjectives < len(words) - 1 and words[adjectives] in gazetteer().adjectives:
            adjectives += 1
        name = " ".join(words)
        if words[0] in TITLES or any(verbs().get(word.lower()) == "third" for word in words[1:]):
            continue  # "Head of Threat Intelligence", "Treasury Designates Iranian Front"
        common = match["head"] in _COMMON
        daily = words[0] in ("Daily", "Sunday", "Evening", "Morning", "Independent") and len(words) == 2
        if (
            not daily
            and len(words) - adjectives < (3 if common else 2)
            and not (len(words) - adjectives == 2 and _FIELD_AFTER.match(text, match.end(), match.end() + 110))
        ):
            continue
        if words[adjectives] in _NOT_FIRST and common and len(words) - adjectives < 4:
            continue
        if words[0] in known() or words[0] in ("El", "La", "Los", "Las", "Le", "Les", "Der", "Die", "Das"):
            continue  # a product ("Google Analytics"), or another language's name
        if re.search(r"\b(?:Social|Mass|State) (?:Media|Intelligence)\b|\d", name):
            continue
        if name in known() or "\n" in name or words[-2] in ("and", "of", "for"):
            continue
        kind = _HEADS[match["head"]]
        state = "" if kind == "outlet" else adjective_before(text, start) or state_within(name)
        short = " ".join(words[:-1])
        legal = match["head"] in _LEGAL and text.count(short) > text.count(name)
        aliases = (Alias(short),) if legal and len(words) > 2 else ()
        yield Named(start, name, kind, state, f"an organisation {BY_FORM}", aliases)


def state_bodies(text: str) -> Iterator[Named]:
    """A state's ministries, forces and missions that have no name but that."""
    data = gazetteer()
    for match in matches_with(text, _BODY_IN, ("ministry",), 30, 50):
        code = code_of(match["city"])
        if code:
            yield Named(match.start(), match.group(), "agency", code, "a state’s body")
    for match in matches_with(text, _BODY, _BODY_WORDS, 70, 60):
        whose, start = match["whose"], match.start()
        code = data.adjectives.get(whose) or data.names.get(whose, ("", ""))[0]
        if not code and " " in whose:
            last = whose.split(" ")[-1]
            start += len(whose) - len(last)
            code = data.adjectives.get(last) or data.names.get(last, ("", ""))[0]
        if code in data.main_names:
            yield Named(start, text[start : match.end()], "agency", code, "a state’s body")
