"""The wordings in which reports attribute, and how strong each one is."""

import re

_ADVERB = (
    r"(?:(?:also|now|still|publicly|directly|closely|loosely|reportedly|allegedly|likely|very likely|highly likely|"
    r"probably|almost certainly|apparently|believed (?:by \w+ )?to be|thought to be|said to be|suspected to be|"
    r"assessed to be|"
    r"understood to be|alleged to be|suspected of being|suspectedly|at least partly|in part|jointly|covertly|secretly|"
    r"previously|formally|officially|ultimately|tentatively|firmly|confidently) )"
)
_BE = (
    r"(?:is|was|are|were|has been|have been|had been|to be|being|appears? to be|appeared to be|seems? to be|"
    r"appears? to have been|to have been|is being)"
)
_TIED = r"(?:linked|tied|connected|traced(?: back)?|related|affiliated|associated|aligned)"
_RUN = (
    r"(?:run|operated|controlled|directed|overseen|managed|sponsored|backed|funded|financed|bankrolled|supported|"
    r"conducted|carried out|orchestrated|masterminded|coordinated|led|launched|commissioned|ordered|executed|"
    r"administered|paid for|paid|employed|steered|supervised|perpetrated|maintained|owned|set up|created|tasked|"
    r"hired|contracted|established|founded|instigated|staged|mounted)"
)
_NOUN_OF = (
    r"(?:an? |the )?(?:part|unit|front|front company|arm|branch|product|work|creation|project|proxy|asset|cut-out|"
    r"subsidiary|component|instrument|tool) (?:of|for)"
)
#: Verbs between an actor and who is behind it; `verb` says how strong.
_VERB = (
    rf"(?:{_BE} (?P<hedge>{_ADVERB}{{0,2}})(?P<verb>{_TIED} (?:to|with)|(?:\w+ and )?{_RUN}(?: and \w+)? (?:by|from|"
    rf"on behalf of|at the behest of)|"
    rf"attributed to|{_NOUN_OF}|subordinate to|behind|attributed by (?:the )?(?P<by>[A-Z][\w’' ]{{1,40}}?) to|"
    rf"{_TIED} by (?:the )?(?P<by2>[A-Z][\w’' ]{{1,40}}?) (?:to|with)|on the payroll of|under (?:the )?(?:contract|"
    rf"orders?|direction|control|supervision|authority) (?:of|to|from|with)|loyal to|imputable to)"
    rf"|(?P<hedge2>{_ADVERB}{{0,2}})(?P<verb2>{_TIED} (?:to|with)|{_RUN} by|attributed to|"
    rf"attributed by (?:the )?(?P<by3>[A-Z][\w’' ]{{1,40}}?) to|originat(?:es|ed|ing) (?:in|from)|"
    r"(?:operat|act|work)(?:es|s|ed|ing) (?:on behalf of|at the behest of|in support of|under the (?:direction|"
    r"control|guidance) "
    r"of|for|out of|on (?:the )?orders (?:of|from)|at the (?:direction|request|instruction|order) of|"
    r"for or on behalf of)|answer(?:s|ed) to|report(?:s|ed) to|belong(?:s|ed|ing) to|emanat(?:es|ed|ing) from|"
    r"(?:receive[sd]?|got|took) (?:\w+ ){0,3}?(?:funding|money|payments?|instructions|orders|support|tasking) from|"
    r"ha(?:s|d|ve) (?:\w+ )?(?:ties|links|connections) (?:to|with)|with (?:\w+ )?(?:ties|links|connections) to))"
)
_GAP = (
    r"(?:['’]s)?[”\"»“]?(?: (?:network|operation|campaign|group|activity|infrastructure|accounts|personas|cluster|"
    r"websites|sites|pages|operators|managers|administrators|staff|authors|creators|handlers))?(?: \([^()\n]{1,160}\))?"
    r"(?:, (?:an?|the) (?:[\w\-]{1,20} ){0,5}?(?:operation|campaign|network|group|actor|cluster|firm|company|"
    r"effort)(?= ))?"
    r"(?:,(?! (?:and|but|or|said|says) )[^,;.:\n]{1,110},)?"
    r"(?: [–—][^–—\n]{1,110}[–—])?,?(?: [–—])?(?: (?:which|that|who))?"
)
#: Read behind an actor's name: "X (a.k.a. Y), which Meta removed, is reportedly run by the ".
PASSIVE = re.compile(rf"{_GAP} {_VERB} (?:the |an? )?")
#: Read behind a name: who runs whom.
ACTIVE = re.compile(
    rf"(?:['’]s)?(?: \([^()\n]{{1,80}}\))?,?(?: (?:which|that))?(?: (?:has|have|had))? (?P<hedge>{_ADVERB}{{0,2}})"
    r"(?P<verb>runs?|ran|operates?|operated|controls?|controlled|directs?|directed|oversees?|oversaw|funds?|funded|"
    r"finances?|financed|sponsors?|sponsored|conducts|conducted|carried out|orchestrates?|orchestrated|"
    r"masterminded|commissioned|ordered|manages?|managed|(?:is|was|are|were|stands?|stood) (?:\w+ )?behind|"
    r"(?:is|was|are|were) (?:\w+ )?responsible for|the (?:\w+ ){0,3}?(?:behind|that (?:runs|ran|operates)|running|"
    r"operating|responsible for)) "
)
#: What may stand between such a verb and the name it governs: "a covert influence operation called".
BEFORE_NAME = re.compile(
    r"(?:(?:the|an?|its|this|that|these|so-called|[a-z][\w\-]{2,20}),? ){0,6}"
    r"(?:(?:known as|called|dubbed|named|tracked as) )?[“\"«„]?(?:[Tt]he )?"
)
_CONFIDENCE = (
    r"(?:,? with (?:an? )?(?:\w+ )?(?:high|moderate|medium|low|strong)(?: to (?:high|moderate|medium))?"
    r"(?: degree of)? confidence,?)"
)
#: Who says a claim that follows in the same sentence; `said` tells how surely.
SAYS_THAT = re.compile(
    r"(?P<said>assess(?:es|ed)?|believes?|believed|judges?|judged|conclude[sd]?|estimates?|estimated|suspects?|"
    r"suspected|"
    r"alleges?|alleged|claims?|claimed|says?|said|found|finds|reports|reported|stated|states|confirmed|confirms|"
    r"announced|revealed|determined|established|argued|shows?|showed)"
    rf"(?P<sure>{_CONFIDENCE})?(?: on \w+| \w+ly)?(?: in (?:a|its) \w+)? (?:that )?"
    r"|(?P<abroad>estime|affirme|assure|conclut|considère|estima|afirma|cree|concluye|sostiene|считает|заявил\w?|"
    r"сообщил\w?|"
    r"утверждает|вважає|повідомил\w?|стверджує|uważa|twierdzi|stwierdził\w?|ocenia|erklärte|erklärt)"
    r"(?: avec un (?:\w+ ){1,3}de confiance(?: \w+)?)?,? (?:que|qu['’]|что|що|że|dass) "
)
CONFIDENCE = re.compile(
    r"(?i)\b(?:high|moderate|medium|low) (?:to (?:high|moderate) )?(?:degree of )?confidence|confiance|confianza"
)
ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|[Ss]elon|[Dd]'après|[Ss]egún|[Ll]aut|[Nn]ach Angaben|[Пп]о данным|[Зз]а даними|[Ww]edług) "
    r"(?:the |an? |la |le |el |los |les |der |des |dem )?"
)
SAID_BEHIND = re.compile(
    r",[”\"]? (?:the )?(?P<who>[A-Z][\w’'\-]{1,30}(?: [A-Z][\w’'\-]{1,30}){0,3}) (?:said|says|found|wrote|assessed)\b"
)

