"""Denials: an embassy's, a government's, a firm's or its founder's; each is a claim too.

That claims are "baseless" is said by those they accuse and by those they smear: such words count from an
embassy, a mission or a seat of power, or from one whom the text holds responsible.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from counterfoil.extraction.attribution_parties import Parties
from counterfoil.extraction.foreign_powers import foreign_powers
from counterfoil.extraction.phrases import word_starts
from counterfoil.extraction.states import gazetteer
from counterfoil.model.extraction import Attribution

_CAP = r"[A-ZÀ-ÞА-ЯЄІЇҐ][\w’'\-]{1,30}"
_INVOLVED = (
    r"(?:involve\w*|links?\b|connections?\b|ties\b|role\b|part in|responsib\w+|interfer\w*|meddl\w*|being behind|"
    r"was behind|"
    r"built|running|ran\b|operat\w*|sponsor\w*|wrongdoing|this\b|it\b|"
    r"implication|ingérence|lien\b|responsabilité|Beteiligung|Verbindung|das\b|dies\b|"
    r"implicaci[óo]n|participaci[óo]n|relación|vínculo|причастн\w+|отношени\w+|связ\w+|это\b|udzia\w+|związ\w+)"
)
_ACCUSED = (
    r"(?:accus\w+|allegation\w*|claims?\b|charges?\b|reports?\b|findings?\b|attribution|Vorwürfe?n?|Anschuldigung\w*|"
    r"acusaci\w+|"
    r"señalamiento\w*|обвинени\w+|звинувачен\w+|zarzut\w*|oskarże\w+)"
)
_DENY = (
    r"(?:denied|denies|deny|denying|rejected|rejects|rejecting|dismissed|dismisses|disputed|disputes|refuted|disavowed|"
    r"dément\w*|démenti\w*|nie\b|nié|niait|rejet\w+|récus\w+|contest\w+|bestreite\w*|bestritt\w*|dementier\w+|weist|"
    r"wies|"
    r"zurückgewiesen|neg[óa]\w*|niega\w*|rechaz\w+|desmint\w+|desmient\w+|"
    r"отриц\w+|отверг\w*|опроверг\w*|опровергла|заперечу\w+|заперечи\w+|спростува\w+|відкину\w+|zaprzecz\w+|"
    r"odrzuc\w+|zdementow\w+)"
)
_CALLED = (
    r"(?:(?:called|calls|calling|described|dismissed|said|says|qualifi\w+|calific\w+|tach\w+|bezeichn\w+|nannte|"
    r"назв\w+|заяв\w+|nazw\w+|określ\w+)"
    r"[^.!?\n]{1,110}?(?:baseless|groundless|unfounded|false\b|fabricat\w+|absurd|nonsense|slander\w*|lies\b|smear|"
    r"ridiculous|ludicrous|"
    r"infondé\w*|mensong\w*|calomni\w*|calumni\w*|infundad\w*|fals[ao]s?\b|haltlos\w*|Lüge\w*|Unsinn|erfunden|"
    r"беспочвенн\w*|необоснованн\w*|безпідставн\w*|лож[ьн]\w*|фейк\w*|bezpodstawn\w*|kłamstw\w*))"
)
_NOTHING = (
    r"(?:(?:had|has|have) (?:absolutely )?(?:[“\"]\s?)?(?:nothing to do with|no (?:connection|links?|ties|role|part|"
    r"involvement)|never (?:interfered|meddled|worked|heard)|"
    r"no intention (?:of|to) (?:interfer|meddl)\w+|no interest in (?:interfer|meddl)\w+)|"
    r"(?:does not|doesn['’]t|did not|never|will not|would not|do not) (?:interfere|interferes|meddle|meddles)|"
    r"(?:is|was|were|are) not (?:involved|behind|responsible)|opposes (?:any|all) interference|"
    r"n['’]a (?:rien à voir|aucun lien)|mischt? sich nicht|mische sich nicht|nichts (?:mit|damit) zu tun|"
    r"no (?:se inmiscuye|tiene (?:nada que ver|relación|vínculo))|"
    r"не имеет (?:никакого )?отношени\w+|не вмешивается|не має (?:жодного )?стосунку|не втручається|"
    r"nie ma (?:nic wspólnego|związku))"
)
_DENIAL = re.compile(
    rf"(?<![\w\-])(?:(?P<involved>{_DENY}[^.!?\n]{{0,70}}?\b{_INVOLVED})|"
    rf"(?P<accused>{_DENY}[^.!?\n]{{0,60}}?\b{_ACCUSED}|{_CALLED})|(?P<nothing>{_NOTHING}))",
    re.IGNORECASE,
)
_NOT_HERE = re.compile(r"(?i)\b(?:entry|access|visas?|asylum|bail|request|application|appeal)\b")
_SEAT = (
    r"Kremlin|Beijing|Moscow|Tehran|Pyongyang|Minsk|Ankara|Caracas|Kreml|Moskau|Peking|Teheran|Moscou|Pékin|Téhéran|"
    r"Moscú|Pekín|Кремль|Кремлі|Кремле|Москва|Пекин|Тегеран"
)
_OFFICIAL = re.compile(
    rf"(?P<seat>\b(?:{_SEAT})\b)|(?P<body>(?P<whose>[A-Z][\w\-]{{2,20}}(?: [A-Z]\w{{3,12}})?)(?:['’]s)? "
    r"(?:[Gg]overnment|[Ff]oreign [Mm]inistry|[Ff]oreign [Mm]inister|[Ee]mbassy|[Mm]ission to the (?:United Nations|"
    r"UN|U\.N\.)|[Mm]ission|officials|authorities|[Dd]elegation|"
    r"ministry of foreign affairs|[Dd]efen[cs]e [Mm]inistry|consulate)(?: in [A-Z]\w+)?)"
    r"|(?P<state>\b(?:China|Russia|Iran|Belarus|North Korea|Azerbaijan|Turkey|Venezuela|Cuba|Russland|Rusia|Россия|"
    r"Росія|Rosja|Russie|Chine|Irán)\b)"
)
_PERSON_OF = re.compile(
    rf"(?P<who>{_CAP}(?: {_CAP}){{1,3}}), (?:the |its |an? |le |la |der |die |el )?[\w\- ]{{2,50}}? (?:of|at|for|de|"
    rf"von|der) (?:the )?(?:[a-z]{{3,14}} ){{0,3}}[“\"«]?$"
)
_SPEAKS = re.compile(
    r"(?i)\b(?:said|says|told|wrote|called|calls|described|denied|denies|deny|denying|rejected|rejects|dismissed|"
    r"dismisses|disputed|refuted|"
    r"\w*(?:démen|nié|rejet|récus|qualifi|bestrit|bestreit|dement|weist|wies|bezeichn|neg[óa]|niega|rechaz|desm|"
    r"calific|отриц|отверг|опроверг|"
    r"запереч|спросту|відкину|заяв|назв|zaprzecz|odrzuc|nazw|сообщ|повідом|hieß|erklär)\w*)"
)


class _Denier(NamedTuple):
    start: int
    by: str
    to: str
    official: bool  #: an embassy, a mission, a government: nobody is more likely to be the accused


def denials(parties: Parties, accused: frozenset[str]) -> Iterator[Attribution]:
    """Each denial; the operation is the one its sentence names, else the one the report is about.

    `accused` holds whom the text holds responsible.
    """
    text = parties.text
    for match in _found(text):
        if _NOT_HERE.search(match.group()):
            continue
        first, last = parties.reading.sentence(match.start())
        denier = _denier(parties, first, match) or _behind(parties, match.end(), last, match)
        if denier is None:
            continue
        plain = match["involved"] is not None or match["nothing"] is not None
        if not (plain or denier.official or denier.to in accused):
            continue
        named = parties.operation_in(first, last)
        actor = named[2] if named else parties.main
        if denier.to and denier.to != actor:
            begin, end = min(denier.start, match.start()), match.end()
            yield Attribution(actor, denier.to, denier.by, "denied", (parties.reading.span(begin, end),))


#: Beginnings of the words with which a denial can begin: looking for them is quicker than trying everywhere.
_BEGINS = tuple(
    (
        "den reject dismiss disput refut disavow dém nie nié niai rejet récus contest bestre bestri dement "
        "weis wies zurückg neg niega rechaz desm отриц отверг опроверг запереч спросту відкину zaprz odrzu "
        "zdement call describ said says qualif calific tach bezeich nannte назв заяв nazw określ had has have "
        "does doesn did never will would do is was were are oppos mischt mische nichts no не nie n"
    ).split()
)


def _found(text: str) -> Iterator[re.Match[str]]:
    """The denials of a text, in order, never overlapping."""
    starts = word_starts(text)
    places = sorted(at for word in starts if word.casefold().startswith(_BEGINS) for at in starts[word])
    done = 0
    for at in places:
        match = _DENIAL.match(text, at) if at >= done else None
        if match:
            done = match.end()
            yield match


def _denier(parties: Parties, first: int, match: re.Match[str]) -> _Denier | None:
    """Who denies: the last one named before the denial in its sentence."""
    text = parties.text
    begin = max(first, match.start() - 200)
    end = match.start()
    if match["nothing"] is not None:
        # "The embassy said that China has never interfered": the state is the subject, another one speaks.
        subject = _OFFICIAL.search(text, max(begin, end - 30), end)
        end = subject.start() if subject and subject["body"] is None and subject.end() >= end - 2 else end
    found = _last(parties, begin, end)
    if found is None or match.start() - found.start > 150:
        return None
    speaks = match["nothing"] is None or _SPEAKS.search(text, found.start, match.start())
    return found if speaks else None


def _behind(parties: Parties, start: int, last: int, match: re.Match[str]) -> _Denier | None:
    """Who denies, named behind: "..., the embassy said"."""
    if match["nothing"] is None:
        return None
    text = parties.text
    speaks = re.compile(r"\b(?:said|told|wrote|declared|hieß|déclaré|dijo|заявил\w*|сообщил\w*)\b").search(
        text, start, min(len(text), last + 90, start + 320)
    )
    if speaks is None or "\n" in text[start : speaks.end()]:
        return None
    found = _last(parties, max(start, speaks.start() - 90), speaks.start()) or _last(
        parties, speaks.end(), min(len(text), speaks.end() + 70)
    )
    subject = _OFFICIAL.search(text, max(0, match.start() - 26), match.start())
    same = subject is not None and found is not None and _state(parties, subject) == found.to
    return found if same else None


def _last(parties: Parties, begin: int, end: int) -> _Denier | None:
    text = parties.text
    best: _Denier | None = None
    for official in _OFFICIAL.finditer(text, begin, end):
        to = _state(parties, official)
        if to and not _is_place(text, official):
            name = official["body"] or to
            best = _Denier(official.start(), parties.speaker(name) if official["body"] else to, to, True)
    for code, start, stop in foreign_powers(text, begin, end):
        best = _Denier(start, text[start:stop], parties.state_name.get(code, ""), True)
    mention = parties.last_organisation(begin, end)
    if mention and (best is None or mention[0] >= best.start or mention[1] > best.start):
        start, _, name = mention
        kind, state = parties.kind_of.get(name, ""), parties.state_of.get(name, "")
        to = parties.state_name.get(state, "") if kind == "agency" else name if kind == "company" else ""
        person = _PERSON_OF.search(text, begin, start)
        official_one = bool(re.search(r"(?i)embass|ambassade|botschaft|embajada|посольств|foreign|mission", name))
        if to or best is None:
            best = _Denier(person.start() if person else start, person["who"] if person else name, to, official_one)
    return best if best and best.to else None


def _is_place(text: str, official: re.Match[str]) -> bool:
    """Whether a state is only where something is, or whom something is against."""
    if official["body"]:
        return False
    return re.search(
        r"\b(?:in|In|to|of|from|against|about|with|en|à|w|в|у|на) (?:the )?$",
        text[max(0, official.start() - 9) : official.start()],
    ) is not None and (official["seat"] is None or "Крем" not in official["seat"])


def _state(parties: Parties, official: re.Match[str]) -> str:
    data = gazetteer()
    name = official["seat"] or official["state"] or official["whose"] or ""
    last = name.split(" ")[-1] if name else ""
    code = (
        data.adjectives.get(name)
        or data.names.get(name, ("", ""))[0]
        or data.adjectives.get(last)
        or data.names.get(last, ("", ""))[0]
    )
    if official["seat"] in ("Кремлі", "Кремле"):
        code = "RU"
    return parties.state_name.get(code or "", "")
