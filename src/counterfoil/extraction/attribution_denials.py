"""Denials: an embassy's, a government's, a firm's or its founder's; each is a claim too.

That claims are "baseless" is said by those they accuse and by those they smear: such words count from an
embassy, a mission or a seat of power, or from one whom the text holds responsible.
"""

import re
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from counterfoil.extraction.attribution_parties import Parties
from counterfoil.extraction.foreign_powers import foreign_powers
from counterfoil.extraction.phrases import word_starts
from counterfoil.extraction.states import gazetteer
from counterfoil.model.extraction import Attribution

_CAP = r"[A-ZÀ-ÞА-ЯЄІЇҐ][\w’'\-]{1,30}"
_INVOLVED = (
    r"(?:involve\w*|links?\b|connections?\b|ties?\b|role\b|part in|responsib\w+|interfer\w*|meddl\w*|being behind|"
    r"was behind|"
    r"built|running|ran\b|operat\w*|sponsor\w*|wrongdoing|this\b|it\b|"
    r"implication|ingérence|lien\b|responsabilité|Beteiligung|Verbindung|das\b|dies\b|"
    r"implicaci[óo]n|participaci[óo]n|relación|vínculo|причастн\w+|отношени\w+|связ\w+|это\b|udzia\w+|związ\w+)"
)
_ACCUSED = (
    r"(?:accus\w+|allegation\w*|claims?\b|charges?\b|reports?\b|findings?\b|affair\b|story\b|stories\b|"
    r"questions?\b|assertions?\b|insinuation\w*|study\b|attribution|conclusion\w*|suggestion\w*|"
    r"informe\b|rapport\b|Bericht\w*|отчёт\w*|доклад\w*|звіт\w*|висновк\w*|вывод\w*|assertion\w*|"
    r"Vorwürfe?n?|Anschuldigung\w*|"
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
    r"(?:(?:told|tells|called|calls|calling|described|dismissed|said|says|qualifi\w+|calific\w+|tach\w+|bezeichn\w+|"
    r"nannte|"
    r"назв\w+|заяв\w+|nazw\w+|określ\w+)"
    r"[^.!?\n]{1,110}?(?:baseless|groundless|unfounded|(?-i:false)\b|fabricat\w+|absurd|nonsense|slander\w*|lies\b|"
    r"smear|"
    r"ridiculous|ludicrous|fairy tale|fantas\w+|conspiracy theor\w+|fiction\b|invention|witch[- ]hunt|hysteri\w+|"
    r"infondé\w*|mensong\w*|calomni\w*|calumni\w*|infundad\w*|fals[ao]s?\b|haltlos\w*|Lüge\w*|Unsinn|erfunden|"
    r"беспочвенн\w*|необоснованн\w*|безпідставн\w*|лож[ьн]\w*|фейк\w*|bezpodstawn\w*|kłamstw\w*))"
)
#: "called reports about it “a ghost story”": whatever an official calls them.
_CALLED_ANYTHING = (
    r"(?:called|calls|calling|described|describes|dismissed|dismisses|labell?ed|brushed off|waved away|shrugged off|"
    r"laughed off|mocked|derided) [^.!?\n]{0,40}?\b(?:accusations?|allegations?|claims?|charges?|reports?|"
    r"findings?|affair|"
    r"story|stories|questions|attribution|suggestions?|assessment|conclusions?|study)\b"
)
_NOTHING = (
    r"(?:(?:had|has|have) (?:absolutely )?(?:[“\"]\s?)?(?:nothing to do with|no (?:connection|links?|ties|role|part|"
    r"involvement)|never (?:interfered|meddled|worked|heard)|"
    r"no intention (?:of|to) (?:interfer|meddl)\w+|no interest in (?:interfer|meddl)\w+|never (?:run|ran|paid|"
    r"operated|funded|financed|employed|"
    r"commissioned|ordered|managed|hired|been involved|had (?:any|anything)|taken part|done|controlled|sponsored))|"
    r"(?:does not|doesn['’]t|did not|never|will not|would not|do not) (?:interfere|interferes|meddle|meddles)|"
    r"(?:is|was|were|are) not (?:involved|behind|responsible)|opposes (?:any|all) interference|"
    r"n['’]a (?:rien à voir|aucun lien)|mischt? sich nicht|mische sich nicht|nichts (?:mit|damit) zu tun|"
    r"no (?:se inmiscuye|tiene (?:nada que ver|relación|vínculo))|"
    r"не имеет (?:никакого )?отношени\w+|не вмешивается|не має (?:жодного )?стосунку|не втручається|"
    r"nie ma (?:nic wspólnego|związku))"
)
#: "The claims were rejected by Y"
_DENIED_BY = (
    r"(?:denied|rejected|dismissed|disputed|refuted|brushed aside|waved away)(?: as [^.;,\n]{3,40})? by (?=[\w“\"])"
)
#: "“This is nonsense,” Y said"
_NONSENSE = (
    r"(?:baseless|groundless|unfounded|nonsense|fabricat\w+|absurd|ridiculous|ludicrous|lies|slander\w*|rubbish|"
    r"invention|"
    r"fantasy|fairy tales?|smear|false|untrue|fiction|a joke|hysteri\w+)[^”\"\n.]{0,40}[,.!]?[”\"](?= )"
)
_REFUSED = (
    r"(?:refused|refuses|declined|declines) to (?:accept|take|acknowledge|assume|admit) (?:any |the "
    r")?(?:responsibility|"
    r"involvement|role)"
)
_DENIAL = re.compile(
    rf"(?<![\w\-])(?:(?P<passive>{_DENIED_BY})|(?P<quoted>{_NONSENSE})|"
    rf"(?P<involved>{_DENY}[^.!?\n]{{0,70}}?\b{_INVOLVED}|{_REFUSED})|"
    rf"(?P<accused>{_DENY}[^.!?\n]{{0,60}}?\b{_ACCUSED}|{_CALLED}|{_CALLED_ANYTHING})|(?P<nothing>{_NOTHING}))",
    re.IGNORECASE,
)
_NOT_HERE = re.compile(r"(?i)\b(?:entry|access|visas?|asylum|bail|request|application|appeal)\b")
_SEAT = (
    r"Kremlin|Beijing|Moscow|Tehran|Pyongyang|Minsk|Ankara|Caracas|Kreml|Moskau|Peking|Teheran|Moscou|Pékin|Téhéran|"
    r"Moscú|Pekín|Belgrade|Abu Dhabi|Riyadh|Doha|Cairo|Baku|Islamabad|Hanoi|Havana|Managua|Budapest|New Delhi|Khartoum|"
    r"Addis Ababa|Kigali|Harare|Damascus|Tashkent|Astana|Кремль|Кремлі|Кремле|Москва|Пекин|Тегеран"
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


#: "A spokesperson for X, Ann Lee, denied"
_APPOSED_PERSON = re.compile(rf"(?:['’]s (?:[a-z\-]+ ){{1,3}})?,? (?P<who>{_CAP}(?: {_CAP}|(?: al-\w+)){{1,3}}),? ?$")
#: "Its founder, Ann Lee, denied": of whom was told last.
_OWNER = re.compile(
    rf"\b(?:[Ii]ts|[Tt]heir|[Tt]he (?:firm|company|agency|group)['’]s|[Ss]on|[Ss]a|[Ll]eur|[Ss]u|[Ii]hr|[Ii]hre?|"
    rf"[Ее]го|[ЕЕ]ё|Её|её|Його|Її) "
    r"(?:[\w\-]{2,20} ){0,3}?(?:founder|owner|director|head|chief executive|CEO|lawyer|spokes\w+|manager|chief|"
    r"president|"
    r"fondateur|directeur|directrice|patron|gérant|fundador|director|directora|abogado|Gründer|Chef|Leiter|"
    r"Geschäftsführer|"
    rf"основатель|директор|владелец|глава|засновник|власник|керівник|avocat|porte-parole)\w*,? "
    rf"(?P<who>{_CAP}(?: {_CAP}){{1,2}}),? ?$"
)


_THE_FIRM = re.compile(
    r"\b[Tt]he (?P<noun>company|firm|consultancy|agency|contractor|party|broadcaster|ministry|foundation)\b"
)


class _Denier(NamedTuple):
    start: int
    by: str
    to: str
    official: bool  #: an embassy, a mission, a government: nobody is more likely to be the accused
    body: str = ""  #: the organisation itself, where it may be its state's that is accused


#: Capitals that speak for their state, besides those that are its seats of power by name.
_CAPITALS = {
    "Belgrade": "RS", "Abu Dhabi": "AE", "Riyadh": "SA", "Doha": "QA", "Cairo": "EG", "Baku": "AZ", "Islamabad": "PK",
    "Hanoi": "VN", "Havana": "CU", "Managua": "NI", "Budapest": "HU", "New Delhi": "IN", "Khartoum": "SD",
    "Addis Ababa": "ET", "Kigali": "RW", "Harare": "ZW", "Damascus": "SY", "Tashkent": "UZ", "Astana": "KZ",
}  # fmt: skip


def denials(parties: Parties, accused: Mapping[str, Container[str]]) -> Iterator[Attribution]:
    """Each denial; the operation is the one its sentence names, else the one the report is about.

    `accused` is whom the text holds responsible -> for which operations.
    """
    text = parties.text
    for match in _found(text):
        if _NOT_HERE.search(match.group()):
            continue
        first, last = parties.reading.sentence(match.start())
        denier = (
            _behind_quote(parties, match, last)
            or _denier(parties, first, match)
            or _behind(parties, match.end(), last, match)
        )
        denier = _owner(parties, first, match, accused) or denier
        if denier is not None and denier.body in accused:
            denier = denier._replace(to=denier.body)
        if denier is None:
            continue
        plain = match["involved"] is not None or match["nothing"] is not None or match["passive"] is not None
        if not (plain or denier.official or denier.to in accused):
            continue
        named = parties.operation_in(first, last)
        actor = named[2] if named else parties.meant_at(match.start(), match.start()) or parties.main
        if not actor and denier.to in accused:
            # Of several operations, the last one named before for which the text holds this one responsible.
            before = (name for _, _, name in parties.operations_before(match.start()) if name in accused[denier.to])
            actor = next(before, "")
        if denier.to and denier.to != actor:
            begin, end = min(denier.start, match.start()), match.end()
            yield Attribution(actor, denier.to, denier.by, "denied", (parties.reading.span(begin, end),))


#: Beginnings of the words with which a denial can begin: looking for them is quicker than trying everywhere.
_BEGINS = tuple(
    (
        "den reject dismiss disput refut disavow dém nie nié niai rejet récus contest bestre bestri dement "
        "weis wies zurückg neg niega rechaz desm отриц отверг опроверг запереч спросту відкину zaprz odrzu "
        "zdement call describ said says qualif calific tach bezeich nannte назв заяв nazw określ had has have "
        "labell brush waved shrugg laugh mocked derid told tells ground unfound nonsense fabricat absurd ridic "
        "ludicr lies sland rubbish invention fantasy fairy smear "
        "false untrue fiction joke hyster basel refus declin brushed does doesn did never will would do is was "
        "were are oppos mischt mische nichts no не nie n"
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


def _behind_quote(parties: Parties, match: re.Match[str], last: int) -> _Denier | None:
    """Who denies, named behind: "“This is nonsense,” Y said", "was rejected by Y"."""
    text = parties.text
    if match["passive"] is not None:
        stop = re.compile(r"[.;,\n]").search(text, match.end(), min(len(text), match.end() + 110))
        return _last(parties, match.end(), stop.start() if stop else min(last, match.end() + 110))
    if match["quoted"] is None:
        return None
    end = min(len(text), last + 100, match.end() + 110)
    said = re.compile(r"\b(?:said|told|wrote|says)\b").search(text, match.end(), end)
    if said is None or "." in text[match.end() : said.start()].replace("Mr.", "").replace("Ms.", ""):
        return None
    before = _last(parties, match.end(), said.start())
    return before or _last(parties, said.end(), min(end, said.end() + 70))


def _owner(parties: Parties, first: int, match: re.Match[str], accused: Container[str]) -> _Denier | None:
    """Who denies for the one accused last: "Its founder, Ann Lee, denied it"."""
    owner = _OWNER.search(parties.text, max(first, match.start() - 130), match.start())
    near = [name for _, _, name in parties.organisations_before(first) if name in accused] if owner else []
    return _Denier(owner.start(), owner["who"], near[0], False, near[0]) if owner and near else None


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
        to = parties.state_name.get(state, "") if kind == "agency" else name if kind in ("company", "outlet") else ""
        person = _PERSON_OF.search(text, begin, start)
        official_one = bool(re.search(r"(?i)embass|ambassade|botschaft|embajada|посольств|foreign|mission", name))
        if to or best is None:
            apposed = _APPOSED_PERSON.match(parties.text, mention[1], min(end, mention[1] + 60))
            by = person["who"] if person else apposed["who"] if apposed else name
            best = _Denier(person.start() if person else start, by, to or name, official_one, name)
    if best is None:
        firm = _THE_FIRM.search(text, begin, end)
        name = parties.last_of_sort(firm["noun"], firm.start()) if firm else ""
        best = _Denier(firm.start(), name, name, False, name) if firm and name else None
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
    if official["seat"] in _CAPITALS:
        return parties.state_name.get(_CAPITALS[official["seat"]], "")
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
