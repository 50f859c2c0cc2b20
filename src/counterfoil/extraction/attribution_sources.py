"""Who makes a claim: the subject of "says that", "according to", "..., Z said", or the report's own voice."""

import re
from typing import NamedTuple

from counterfoil.extraction.attribution_clauses import Clauses
from counterfoil.extraction.attribution_parties import Parties
from counterfoil.extraction.attribution_source_words import LAST, NAME, ROLE, ROLE_NOUN, SAYS_THAT, SPEAKER, WE
from counterfoil.extraction.attribution_turns import whose_turn
from counterfoil.extraction.attribution_words import takes_back
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.noun_phrases import phrase_before

_WHO_FIRST = Expression(
    r"^(?:[\s\-–—•*>]{0,4})(?:(?:In|On|At|Last|Earlier|After|Following|Since|Yesterday|Later|Meanwhile|However|Also|"
    r"Separately|But|And|Yet|Today|Then|Now|Still|Both|Although|Though|While|As|When|so|and|but|as|that|which|what|"
    r"because|although|while|whom)\b ?)"
)
_DELIMITER = Expression(r"[,;:“”\"«»\n(—–]")
_SPLIT = Expression(r" (?:and|as|that|which|but|what|because|when|while|who|whom|than|group|actor|network|campaign) ")
_AUX_BACK = Expression(
    r"(?: (?:has|have|had|a|ont|hat|haben|also|publicly|formally|officially|previously|later|since|now|then|first|"
    r"jointly|directly|further|today|recently|separately|repeatedly|for (?:its|his|her|their) part|in turn|"
    r"instead|too|long|never before|already|once|again|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|in (?:19|"
    r"20)\d\d|"
    r"(?:last|this) (?:week|month|year)|\w{3,12}ly|l['’]|have also|did))*$"
)
_APPOSED = Expression(r",[^,;\n]{2,110},$| \([^()\n]{1,60}\)$")
#: "We are aware of public claims that": nobody in particular
_CLAIMS_THAT = Expression(
    r"\b(?:claims|allegations|suggestions|accusations|assertions|insinuations|reports|theories) (?:\w+ )?that "
    r"(?:the )?$"
)
_ACCUSED = Expression(r"(?<![\w\-])(?:accuse[sd]?|alleg(?:es?|ed)) (?=[^.;\n]{2,90} of )")
#: "Prior work (Lin and Wu, 2021)"
_CITED = Expression(
    r"\((?:e\.g\.,? |see )?(?P<who>[A-ZÀ-Þ][\w’'\-]+(?:(?:,| and|, and| &) [A-ZÀ-Þ][\w’'\-]+)*(?: et al\.)?),? (?:19|"
    r"20)\d\d[a-z]?\)$"
)
_ACCORDING = Expression(
    r"(?<!\w)(?:[Aa]ccording to|[Ii]n the (?:words|view|assessment|judge?ment|opinion|eyes) of|[Ss]elon|"
    r"[Dd]['’]après|[Ss]egún|"
    r"[Ll]aut|[Nn]ach (?:Angaben|Einschätzung|Erkenntnissen|Ansicht|Darstellung|Informationen|Auffassung)|"
    r"[Пп]о данным|[Пп]о информации|[Пп]о словам|[Зз]а даними|[Зз]а інформацією|[Зз]а словами|"
    r"[Ww]edług) (?:the |an? |la |le |l['’]|el |los |les |der |des |dem |von |лаборатории |издания |видання |"
    r"лабораторії )*[«„“]?"
)
_WHO_BEHIND = Expression(
    rf"(?P<who>(?:{ROLE}|{NAME}))(?=[,.;:()\n»”“]|$| (?:which|who|that|in|published|released|and|has|have|"
    rf"said|says|"
    rf"the|was|were|is|are|a|an|est|está|steht|который)\b)"
)
_RESEARCHERS = Expression(
    r"^(?:(?:[Tt]he|[Tt]wo|[Ss]everal|[Ss]ome) )?(?:\w+ )?(?:[Rr]esearchers|[Aa]nalysts|[Ii]nvestigators|[Ee]xperts|"
    r"[Ss]cientists|[Jj]ournalists|[Rr]eporters|[Tt]he team|[Aa] team) (?:at|of|from|with) (?:the "
    r")?(?P<body>[A-ZÀ-Þ].+)$"
)
_PERSON_OF = Expression(
    r"^(?P<who>[A-ZÀ-Þ][a-zà-ÿ’'\-]+(?: (?:[A-Z]\.|de|van|von|al|[A-ZÀ-Þ][a-zà-ÿ’'\-]+)){1,2})(?:,| of| at| from| "
    r"with) .+$"
)
#: "the newspaper Nile Gazette", "spokesman John Roe"
_TITLED = Expression(
    rf"^(?:(?:[Tt]he|[Aa]n?|[Ii]ts) )?(?:[A-Z][a-z]+(?:ian|ese|ish|ch|an|li|i) )?(?:(?!of|at|for|from|in|with|"
    rf"by)[a-z][\w’'\-]{{1,20}} ){{0,5}}(?i:{ROLE_NOUN}|"
    r"minister|magazine|broadcaster|tank|newspaper) (?P<name>[A-ZÀ-Þ][\w’'&.\-]+(?: (?:of |the "
    r")?[A-ZÀ-Þ][\w’'&.\-]+){0,5})$"
)
_OWN_GOVERNMENT = Expression(
    r"^(?:[Tt]he )?(?P<state>[A-Z][\w ]{2,30}?)['’]s? (?:government|authorities|foreign ministry)$"
)
_INSTITUTION = Expression(
    r"\b(?:Ministry|Department|Office|Centre|Center|Institute|Agency|Committee|Council|Service|University|Bureau|"
    r"Directorate|Commission|Bank|House|Government|Union|Mission|Embassy|Observatory|Lab|Laboratory|Party)\b"
)
_RELATIVES = frozenset("qui que quien который которая який яка die der das".split())
_PRONOUNS = frozenset("it they he she this that these those".split())
_TEAM = Expression(
    r"(?:[Hh]er|[Hh]is|[Tt]heir|[Ii]ts|[Tt]he) (?:own )?(?:team|colleagues|researchers|analysts|staff|lab)"
)
_NOBODY = frozenset(
    "Nobody None Neither No Nothing Never Few If Should Once When Unless Had Whoever Whether Who Which Others One "
    "Many What".split()
)
_GOVERNMENT = Expression(
    r"^(?:[Tt]he )?(?:[Gg]overnment of (?:the )?(?P<of>.+)|(?P<adj>[A-Z]\w+) (?:government|authorities|officials))$"
)


