"""Who makes a claim: the subject of "says that", "according to", "..., Z said", or the report's own voice."""

import re
from typing import NamedTuple

from counterfoil.extraction.attribution_clauses import Clauses
from counterfoil.extraction.attribution_parties import Parties
from counterfoil.extraction.attribution_words import takes_back
from counterfoil.extraction.noun_phrases import phrase_before

_CAP = r"(?:[A-ZÀ-ÞА-ЯЄІЇҐ]|\d(?=[A-Za-z]))[\w’'&\-]{0,30}"
_NAME = (
    rf"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov)\. )?{_CAP}(?:,? (?:of|the|for|and|on|at|de|des|du|del|von|van|der|&|"
    rf"[A-Z]\.|{_CAP})){{0,9}}"
)
_ROLE_NOUN = (
    r"(?:spokes(?:person|man|woman|people)|officials?|representatives?|researchers?|analysts?|investigators?|"
    r"prosecutors?|police|ministry|ministers?|embassy|company|firm|consultancy|agency|agencies|government|governments|"
    r"observatory|institute|committee|commission|court|think tank|nonprofit|newspaper|outlet|study|report|centre|"
    r"center|"
    r"mayor|president|senator|authors?|experts?|executives?|authorities|lawyers?|head|director|founder|chief|party|"
    r"regulator|watchdog|bureau|council|office|service|services|team|employees|contractors|diplomats?|insiders?|"
    r"sources?|"
    r"intelligence|scientists?|academics?|scholars?|journalists?|platform|vendor|unit|laboratory|lab|group|indictment|"
    r"army|military|police|assessment|investigation|document|statement|memo|leaks?|documents|workers?|whistleblower|"
    r"programmer|employee|dissidents?|activists?|campaigners?|organi[sz]ation|ministers|union|department|affidavit)"
)
_ROLE = (
    rf"(?:(?:[Aa]n?|[Tt]he|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome|[Mm]any|[Ss]enior|[Ff]ormer|[Oo]ur|[Ii]ts|"
    rf"[Tt]hese) )?"
    rf"(?:[\w’'\-.]{{1,24}} ){{0,6}}?(?i:{_ROLE_NOUN})(?: (?:for|of|at|from|with|in|by) [\w’'&\- ]{{2,70}}?)?"
)
_WE = r"(?:[Ww]e|[Ww]e also|[Nn]ous|[Ww]ir|[Мм]ы|[Oo]ur (?:own )?\w+)"
_SPEAKER = re.compile(rf"(?:{_WE}|{_ROLE}(?: {_NAME})?|{_NAME}|[Ii]t|[Ss]he|[Hh]e|[Tt]hey)")
_WHO_FIRST = re.compile(
    r"^(?:[\s\-–—•*>]{0,4})(?:(?:In|On|At|Last|Earlier|After|Following|Since|Yesterday|Later|Meanwhile|However|Also|"
    r"Separately|But|And|Yet|Today|Then|Now|Still|Both|Although|Though|While|As|When|so|and|but|as|that|which|what|"
    r"because|although|while|whom)\b ?)"
)
_DELIMITER = re.compile(r"[,;:“”\"«»\n(—–]")
_SPLIT = re.compile(r" (?:and|as|that|which|but|what|because|when|while|who|whom|than|group|actor|network|campaign) ")
_AUX_BACK = re.compile(
    r"(?: (?:has|have|had|a|ont|hat|haben|also|publicly|formally|officially|previously|later|since|now|then|first|"
    r"jointly|directly|further|today|recently|separately|repeatedly|for (?:its|his|her|their) part|in turn|"
    r"instead|too|\w{3,12}ly|l['’]|have also|did))*$"
)
_APPOSED = re.compile(r",[^,;\n]{2,110},$| \([^()\n]{1,60}\)$")
_CONFIDENCE = (
    r"(?:,? with (?:an? )?(?:\w+ )?(?:high|moderate|medium|low|strong)(?: to (?:high|moderate|medium))?"
    r"(?: degree of)? confidence,?)"
)
#: Who says a claim that follows in the same sentence; `said` tells how surely.
_SAYS_THAT = re.compile(
    r"(?<![\w\-])(?P<said>assess(?:es|ed)?|believes?|believed|judges?|judged|concludes?|concluded|estimates?|estimated|"
    r"suspects?|suspected|alleges?|alleged|claims?|claimed|says?|said|finds?|found|reports|reported|states?|stated|"
    r"confirms?|confirmed|announced|revealed|reveals|determined|established|establishes|argued|argues|shows?|showed|"
    r"told [^.;:“”\"\n]{2,40}?|warned|warns|wrote|writes|noted|notes|added|adds|insists|insisted|maintains|thinks?|"
    r"considers?|considered|disclosed|explained|asserts?|asserted|indicates?|indicated|suggests?|suggested|"
    r"learned|discovered|saw|sees|holds|documented|testified|testif(?:y|ies)|recalled|reckons?|reckoned|"
    r"(?:is|are|was|were|remains?) (?:\w+ )?(?:convinced|sure|certain|confident|adamant|in no doubt|of the opinion))"
    rf"(?P<sure>{_CONFIDENCE})?(?: on \w+| \w+ly| in \w+ \d{{4}})?(?: in (?:an?|its) [\w \-]{{3,30}}?)?,? "
    r"(?:that |how |to (?=be\b)|(?=[A-Z“\"]|the |this |it |they |its |[a-z]+ (?:network|operation|campaign)))"
    r"|(?<!\w)(?P<abroad>estime\w?|affirme|assure|conclut|considère|indique|révèle|estima|afirma|cree|concluye|"
    r"sostiene|"
    r"asegura|señala|считает|считают|заявил\w?|сообщил\w?|сообщает|утвержда(?:ет|ют)|вважа(?:є|ють)|повідомил\w?|"
    r"стверджу(?:є|ють)|заявил\w?|uważa|twierdzi|stwierdził\w?|ocenia|erklärte|erklärt|geht davon aus|gehen davon aus|"
    r"sagt|sagte|berichtet|berichtete)"
    r"(?:,? (?:avec|con|mit) [^.;,\n]{3,50})?,? (?:que |qu['’]|что |що |że |dass )"
)
#: "We are aware of public claims that": nobody in particular
_CLAIMS_THAT = re.compile(
    r"\b(?:claims|allegations|suggestions|accusations|assertions|insinuations|reports|theories) (?:\w+ )?that "
    r"(?:the )?$"
)
_ACCUSED = re.compile(r"(?<![\w\-])(?:accuse[sd]?|alleg(?:es?|ed)) (?=[^.;\n]{2,90} of )")
#: "Prior work (Lin and Wu, 2021)"
_CITED = re.compile(
    r"\((?:e\.g\.,? |see )?(?P<who>[A-ZÀ-Þ][\w’'\-]+(?:(?:,| and|, and| &) [A-ZÀ-Þ][\w’'\-]+)*(?: et al\.)?),? (?:19|"
    r"20)\d\d[a-z]?\)$"
)
_ACCORDING = re.compile(
    r"(?<!\w)(?:[Aa]ccording to|[Ii]n the (?:words|view|assessment|judge?ment|opinion|eyes) of|[Ss]elon|"
    r"[Dd]['’]après|[Ss]egún|"
    r"[Ll]aut|[Nn]ach Angaben|[Пп]о данным|[Пп]о информации|[Пп]о словам|[Зз]а даними|[Зз]а інформацією|[Зз]а словами|"
    r"[Ww]edług) (?:the |an? |la |le |l['’]|el |los |les |der |des |dem |von |лаборатории |издания |видання |"
    r"лабораторії )*[«„“]?"
)
_WHO_BEHIND = re.compile(
    rf"(?P<who>(?:{_ROLE}|{_NAME}))(?=[,.;:()\n»”“]|$| (?:which|who|that|in|published|released|and|has|have|said|says|"
    rf"the|was|were|is|are|a|an|est|está|steht|который)\b)"
)
_LAST = re.compile(
    rf",[”\"»]? (?:(?P<who>(?:[Tt]he )?{_ROLE}(?: {_NAME})?|(?:the )?{_NAME}|it|she|he|they|издание «[^«»\n]{{2,30}}»)"
    r"(?: (?:has|have|had|also|later))? (?:said|says|say|reported|reports|found|finds|wrote|writes|assess(?:ed|"
    r"es)?|added|"
    r"noted|claim(?:ed|s)?|allege[ds]?|conclude[ds]?|announced|believes?|believed|confirm(?:ed|s)|reveal(?:ed|"
    r"s)|disclosed|"
    r"established(?=[,.])|testified|argue[ds]?|contends?|contended|maintains?|suspects?|suspected|thinks?|judge[ds]?|"
    r"estimate[ds]?|insist(?:ed|s)?|state[ds]?|recalled|warn(?:ed|s)|show(?:ed|s)?|explained)\b"
    r"|(?:said|says|wrote|writes|reported|reports|believes|argues|added|noted|alleges|alleged|concluded|"
    r"concludes|claims|утвержда\w+|сообща\w+|заяв\w+|счита\w+|повідомля\w+|повідомил\w+|"
    r"стверджу\w+|вважа\w+|dijo|señaló|indicó|a indiqué|indique|affirme|selon|según|laut|according to) "
    rf"(?:the |an? |la |le |l['’]|el |издани\w+ |видання |лаборатори\w+ )*[«“„]?(?P<after>{_ROLE}(?: {_NAME})?|"
    rf"{_NAME}))"
)
_RESEARCHERS = re.compile(
    r"^(?:(?:[Tt]he|[Tt]wo|[Ss]everal|[Ss]ome) )?(?:\w+ )?(?:[Rr]esearchers|[Aa]nalysts|[Ii]nvestigators|[Ee]xperts|"
    r"[Ss]cientists|[Jj]ournalists|[Rr]eporters|[Tt]he team|[Aa] team) (?:at|of|from|with) (?:the "
    r")?(?P<body>[A-ZÀ-Þ].+)$"
)
_PERSON_OF = re.compile(
    r"^(?P<who>[A-ZÀ-Þ][a-zà-ÿ’'\-]+(?: (?:[A-Z]\.|de|van|von|al|[A-ZÀ-Þ][a-zà-ÿ’'\-]+)){1,2})(?:,| of| at| from| "
    r"with) .+$"
)
#: "the newspaper Nile Gazette", "spokesman John Roe"
_TITLED = re.compile(
    rf"^(?:(?:[Tt]he|[Aa]n?|[Ii]ts) )?(?:[A-Z][a-z]+(?:ian|ese|ish|ch|an|li|i) )?(?:(?!of|at|for|from|in|with|"
    rf"by)[a-z][\w’'\-]{{1,20}} ){{0,5}}(?i:{_ROLE_NOUN}|"
    r"minister|magazine|broadcaster|tank|newspaper) (?P<name>[A-ZÀ-Þ][\w’'&.\-]+(?: (?:of |the "
    r")?[A-ZÀ-Þ][\w’'&.\-]+){0,5})$"
)
_OWN_GOVERNMENT = re.compile(
    r"^(?:[Tt]he )?(?P<state>[A-Z][\w ]{2,30}?)['’]s? (?:government|authorities|foreign ministry)$"
)
_INSTITUTION = re.compile(
    r"\b(?:Ministry|Department|Office|Centre|Center|Institute|Agency|Committee|Council|Service|University|Bureau|"
    r"Directorate|Commission|Bank|House|Government|Union|Mission|Embassy|Observatory|Lab|Laboratory|Party)\b"
)
_PRONOUNS = frozenset("it they he she this that these those".split())
_NOBODY = frozenset(
    "Nobody None Neither No Nothing Never Few If Should Once When Unless Had Whoever Whether Who Which Others One "
    "Many What".split()
)
_GOVERNMENT = re.compile(
    r"^(?:[Tt]he )?(?:[Gg]overnment of (?:the )?(?P<of>.+)|(?P<adj>[A-Z]\w+) (?:government|authorities|officials))$"
)


