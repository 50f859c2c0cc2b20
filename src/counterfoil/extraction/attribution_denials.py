"""Denials: an embassy's, a government's, a firm's or its founder's; each is a claim too.

That claims are "baseless" is said by those they accuse and by those they smear: such words count from an
embassy, a mission or a seat of power, or from one whom the text holds responsible.
"""

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from counterfoil.extraction.attribution_denial_words import BEGINS, DENIAL
from counterfoil.extraction.attribution_officials import officials_abroad
from counterfoil.extraction.attribution_parties import Parties
from counterfoil.extraction.attribution_spokespeople import Serving, Spokespeople
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.foreign_powers import foreign_powers
from counterfoil.extraction.organisations import known
from counterfoil.extraction.phrases import word_starts
from counterfoil.extraction.placed import Mention
from counterfoil.extraction.states import gazetteer
from counterfoil.model.extraction import Attribution

_CAP = r"[A-ZÀ-ÞА-ЯЄІЇҐ][\w’'\-]{1,30}"
_NOT_HERE = Expression(r"(?i)\b(?:entry|access|visas?|asylum|bail|request|application|appeal)\b")
_SEAT = (
    r"Kremlin|Beijing|Moscow|Tehran|Pyongyang|Minsk|Ankara|Caracas|Kreml|Moskau|Peking|Teheran|Moscou|Pékin|Téhéran|"
    r"Moscú|Pekín|Belgrade|Abu Dhabi|Riyadh|Doha|Cairo|Baku|Islamabad|Hanoi|Havana|Managua|Budapest|New Delhi|"
    r"Khartoum|"
    r"Addis Ababa|Kigali|Harare|Damascus|Tashkent|Astana|Кремль|Кремлі|Кремле|Москва|Пекин|Тегеран"
)
_OFFICIAL = Expression(
    rf"(?P<seat>\b(?:{_SEAT})\b)|(?P<body>(?P<whose>[A-Z][\w\-]{{2,20}}(?: [A-Z]\w{{3,12}})?)(?:['’]s)? "
    r"(?:[Gg]overnment|[Ff]oreign [Mm]inistry|[Ff]oreign [Mm]inister|[Ee]mbassy|[Aa]mbassador|"
    r"[Cc]onsul|(?:external affairs |foreign ministry |government )?spokes(?:person|man|woman)|"
    r"[Mm]ission to the (?:United Nations|"
    r"UN|U\.N\.)|[Mm]ission|officials|authorities|[Dd]elegation|"
    r"ministry of foreign affairs|[Dd]efen[cs]e [Mm]inistry|consulate)(?: in [A-Z]\w+)?)"
    r"|(?P<state>\b(?:China|Russia|Iran|Belarus|North Korea|Azerbaijan|Turkey|Venezuela|Cuba|Russland|Rusia|Россия|"
    r"Росія|Rosja|Russie|Chine|Irán)\b)"
)
_PERSON_OF = Expression(
    rf"(?P<who>{_CAP}(?: {_CAP}){{1,3}}), (?:the |its |an? |le |la |der |die |el )?(?:[\w\- ]{{2,50}}? )?(?:of|"
    rf"at|for|de|"
    rf"von|der|who (?:owns|runs|heads|founded|leads|directs|manages)) (?:the )?(?:[a-z]{{3,14}} ){{0,3}}[“\"«]?$"
)
_SPEAKS = Expression(
    r"(?i)\b(?:said|says|told|wrote|called|calls|described|denied|denies|deny|denying|rejected|rejects|dismissed|"
    r"dismisses|disputed|refuted|maintained|maintains|insisted|insists|claimed|claims|replied|stated|added|argued|"
    r"\w*(?:démen|nié|rejet|récus|qualifi|bestrit|bestreit|dement|weist|wies|bezeichn|neg[óa]|niega|rechaz|desm|"
    r"calific|отриц|отверг|опроверг|"
    r"запереч|спросту|відкину|заяв|назв|zaprzecz|odrzuc|nazw|сообщ|повідом|hieß|erklär)\w*)"
)