_VERB_BEFORE = Expression(
    r"(?<![\w\-])(?:[a-z]{2,14}(?:s|ed)|made|took|wrote|held|gave|found|saw|drew|did|came|ran|told|stood|knew|"
    r"went|built|"
    r"thinks?|kept|put|set)(?= )"
)
_AND_LAST = Expression(r" (?:and|but)(?: also| then| later| instead)?$")
#: "a report by X", "the document of X"
_DOCUMENT = Expression(
    r"^(?:[Tt]he|[Aa]n?|[Ii]ts)? ?(?:[\w’'\-]+ ){0,4}?(?:report|study|document|statement|indictment|analysis|"
    r"investigation|assessment|"
    r"affidavit|memo|paper|dossier) (?:by|of|from) (?:the )?(?P<body>[A-ZÀ-Þ].+)$"
)


#: "X's ties to Y were documented by Z"
_DOCUMENTED_BY = Expression(
    r"[”\"]? (?:is|are|was|were|has been|have been) (?:first |also |\w+ly )?(?:documented|established|revealed|"
    r"exposed|"
    rf"reported|described|confirmed|uncovered|identified|shown|detailed|disclosed|traced|found|made) by (?:the "
    rf")?(?P<who>{ROLE}"
    rf"(?: {NAME})?|{NAME})"
)
_FOR_WHOM = Expression(rf"[\s“\"]{{0,3}}For (?:the )?(?P<who>{NAME}), ")
_VIEWS = tuple(" view/ssessment/pinion/udgment/udgement/ eyes/ analysis/ reading/ estimation".split("/"))
_IN_WHOSE_VIEW = Expression(
    rf"\b[Ii]n (?:(?:the )?(?P<who>{ROLE}|{NAME}|[Oo]ur)(?:['’]s?)?) (?:own )?(?:view|assessment|opinion|"
    rf"judge?ment|eyes|"
    r"analysis|reading|estimation)\b"
)
#: « mais une source sécuritaire », «двоє колишніх співробітників»
_PERSON = Expression(r"[A-ZÀ-Þ][\w’'\-]{1,24}(?: (?:[A-Z]\.|de|van|von|al|[A-ZÀ-Þ][\w’'\-]{1,24})){1,3}")
#: "In a statement on Thursday the regulator said"
_IN_STATEMENT = Expression(
    r"^(?:[Ii]n )?(?:an?|its|their) (?:statement|briefing|report|press release|blog post|post|interview|letter|"
    r"bulletin)"
    r"(?: (?:on|published|released|issued|of) [\w ]{2,25}?)? (?=the |[A-Z])"
)
_OPENS = Expression(r"\s*(?:(?:In|On|Since|By|Last) [^,;\n]{2,30}, )?(?:[Tt]he )?")
_UNNAMED_ABROAD = Expression(
    r"(?:(?:mais|et|y|pero|und|aber|и|но|але|та|а) )?(?i:une? |la |le |el |les |los |un[oa]s? |eine?r? |der |"
    r"die |dos |deux |"
    r"zwei |два |двое |двоє |три |plusieurs |varios |mehrere |несколько |кілька )?(?P<who>(?:[\wà-ÿ]{3,16} ){0,2}?"
    r"(?:sources?|fuentes?|Quellen?|diplomates?|diplomáticos?|Diplomat(?:en)?|responsables?|funcionari[oa]s?|"
    r"employés?|"
    r"emplead[oa]s|extrabajador(?:es)?|Mitarbeiter|enquêteurs?|investigador(?:es)?|Ermittler|слідство|следствие|"
    r"источник\w?|джерел\w|сотрудник\w{0,2}|співробітник\w{0,2}|прокуратура|прокуроры|"
    r"прокурори)(?: [a-zà-ÿа-яіїєґ]{4,18}){0,2})"
)
_DEFINITE = Expression(r"(?:[EeÉé]l|[Ll]a|[Ll]e|[Dd]er|[Dd]ie|[Dd]as|[Ll]['’]) ?(?P<noun>[\wéó]{5,20})")


