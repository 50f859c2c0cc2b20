"""The words with which reports attribute in English, by what they do in a clause, and how strong each is."""

import re

from counterfoil.extraction.expressions import Expression

_ENDS_IN_E = (
    "operate finance orchestrate coordinate manage supervise execute administer bankroll execute initiate instigate "
    "stage organise organize create oversee produce perpetrate curate guide resource"
).split()
_OTHER = (
    "control direct sponsor back fund support conduct mastermind launch commission order steer maintain own "
    "task hire "
    "contract establish found mount plan staff handle build lead run pay set carry spearhead bankroll employ host "
    "manufacture fabricate forge script seed plant concoct produce author do make write devise design "
    "engineer assemble devise concoct arrange"
).split()
_IRREGULAR = {
    "control": ("controls", "controlled", "controlled", "controlling"),
    "plan": ("plans", "planned", "planned", "planning"),
    "run": ("runs", "ran", "run", "running"),
    "lead": ("leads", "led", "led", "leading"),
    "build": ("builds", "built", "built", "building"),
    "pay": ("pays", "paid", "paid", "paying"),
    "set": ("sets", "set", "set", "setting"),
    "carry": ("carries", "carried", "carried", "carrying"),
    "do": ("does", "did", "done", "doing"),
    "make": ("makes", "made", "made", "making"),
    "write": ("writes", "wrote", "written", "writing"),
    "oversee": ("oversees", "oversaw", "overseen", "overseeing"),
    "bankroll": ("bankrolls", "bankrolled", "bankrolled", "bankrolling"),
}