#: "A spokesperson for X, Ann Lee, denied"
_APPOSED_PERSON = Expression(rf"(?:['’]s(?: [a-z\-]+){{1,3}})?,? (?P<who>{_CAP}(?: {_CAP}|(?: al-\w+)){{1,3}}),? ?$")
#: "Its founder, Ann Lee, denied": of whom was told last.
_OWNER = Expression(
    rf"\b(?:[Ii]ts|[Tt]heir|[Tt]he (?:firm|company|agency|group)['’]s|(?:[Ll]e|[Ll]a|[Ee]l|[Dd]er|[Dd]ie)(?= )|"
    rf"[Ss]on|[Ss]a|[Ll]eur|[Ss]u|[Ii]hr|[Ii]hre?|"
    rf"[Ее]го|[ЕЕ]ё|Её|её|Його|Її) "
    r"(?:[\w\-]{2,20} ){0,3}?(?:(?:co-?)?founder|owner|director|head|chief executive|CEO|lawyer|spokes\w+|"
    r"manager|chief|"
    r"president|gerente|dueñ[oa]|portavoz|vocer[oa]|representante|Sprecher|Anwalt|gérante|adwokat|адвокат|речник|"
    r"fondateur|directeur|directrice|patron|gérant|fundador|director|directora|abogado|Gründer|Chef|Leiter|"
    r"Geschäftsführer|"
    rf"основатель|директор|владелец|глава|засновник|власник|керівник|avocat|porte-parole)\w*,? "
    rf"(?P<who>{_CAP}(?: {_CAP}){{1,2}}),? ?$"
)


_THE_FIRM = Expression(
    r"\b(?:[Tt]he|[Dd]ie|[Dd]as|[Ll]a|[Ee]l|[Ll]['’]) ?(?P<noun>company|firm|consultancy|agency|contractor|"
    r"party|broadcaster|ministry|"
    r"foundation|Agentur|Firma|Unternehmen|société|agence|entreprise|empresa|agencia|consultora|partido)\b"
)


_SORT = {
    **dict.fromkeys(
        "Agentur Firma Unternehmen société agence entreprise empresa agencia consultora".split(), "company"
    ),
    "partido": "party",
}


class _Denier(NamedTuple):
    start: int
    by: str
    to: str
    official: bool  #: an embassy, a mission, a government: nobody is more likely to be the accused
    body: str = ""  #: the organisation itself, where it may be its state's that is accused


_OURS = Expression(r"[“\"«„](?:We|Our (?:company|firm|agency)|I|Nous|Wir|Мы|Ми)(?: \w+){0,2} $")
#: Capitals that speak for their state, besides those that are its seats of power by name.
_CAPITALS = {
    "Belgrade": "RS", "Abu Dhabi": "AE", "Riyadh": "SA", "Doha": "QA", "Cairo": "EG", "Baku": "AZ", "Islamabad": "PK",
    "Hanoi": "VN", "Havana": "CU", "Managua": "NI", "Budapest": "HU", "New Delhi": "IN", "Khartoum": "SD",
    "Addis Ababa": "ET", "Kigali": "RW", "Harare": "ZW", "Damascus": "SY", "Tashkent": "UZ", "Astana": "KZ",
}  # fmt: skip


def denials(parties: Parties, claims: Sequence[Attribution]) -> Iterator[Attribution]:
    """Each denial; the operation is the one its sentence names, else the one the report is about.

    `claims` are those of the text: those whom it holds responsible deny in plainer words.
    """
    text, people = parties.text, Spokespeople(parties)
    accused: dict[str, set[str]] = {}
    for claim in claims:
        accused.setdefault(claim.to, set()).add(claim.actor)
    last_of = Serving(parties, claims).last_of
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
        who, body, at = people.last(text, max(first, match.start() - 160), match.start())
        if denier is None and _OURS.search(text, max(first, match.start() - 30), match.start()):
            who, body, at = people.last(text, match.end(), min(len(text), match.end() + 140))
            denier = (
                _Denier(at, who, body, False, body) if body else None
            )  # "“We have nothing to do with it,” Ann Lee said"
        if body in accused and (denier is None or not denier.official or at > denier.start):
            denier = _Denier(at, who, body, False, body)
        if denier is not None and denier.body in accused:
            denier = denier._replace(to=denier.body)
        if denier is None:
            continue
        plain = match["involved"] is not None or match["nothing"] is not None or match["passive"] is not None
        if not (plain or denier.official or denier.to in accused):
            continue
        named = _denied_of(parties, match, denier) or parties.operation_in(first, last)
        denier = _accused_body(parties, denier, claims, match.start())
        served = last_of(denier.body, match.start()) if denier.body and not named else ""
        if served:  # "Y works for Z, it is said. Y denies it."
            actor, denier = denier.body, denier._replace(to=served)
        else:
            actor = named[2] if named else _meant(parties, denier, accused, match.start())
        if denier.to and denier.to != actor:
            begin, end = min(denier.start, match.start()), match.end()
            yield Attribution(actor, denier.to, denier.by, "denied", (parties.reading.span(begin, end),))