_ALLEGED = re.compile(r"reportedly|alleg|suspect|said to be|claim|accus|apparent")
_ASSESSED = re.compile(
    r"likely|probably|almost certainly|believe|thought|assess|judge|understood|tentatively|appears|seems|estim|"
    r"confiden|считает|вважає|uważa|ocenia|geht davon|cree|probable|вероятно|ймовірно|prawdopodobnie|wahrscheinlich|"
    r"mutmaßlich"
)
_LINKED = re.compile(
    r"link|tie|connect|affiliat|associat|aligned|related|ties|in support of|lié|rattach|affili|vincul|ligad|relacion|"
    r"связан|пов.язан|powiąz|verbind"
)


def strength_of(verb: str, hedge: str, said: str = "") -> str:
    """How strongly a claim is made, from its verb, the words before the verb, and the verb of who makes it."""
    if _ALLEGED.search(hedge) or _ALLEGED.search(said):
        return "alleged"
    if _ASSESSED.search(hedge) or _ASSESSED.search(said) or _ASSESSED.search(verb):
        return "assessed"
    return "linked" if _LINKED.search(verb) and "attribut" not in verb else "asserted"


#: Behind such words, nothing is claimed: "no evidence that X is run by Y", "whether X is linked to Y".
NOT_CLAIMED = re.compile(
    r"(?i)\b(?:no (?:evidence|proof|indication|sign|link)|not (?:seen|found|been able|able|clear|known|established|"
    r"attributed|"
    r"attribute|link)|nothing|whether|if|unless|cannot|can ?not|could not|couldn['’]t|unable|nobody|no one|none|never|"
    r"did not|does not|do not|didn['’]t|doesn['’]t|don['’]t|would|unclear|rather than|unlike|neither|contrary to|"
    r"declined|without|wrongly|falsely|mistakenly|rumou?rs?|speculat\w+|"
    r"rien ne|aucun\w*|pas|keine?\w*|nicht|ning[uú]n\w*|no hay|нет|не)\b"
)