_VERB_BEFORE = re.compile(
    r"(?<![\w\-])(?:[a-z]{2,14}(?:s|ed)|made|took|wrote|held|gave|found|saw|drew|did|came|ran|told|stood|knew|"
    r"went|built|"
    r"thinks?|kept|put|set)(?= )"
)
_AND_LAST = re.compile(r" (?:and|but)(?: also| then| later| instead)?$")
#: "a report by X", "the document of X"
_DOCUMENT = re.compile(
    r"^(?:[Tt]he|[Aa]n?|[Ii]ts)? ?(?:[\w’'\-]+ ){0,4}?(?:report|study|document|statement|indictment|analysis|"
    r"investigation|assessment|"
    r"affidavit|memo|paper|dossier) (?:by|of|from) (?:the )?(?P<body>[A-ZÀ-Þ].+)$"
)


#: "X's ties to Y were documented by Z"
_DOCUMENTED_BY = re.compile(
    r"[”\"]? (?:is|are|was|were|has been|have been) (?:first |also |\w+ly )?(?:documented|established|revealed|exposed|"
    rf"reported|described|confirmed|uncovered|identified|shown|detailed|disclosed|traced|found|made) by (?:the "
    rf")?(?P<who>{_ROLE}"
    rf"(?: {_NAME})?|{_NAME})"
)
_FOR_WHOM = re.compile(rf"[\s“\"]{{0,3}}For (?:the )?(?P<who>{_NAME}), ")
_VIEWS = tuple(" view/ssessment/pinion/udgment/udgement/ eyes/ analysis/ reading/ estimation".split("/"))
_IN_WHOSE_VIEW = re.compile(
    rf"\b[Ii]n (?:(?:the )?(?P<who>{_ROLE}|{_NAME}|[Oo]ur)(?:['’]s?)?) (?:own )?(?:view|assessment|opinion|"
    rf"judge?ment|eyes|"
    r"analysis|reading|estimation)\b"
)
_DEFINITE = re.compile(r"(?:[EeÉé]l|[Ll]a|[Ll]e|[Dd]er|[Dd]ie|[Dd]as|[Ll]['’]) ?(?P<noun>[\wéó]{5,20})")