#: "denied any part in X"
_PART_IN = Expression(
    r" ?(?:(?:in|with|to|behind|of|for|à|dans|en|con|an|zu|до|к) )?(?:[Tt]he |la |le |der |el )?"
    r"(?:[a-z]{1,16} )?[“\"«„]?"
)


def _denied_of(parties: Parties, match: re.Match[str], denier: _Denier) -> Mention | None:
    """What somebody denies a part in: an operation, an outlet or a firm named right behind."""
    for mention in parties.subjects_in(match.end(), min(len(parties.text), match.end() + 70))[:1]:
        said = parties.text[match.end() : mention[0]]
        other = mention[2] and mention[2] not in (denier.to, denier.by, denier.body)
        if other and _PART_IN.fullmatch(said) and parties.kind_of.get(mention[2]) != "agency":
            return None if parties.is_onlooker(mention[2]) else mention
    return None


def _accused_body(parties: Parties, denier: _Denier, claims: Sequence[Attribution], at: int) -> _Denier:
    """An office that denies for another one: whom the claim before holds responsible, if that may be its state's."""
    if denier.to != denier.body or parties.kind_of.get(denier.body) != "agency":
        return denier
    if any(claim.to == denier.body for claim in claims):
        return denier
    before = [claim for claim in claims if claim.spans[0].end <= at and claim.strength != "denied"]
    last = max(before, key=lambda claim: claim.spans[0].end, default=None)
    if (
        last is None
        or at - last.spans[0].end > _SOON
        or parties.kind_of.get(last.to, "state") not in ("agency", "state")
    ):
        return denier._replace(to="")
    return denier._replace(to=last.to)


_SOON = 700


def _meant(parties: Parties, denier: _Denier, accused: dict[str, set[str]], at: int) -> str:
    """The operation that a denial is of, where its sentence names none."""
    of = accused.get(denier.to, set())
    near = parties.meant_at(at, at)
    first = next((name for _, _, name in parties.operations), "")
    passing = parties.is_passing(near) or (near in known() and near != first)
    if near and (near in of or (denier.official and not passing)):
        return near
    if len(of) == 1:
        return next(iter(of))
    # Of several operations, the last one named before for which the text holds this one responsible.
    before = next((name for _, _, name in parties.operations_before(at) if name in of), "")
    return before or parties.main or (first if passing else near)


def _found(text: str) -> Iterator[re.Match[str]]:
    """The denials of a text, in order, never overlapping."""
    starts = word_starts(text)
    places = sorted(at for word in starts if word.casefold().startswith(BEGINS) for at in starts[word])
    done = 0
    for at in places:
        match = DENIAL.match(text, at) if at >= done else None
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
    firm = _THE_FIRM.search(owner.group()) if owner else None
    if owner and firm:
        near = [name] if (name := parties.last_of_sort(firm["noun"], owner.start())) else []
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
            by = parties.speaker(name) if official["body"] else to
            apposed = _APPOSED_PERSON.match(text, official.end(), min(end, official.end() + 60))
            best = _Denier(official.start(), apposed["who"] if apposed and official["body"] else by, to, True)
    for code, start, stop in (*foreign_powers(text, begin, end), *officials_abroad(text, begin, end)):
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
        name = parties.last_of_sort(_SORT.get(firm["noun"], firm["noun"]), firm.start()) if firm else ""
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