def _forms(verb: str) -> tuple[str, str, str, str]:
    """Third person, past, participle and gerund."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d", f"{verb}d", f"{verb[:-1]}ing"
    return f"{verb}s", f"{verb}ed", f"{verb}ed", f"{verb}ing"


_RUN = tuple(dict.fromkeys((*_ENDS_IN_E, *_OTHER)))
#: "run by", "owned by": who does it stands behind "by".
RUN_PARTICIPLES = frozenset(_forms(verb)[2] for verb in _RUN)
#: "Y runs X", "Y ran X".
RUN_FINITE = frozenset(form for verb in _RUN for form in (*_forms(verb)[:2], verb)) - {
    *("found back order host set do does did make makes made write writes wrote arrange arranges".split())
}
RUN_GERUNDS = frozenset(_forms(verb)[3] for verb in _RUN) - {"doing", "making"}
#: Such verbs say something of an organisation too: "the agency was hired by the ministry".
SPONSORED = RUN_PARTICIPLES - {"launched", "planned", "staged", "led", "mounted", "conducted", "produced", "executed"}

#: "linked to Y", "attributed to Y"; the weaker ones only say that there is a tie.
TIED = frozenset(
    "linked tied connected traced associated affiliated aligned attributed ascribed imputed pinned blamed related "
    "attributable "
    "traceable beholden loyal subordinate subordinated accountable answerable".split()
)
TIE_FINITE = frozenset(
    "links link ties tie connects connect traces trace associates attributes attribute ascribes pins "
    "linked tied connected traced associated attributed ascribed pinned attributing linking tying tracing".split()
)
#: With what such a verb names the sponsor.
PREPOSITIONS = {"attrib": "to", "ascrib": "to", "trac": "to", "pin": "on", "associat": "with"}
#: "X belongs to Y", "X takes its orders from Y": word -> what has to follow.
VERBS_TO = {
    "originated": r"(?:in|from|with)",
    "originates": r"(?:in|from|with)",
    "originating": r"(?:in|from|with)",
    "emanates": r"from",
    "emanated": r"from",
    "emanating": r"from",
    "stems": r"from",
    "stemmed": r"from",
    "belongs": r"to",
    "belonged": r"to",
    "belonging": r"to",
    "answers": r"(?:directly )?to",
    "answer": r"(?:directly )?to",
    "answered": r"(?:directly )?to",
    "reports": r"(?:directly )?to",
    "reported": r"directly to",
    "works": r"(?:directly |exclusively |closely )?(?:for|on behalf of)",
    "worked": r"(?:directly |exclusively |closely )?(?:for|on behalf of)",
    "working": r"(?:directly |exclusively |closely )?(?:for|on behalf of)",
    "acts": r"(?:as an? \w+ )?(?:for|on behalf of)",
    "acted": r"(?:as an? \w+ )?(?:for|on behalf of)",
    "acting": r"(?:as an? \w+ )?(?:for|on behalf of)",
    "work": r"(?:directly |exclusively |closely )?(?:for|on behalf of)",
    "act": r"(?:as an? \w+ )?(?:for|on behalf of)",
    "operate": r"(?:from|out of|for|on behalf of)",
    **dict.fromkeys(
        "serves served supports supported advances advanced furthers promotes promoting serving advancing".split(),
        r"(?:the )?(?:\w+ )?(?:interests|purposes|aims|goals|agenda) of",
    ),
    "operated": r"(?:from|out of)",
    "operates": r"(?:from|out of|for|on behalf of)",
    "operating": r"(?:from|out of|for|on behalf of)",
}
PLACE_VERBS = ("originat", "emanat", "stem", "operat")
#: "on behalf of Y", "under the direction of Y": the subject of the clause acts for Y.
BEHALF = {
    "behalf": r"of",
    "behest": r"of",
    "direction": r"(?:of|from)",
    "orders": r"(?:of|from)",
    "order": r"of",
    "instructions": r"(?:of|from)",
    "instruction": r"(?:of|from)",
    "request": r"of",
    "guidance": r"(?:of|from)",
    "supervision": r"of",
    "auspices": r"of",
    "control": r"of",
    "command": r"of",
    "authority": r"of",
    "payroll": r"of",
    "pay": r"of",
    "contract": r"(?:to|from|with|for)",
    "funding": r"from",
    "money": r"from",
    "payments": r"from",
    "support": r"(?:of|from)",
    "backing": r"(?:of|from)",
    "tasking": r"from",
    "sponsorship": r"of",
    "interests": r"of",
    "interest": r"of",
    "service": r"of",
    "instigation": r"of",
    "benefit": r"of",
    "employ": r"of",
    **dict.fromkeys("umbrella aegis patronage tutelage oversight leadership blessing initiative wing".split(), r"of"),
    **dict.fromkeys("books roster".split(), r"of"),
    **dict.fromkeys("commission assignment commissions assignments".split(), r"(?:from|for)"),
}
BEFORE_BEHALF = Expression(
    r"(?P<how>\b(?:[Oo]n|[Aa]t|[Uu]nder|[Ii]n|[Ww]ith) (?:the |direct |the direct )?|"
    r"\b(?:receiv\w+|gets?|got|takes?|took|taking|obtain\w*|accept\w*) (?:its |their |his |her |[\w\-]+ ){0,3})$"
)
#: "X is an arm of Y", "X, a front for Y"
PARTS = frozenset(
    "arm branch part unit front product work creation project proxy asset cut-out subsidiary component "
    "instrument tool "
    "brainchild offshoot extension outlet operation campaign initiative effort handiwork vehicle contractor "
    "subcontractor conduit cover puppet spin-off weapon "
    "doing deed enterprise machine mouthpiece affiliate division department network wing undertaking".split()
)
PART_OF = Expression(
    r" (?:(?:that is|which is) )?(?:run |operated |controlled |conducted )?(?:of|for|by|from|to) (?:the |an? )?"
)
#: "links between X and Y", "ties to Y"
TIES = frozenset("links link ties tie connections connection overlaps overlap relationship relationships".split())
OVERLAPS = frozenset("overlap overlaps".split())

#: Nouns for what is run; behind a determiner they may stand for an operation named before.
OPERATION_NOUN = (
    r"(?:network|operation|campaign|group|activity|cluster|actor|effort|scheme|set|ecosystem|farm|outfit|"
    r"intrusion set|persona|botnet|project|unit|hackers)"
)
#: What an operation has, which is run as it is: "X's accounts were operated by Y".
BELONGINGS = (
    r"(?:operators?|administrators?|managers?|authors?|creators?|staff|handlers?|accounts?|pages?|websites?|sites?|"
    r"infrastructure|domains?|servers?|personas?|assets?|channels?|activit(?:y|ies)|posts|hosting|payments?|ads|"
    r"advertisements|websites|network|operation|campaign|group|cluster|team|funding|members|work|efforts?|operations|"
    r"campaigns|tooling|content|botnet|hackers|actors)"
)

ADVERBS = frozenset(
    "also now still once then later since thus therefore indeed ever always at least part in fact turn not very most "
    "almost quite more".split()
)
HEDGES = frozenset(
    "believed thought said suspected assessed understood alleged considered judged reported estimated deemed "
    "presumed "
    "assumed claimed known rumored rumoured found shown".split()
)
AUXILIARIES = frozenset(
    "is was are were be been being has have had to appears appeared appear seems seemed seem having does did as "
    "remains remained got".split()
)
FINITE = frozenset(
    "is was are were be been being appears appeared appear seems seemed seem has have had to remains remained".split()
)

_CONFIDENCE = Expression(
    r"(?:\bwith |\bat |\()(?:an? )?(?:\w+ )?(?P<level>high|moderate|medium|low|strong)"
    r"(?: to (?:high|moderate|medium))?(?: (?:degree|level) of| analytic)?[ -](?:confidence|probability|certainty)",
    re.IGNORECASE,
)
_FOREIGN_CONFIDENCE = Expression(
    r"(?i)(?P<high>haut(?:e|s)? (?:degré|niveau) de confiance|confiance élevée|alta confianza|confianza alta|"
    r"hoher (?:Sicherheit|Wahrscheinlichkeit)|высок\w+ (?:степен\w+ )?(?:уверенност\w+|достоверност\w+)|"
    r"висок\w+ (?:рівн\w+ )?(?:впевненост\w+|ймовірн\w+))"
    r"|(?P<medium>(?:degré|niveau) de confiance (?:moyen|modéré)|confiance (?:moyenne|modérée)|confianza (?:moderada|"
    r"media)|"
    r"mittlerer (?:Sicherheit|Wahrscheinlichkeit)|средн\w+ (?:степен\w+ )?уверенност\w+)"
    r"|(?P<low>faible (?:degré|niveau) de confiance|baja confianza|geringer (?:Sicherheit|Wahrscheinlichkeit))"
)


_SURE_STEMS = tuple("onfiden obability ertainty onfian Sicherheit scheinlichkeit верен достовер певнен ймовірн".split())


def confidence_in(text: str, start: int, end: int) -> str:
    """ "high", "medium" or "low", if the words of a range state a confidence."""
    if all(text.find(stem, start, end) < 0 for stem in _SURE_STEMS):  # far quicker than the patterns
        return ""
    match = _CONFIDENCE.search(text, start, end)
    if match:
        level = match["level"].lower()
        return {"moderate": "medium", "strong": "high"}.get(level, level)
    foreign = _FOREIGN_CONFIDENCE.search(text, start, end)
    return foreign.lastgroup or "" if foreign else ""


_ALLEGED = Expression(
    r"\b(?:reportedly|alleg\w*|suspect\w*|said|claim\w*|accus\w*|apparent\w*|rumou?red|purported\w*)\b"
)
_ASSESSED = Expression(
    r"likely|probably|almost certainly|believe|thought|assess|judge|understood|tentatively|appear|seem|estim|"
    r"consider|"
    r"deemed|presum|assum|confiden|считает|вважа|uważa|ocenia|geht davon|cree\b|probable|вероятно|ймовірно|"
    r"prawdopodobnie|wahrscheinlich|mutmaßlich|estime|considère"
)
_WEAK = Expression(
    r"link|\bti(?:e|ed|es)\b|connect|affiliat|associat|aligned|related|overlap|nexus|trac(?:e|ed|es)|lié|rattach|"
    r"affili|vincul|ligad|relacion|relie|связан|связыва|пов.яз|powiąz|verbind"
)


def strength_of(verb: str, hedge: str, said: str = "") -> str:
    """How strongly a claim is made: its verb, the words before the verb, and the verb of who makes it."""
    if _ALLEGED.search(hedge) or (_ALLEGED.search(said) and not said.startswith("said")):
        return "alleged"
    if _ASSESSED.search(hedge) or _ASSESSED.search(said):
        return "assessed"
    return "linked" if _WEAK.search(verb) and "attribut" not in verb else "asserted"


#: Behind such words, nothing is claimed: "no evidence that X is run by Y", "whether X is linked to Y".
NOT_CLAIMED = Expression(
    r"(?i)\b(?:no (?:clear |direct |conclusive |firm |\w+ )?(?:evidence|proof|indications?|signs?|links?|ties|"
    r"connections?|elements?|basis|grounds?|reason|data|information)|too little|insufficient|(?-i:Had|Were)|"
    r"not|nothing|whether|if|unless|cannot|couldn['’]t|can['’]t|unable|nobody|no one|none|never|"
    r"didn['’]t|doesn['’]t|don['’]t|isn['’]t|wasn['’]t|hasn['’]t|haven['’]t|would|could|might|(?-i:may)|unclear|"
    r"rather than|unlike|neither|contrary to|declined|without|wrongly|falsely|mistakenly|rumou?rs?|speculat\w+|"
    r"question|allegation that|refut\w+|denied|denies|rejected|inspired|"
    r"rien ne|aucun\w*|pas|keine?\w*|nicht|ning[uú]n\w*|no hay|нет|не)\b"
)
#: Beginnings of its words: looking for them is far quicker than the pattern, which is mostly in vain.
_NOT_CLAIMED_STEMS = frozenset(
    "no not too insu had were noth whet if unle cann coul can’ can' unab nobo none neve didn does don’ don' "
    "isn’ isn' wasn "
    "hasn have woul migh may uncl rath unli neit cont decl with wron fals mist rumo spec ques alle refu deni "
    "reje insp "
    "rien aucu pas kein nich ning нет не".split()
)


def takes_back(text: str, start: int, end: int) -> bool:
    """Whether a range has words behind which nothing is claimed."""
    begins = {word.strip('“”"(«')[:4] for word in text[start:end].casefold().split()}
    return not begins.isdisjoint(_NOT_CLAIMED_STEMS) and NOT_CLAIMED.search(text, start, end) is not None


#: ... up to words that begin another thought.
TURN = Expression(r"; | but |, although |, though |, while |, whereas |: ")