_ACCORDING_STEMS = (
    "ccording to", "n the ", "elon", "après", "egún", "aut ", "ach Angaben", "о данным", "о информации", "о словам",
    "а даними", "а інформацією", "а словами", "edług",
)  # fmt: skip


def _has(text: str, stems: tuple[str, ...], start: int, end: int) -> bool:
    """Whether a range has one of some letters; far quicker than a pattern that is mostly in vain."""
    return any(text.find(stem, start, end) >= 0 for stem in stems)


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
        """Who makes the claim of a range: named in its sentence, else the publisher."""
        text = self._text
        first, last = self._clauses.first(start), self._clauses.last(end)
        if text.startswith((" that", "that", " the "), max(first, start - 5)) and _CLAIMS_THAT.search(
            text, max(first, start - 60), start
        ):
            return Claim("", "alleged", start)
        for says in reversed(list(_SAYS_THAT.finditer(text, first, min(start + 2, last)))):
            if not says["abroad"] and takes_back(text, max(first, says.start() - 40), says.start()):
                continue
            by = self.subject_of(says.start())
            if by:
                return Claim(by, f"{says['said'] or says['abroad']}{says['sure'] or ''}", says.start())
        accused = _ACCUSED.search(text, first, start) if _has(text, ("accuse", "alleg"), first, start) else None
        if accused:
            by = self.subject_of(accused.start())
            if by:
                return Claim(by, "accused", accused.start())
        for begin, stop in ((first, start), (start, end), (end, min(last, end + 90))):
            according = _ACCORDING.search(text, begin, stop) if _has(text, _ACCORDING_STEMS, begin, stop) else None
            body = self._parties.organisation_at(according.end()) if according else None
            if body:
                return Claim(body[2], "", start)
            who = _WHO_BEHIND.match(text, according.end(), according.end() + 120) if according else None
            if who:
                return Claim(self.name(who["who"], start), "", start)
        documented = _DOCUMENTED_BY.match(text, end, min(last, end + 130))
        if documented:
            return Claim(self.name(documented["who"], end), "", start)
        whose = _FOR_WHOM.match(text, first, start + 2)
        if whose is None and _has(text, _VIEWS, first, min(len(text), start + 80)):
            whose = _IN_WHOSE_VIEW.search(text, first, min(len(text), start + 80))
        view = self.name(whose["who"], first) if whose else ""
        if whose and (view in self._parties.kind_of or whose.re is _IN_WHOSE_VIEW):
            return Claim(view, "judged" if whose.re is _IN_WHOSE_VIEW else "", start)
        behind = _LAST.search(text, end, min(last, end + 170))
        inserted = _LAST.search(text, start, end)
        for match in (inserted, behind):
            if match:
                by = self.name(match["who"] or match["after"], match.start())
                if by:
                    verb = match.group().split()[-1] if match["who"] else ""
                    return Claim(by, verb, start)
        return Claim(self._parties.publisher, "", start)

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
        if phrase and _SPEAKER.fullmatch(phrase):
            return self.name(phrase, begin)
        for further in _VERB_BEFORE.finditer(phrase) if shared and _AND_LAST.search(phrase) else ():
            # "The document calls it X and says": one subject, two verbs.
            by = self.subject_of(text.find(further.group(), begin), shared=False)
            if by:
                return by
        pieces = _SPLIT.split(phrase)
        tail = pieces[-1].strip() if len(pieces) > 1 else ""
        if tail and _SPEAKER.fullmatch(tail):
            return self.name(tail, begin)
        body = self._parties.last_organisation(begin, end)
        if body and text[body[1] : end].strip(' »”"') == "":
            return body[2]  # «Дослідники фундації X вважають»
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
        if re.fullmatch(_WE, who) or who.lower() == "our":
            return parties.publisher
        definite = re.fullmatch(r"[Tt]he (\w+)", who)
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
        """The organisation with which the sentence before begins, for "it said"."""
        first = self._clauses.first(at)
        before = self._parties.reading.sentence(max(0, first - 2))[0]
        mention = self._parties.organisation_first(before, first)
        return mention[2] if mention and mention[0] - before < 40 else ""