_FR_WHO = r"(?:attribu\w{1,5}|impute\w{0,2}|reli\w{1,4}|rattach\w{1,4})"
#: « Z l'attribue à Y », «Z atribuye X a Y»
FOREIGN_ATTRIBUTES = re.compile(
    r"(?P<pronoun>\bl['’]|\bla |\blo )?(?P<verb>attribuent|attribue|attribué|relie|rattache|imputent|impute|imputa|"
    r"responsabiliza|atribuye|atribuyen|atribuyó|"
    r"vincula|vinculó|relaciona|пов[’']язу(?:є|ють)|связыва(?:ет|ют)|приписыва(?:ет|ют)|"
    r"приписує)(?P<object>[^.;\n]{0,110}?)(?: à (?:la |l['’])?| au | aux | a la | al | a | con | з | із | с | со )"
)
FOREIGN_ATTRIBUTE_WORDS = (
    "attribuent attribue imputent imputa responsabiliza attribué relie rattache impute atribuye atribuyen "
    "atribuyó vincula vinculó relaciona пов язує язують связывает связывают приписывает приписывают приписує"
).split()
#: Read behind an actor's name, in other languages.
FOREIGN_PASSIVE = re.compile(
    r"[”\"»“]?(?: \([^()\n]{1,120}\))?(?:,[^,;.:\n]{1,90},)?,? "
    r"(?:(?:est|était|a été|serait|ist|war|wird|wurde|sei|es|era|está|fue|ha sido|jest|była|was|является|была?|"
    r"qui est|que es|die|das|który|która) ){0,2}"
    r"(?P<hedge>(?:\w{4,20}(?:ment|mente|erweise|lich) )?)"
    r"(?P<verb>(?:piloté|dirigé|géré|financé|opéré|contrôlé|orchestré|mené|commandité|conduit|administré)e?s? (?:par|"
    r"pour le compte d[ue]s?)|"
    r"(?:lié|rattaché|attribué|affilié|imputé|imputable|reliée?)e?s? (?:à|au|aux)|(?:émanant|provenant|"
    r"proche)s? (?:de|du|des)|"
    r"(?:dirigid|operad|financiad|controlad|gestionad|orquestad|llevad|ejecutad)[ao]s?(?: a cabo)? por|"
    r"(?:vinculad|ligad|atribuid|relacionad|imputad|asociad)[ao]s? (?:a|al|con)|al servicio de|"
    r"(?:gesteuert|betrieben|finanziert|geführt|kontrolliert|organisiert|orchestriert) (?:von|vom)|"
    r"(?:sterowan|kierowan|finansowan|prowadzon|kontrolowan|powiązan)[aey] (?:przez|z)|"
    r"(?:управля\w{1,6}|финансиру\w{1,6}|контролиру\w{1,6}|руковод\w{1,5}|организован\w{0,3}|керу\w{1,6}|"
    r"фінансу\w{1,6}|контролю\w{1,6}|проводит\w{0,2}|здійсню\w{1,4}|організову\w{1,4}|коорд\w{3,8}|"
    r"підконтрольн\w{1,2}|подконтрольн\w{1,2})|"
    r"(?:связан|пов['’]язан)\w{0,3} (?:с|со|з|із)) "
    r"(?:l['’]|la |le |les |el |los |der |dem |des |die |das )?"
)
#: „wird vom Y gesteuert“: the verb follows whom it is by.
GERMAN_BY = re.compile(
    r"[”\"»“]?(?: \([^()\n]{1,80}\))? (?:wird|wurde|werde|ist|war) (?:\w{2,20} ){0,3}?(?:von|vom) (?:der |dem |den )?"
)
GERMAN_VERB = re.compile(
    r" (?:\w{1,20} ){0,5}?(?:gesteuert|betrieben|finanziert|geführt|kontrolliert|organisiert|orchestriert|gelenkt)\b"
)
#: "Behind X stands Y", in the languages of the field: read before a name, and behind it.
BEHIND = re.compile(
    r"(?:\b(?:[Bb]ehind(?: the)?|[Hh]inter(?: der| dem)?|[Dd]errière(?: la| le)?|[Dd]etrás de(?: la|l)?|[Зз]а|[Zz]a|"
    r"[Rr]esponsibility for(?: the)?)(?: [\w\-]{3,14})?"
    r"|\b[Dd]errière l['’]) ?[“\"«„]?$"
)
STANDS = re.compile(
    r"[”\"»“]?(?: (?:network|operation|campaign))? (?:is|are|was|were|stands?|stood|steht|stehen|stand|steckt|"
    r"stecken|se trouve|se cache|"
    r"se trouvent|est|está|están|se encuentra|стоїть|стоять|стояла|стоит|стоят|stoi|stoją|(?:lies|rests|lay) with) "
    r"(?:the |an? |der |die |das |la |le |el |l['’])?"
)
#: "X is an Iranian influence operation"
DESCRIBED_AS = re.compile(
    r"[”\"»]?(?:,| is| was| –| —) (?:an?|the) (?P<phrase>(?:[\w\-’.]{1,24},? ){1,6}?"
    r"(?:operation|campaign|network|group|actor|cluster|effort|intrusion set))\b"
)
#: Read behind who runs it.
FOREIGN_ACTIVE = re.compile(
    r"[”\"»“]? (?:(?:a|hat|ha) )?(?P<verb>das Netzwerk|die Kampagne|betrieb|betreibt|steuert|steuerte|finanziert|"
    r"finanzierte|"
    r"est derrière|se cache derrière|está detrás de|steht hinter|steckt hinter|pilote|dirige|finance|contrôle|"
    r"orchestre|gère|dirige|financia|controla|opera|управляет|управляла|финансирует|"
    r"стоит за|стояла за|kieruje|finansuje|prowadzi) "
)