_ACCORDING_STEMS = (
    "ccording to", "n the ", "elon", "après", "egún", "aut ", "ach Angaben", "о данным", "о информации", "о словам",
    "ach Ei", "ach Er", "ach An", "ach Da", "ach In", "ach Au", "а даними", "а інформацією", "а словами", "edług",
)  # fmt: skip


def _has(text: str, stems: tuple[str, ...], start: int, end: int) -> bool:
    """Whether a range has one of some letters; far quicker than a pattern that is mostly in vain."""
    return any(text.find(stem, start, end) >= 0 for stem in stems)


#: "Reuters reported, citing two officials"
_CITES = Expression(
    rf"\b(?:citing|quoting|as told by|in an interview with) (?P<who>{ROLE}(?: {NAME})?|(?:the )?{NAME})"
    r"(?=[,.;:\n]|$| (?:who|and|that|in|at|on)\b)"
)
#: "the Bureau's judgement is that"
_JUDGEMENT = Expression(
    rf"(?P<who>{NAME})['’]s? (?:own |formal |current )?(?:judge?ment|assessment|view|conclusion|finding|opinion|"
    rf"position)"
    r"(?:,[^,;.\n]{3,60},)? (?:is|was|remains) (?:that )?"
)


class Claim(NamedTuple):
    """Who makes the claim (empty: nobody in particular), with what verb, and where its words begin."""

    by: str
    said: str
    start: int


class Sources:
    """Who says what stands in a range of the text."""

    def __init__(self, parties: Parties, clauses: Clauses) -> None:
        self._parties = parties
        self._clauses = clauses
        self._text = parties.text

    def claim(self, start: int, end: int) -> Claim:
        """Who makes the claim of a range: named in its sentence, else who speaks there, else the publisher."""
        found = self._claim(start, end)
        outlet = found.by == self._parties.publisher or self._parties.kind_of.get(found.by) == "outlet"
        if not outlet:
            return found
        first, last = self._clauses.first(start), self._clauses.last(end)
        cites = _CITES.search(self._text, first, last)
        by = self.name(cites["who"], cites.start()) if cites else ""
        if not by and found.by == self._parties.publisher:
            by = whose_turn(self._text, start)
        return Claim(by or found.by, found.said, found.start)

    def _claim(self, start: int, end: int) -> Claim:
        text = self._text
        first, last = self._clauses.first(start), self._clauses.last(end)
        if text.startswith((" that", "that", " the "), max(first, start - 5)) and _CLAIMS_THAT.search(
            text, max(first, start - 60), start
        ):
            return Claim("", "alleged", start)
        for says in reversed(list(SAYS_THAT.finditer(text, first, min(start + 2, last)))):
            if says["said"] and takes_back(text, max(first, says.start() - 40), says.start()):
                continue
            by = self.subject_of(says.start())
            if by:
                said = says["said"] or says["abroad"] or says["having"]
                return Claim(by, f"{said}{says['sure'] or ''}", says.start())
        accused = _ACCUSED.search(text, first, start) if _has(text, ("accuse", "alleg"), first, start) else None
        if accused:
            by = self.subject_of(accused.start())
            if by:
                return Claim(by, "accused", accused.start())
        for begin, stop in ((first, start), (start, end), (end, min(last, end + 90))):
            according = _ACCORDING.search(text, begin, stop) if _has(text, _ACCORDING_STEMS, begin, stop) else None
            body = self._according_body(according.end()) if according else None
            if body:
                return Claim(body[2], "", start)
            who = _WHO_BEHIND.match(text, according.end(), according.end() + 120) if according else None
            if who:
                return Claim(self.name(who["who"], start), "", start)
        judged = _JUDGEMENT.search(text, first, start)
        if judged:
            return Claim(self.name(judged["who"], first), "judged", judged.start())
        documented = _DOCUMENTED_BY.match(text, end, min(last, end + 130))
        if documented:
            return Claim(self.name(documented["who"], end), "", start)
        whose = _FOR_WHOM.match(text, first, start + 2)
        if whose is None and _has(text, _VIEWS, first, min(len(text), start + 80)):
            whose = _IN_WHOSE_VIEW.search(text, first, min(len(text), start + 80))
        view = self.name(whose["who"], first) if whose else ""
        if whose and (view in self._parties.kind_of or whose.re is _IN_WHOSE_VIEW.compiled):
            return Claim(view, "judged" if whose.re is _IN_WHOSE_VIEW.compiled else "", start)
        behind = LAST.search(text, end, min(last, end + 170))
        inserted = LAST.search(text, start, end)
        for match in (inserted, behind):
            if match:
                by = self.name(match["who"] or match["after"], match.start())
                if by:
                    verb = match.group().split()[-1] if match["who"] else ""
                    return Claim(by, verb, start)
        return Claim(self._parties.publisher, "", start)

    def _according_body(self, start: int) -> tuple[int, int, str] | None:
        """The organisation behind "according to", with a description before its name at most."""
        body = self._parties.organisation_first(start, start + 90)
        said = self._text[start : body[0]] if body else ""
        return body if body and re.fullmatch(r"(?:[a-zà-ÿа-яіїєґ][\w’'\-]{1,20} |[«“\"„]){0,5}", said) else None

    def subject_of(self, verb: int, shared: bool = True) -> str:
        """Who does what a verb at that offset says; empty where nobody is named."""
        text = self._text
        first = max(self._clauses.first(verb), verb - 240)
        end = first + len(_AUX_BACK.sub("", text[first:verb].rstrip()))
        cited = _CITED.search(text, max(first, end - 80), end)
        if cited:
            return cited["who"]
        for _ in range(2):
            apposed = _APPOSED.search(text, max(first, end - 130), end)
            if apposed is None:
                break
            inner = apposed.group().strip(" ,")
            if _PERSON.fullmatch(inner) and is_person(inner):  # "the minister, Ann Lee, said"
                return self._parties.speaker(inner)
            end = apposed.start()
        body = self._parties.last_organisation(first, end)
        if body and body[1] == end and "," in text[body[0] : end]:
            return body[2]  # "the Foreign, Commonwealth and Development Office"
        begin = max((match.end() for match in _DELIMITER.finditer(text, first, end)), default=first)
        phrase = text[begin:end].strip(' ”"»')
        for _ in range(4):
            shorter = _WHO_FIRST.sub("", phrase).strip()
            if shorter == phrase:
                break
            phrase = shorter
        phrase = _IN_STATEMENT.sub("", phrase)
        if phrase in ("and", "but", "and also", "and later", "and then"):  # "Z removed the network, and linked it to"
            opens = self._parties.organisation_first(self._clauses.first(verb), begin)
            if opens and _OPENS.fullmatch(text, self._clauses.first(verb), opens[0]):
                return opens[2]
        if phrase and SPEAKER.fullmatch(phrase):
            return self.name(phrase, begin)
        for further in _VERB_BEFORE.finditer(phrase) if shared and _AND_LAST.search(phrase) else ():
            # "The document calls it X and says": one subject, two verbs.
            by = self.subject_of(text.find(further.group(), begin), shared=False)
            if by:
                return by
        pieces = _SPLIT.split(phrase)
        tail = pieces[-1].strip() if len(pieces) > 1 else ""
        if tail and SPEAKER.fullmatch(tail):
            return self.name(tail, begin)
        body = self._parties.last_organisation(begin, end)
        if body and text[body[1] : end].strip(' »”"') == "":
            return body[2]  # «Дослідники фундації X вважають»
        if phrase in _RELATIVES:  # « Meta, qui a confirmé avoir »
            before = self._clauses.ending(first, begin - 1)
            return before[2] if before else ""
        unnamed = _UNNAMED_ABROAD.fullmatch(phrase)
        if unnamed:
            return unnamed["who"]
        definite = _DEFINITE.fullmatch(phrase)
        if definite:
            return self._parties.last_of_sort(definite["noun"][:8], begin)
        return self._noun_phrase(first, end)

    def _noun_phrase(self, first: int, end: int) -> str:
        """The name in the noun phrase that ends at an offset: "the blog X", "X, who studied it"."""
        subject = phrase_before(self._text, max(first, end - 160), end)
        if subject is None or subject.end < end - 1 or subject.name is None or subject.inner:
            return ""
        return self._parties.speaker(self._text[slice(*subject.name)].strip('“”"«»'))

    def name(self, who: str, at: int) -> str:
        """The fullest name of a speaker as written at an offset; empty where it is a pronoun of nobody in reach."""
        parties = self._parties
        who = who.strip(' ”"“«»,')
        head = who.split(" ")[0] if who else ""
        if not who or head in _NOBODY:
            return ""
        if who.lower() in _PRONOUNS:
            return self._last_organisation(at)
        if re.fullmatch(WE, who) or who.lower() == "our":
            return whose_turn(self._text, at) or parties.publisher
        if _TEAM.fullmatch(who):
            bodies = (name for _, _, name in parties.organisations_before(at) if parties.kind_of.get(name) == "agency")
            return next(bodies, "") or self._last_organisation(at)
        definite = re.fullmatch(r"(?:[Tt]he )?([a-z]+)", who)
        if definite:
            named = parties.last_of_sort(definite[1], at)
            if named:
                return named
            if definite[1] in ("report", "study", "document", "statement", "indictment"):
                return self._last_organisation(at) or parties.publisher
        government = _GOVERNMENT.match(who)
        if government and government["of"]:
            return parties.speaker(government["of"])
        if government and government["adj"]:
            state = parties.state_by_adjective(government["adj"])
            if state:
                return state
        team = _RESEARCHERS.match(who) or _DOCUMENT.match(who)
        if team:
            return parties.speaker(team["body"])
        bearer = parties.named_last(who)
        if bearer:
            return bearer
        titled = _TITLED.match(who)
        if titled:
            who = titled["name"]
        own = _OWN_GOVERNMENT.match(who)
        if own and parties.state_named(own["state"]):
            return parties.state_named(own["state"])
        person = _PERSON_OF.match(who)
        if person and not _INSTITUTION.search(person["who"]) and parties.kind_of.get(person["who"]) is None:
            who = person["who"]
        bare = re.sub(
            r"^(?:[Tt]he |(?:[Ll]es? |[Ll]a |[Ee]l |[Dd]as |[Dd]er |[Dd]ie |[Ll]['’])(?:[a-zà-ÿ]+ ){0,2})"
            r"(?=[A-ZÀ-Þ])",
            "",
            who,
        )
        return parties.speaker(who if parties.kind_of.get(who) or bare[:1].islower() else bare)

    def _last_organisation(self, at: int) -> str:
        """The organisation with which this sentence or the one before begins, for "it said"."""
        first = self._clauses.first(at)
        here = self._parties.organisation_first(first, at)
        if here and here[1] < at - 12 and _OPENS.fullmatch(self._text, first, here[0]):
            return here[2]
        before = self._parties.reading.sentence(max(0, first - 2))[0]
        mention = self._parties.organisation_first(before, first)
        return mention[2] if mention and mention[0] - before < 40 else ""
