"""The words of denials: verbs with what is denied, verdicts in quotation marks, "nothing to do with"."""

import re

from counterfoil.extraction.expressions import Expression

_INVOLVED = (
    r"(?:involve\w*|links?\b|connections?\b|ties?\b|role\b|part in|responsib\w+|interfer\w*|meddl\w*|being behind|"
    r"was behind|"
    r"built|running|ran\b|operat\w*|sponsor\w*|wrongdoing|this\b|it\b|them\b|to do with|any such|being the|"
    r"having any|"
    r"knowledge|acting for|working for|"
    r"implication|ingérence|lien\b|responsabilité|Beteiligung|(?:l[’'])?origine|Verbindung|das\b|dies\b|"
    r"implicaci[óo]n|participaci[óo]n|relación|vínculo|причастн\w+|отношени\w+|связ\w+|это\b|udzia\w+|związ\w+)"
)
_ACCUSED = (
    r"(?:accus\w+|allegation\w*|claims?\b|charges?\b|reports?\b|findings?\b|affair\b|story\b|stories\b|"
    r"questions?\b|assertions?\b|insinuation\w*|study\b|attribution|conclusion\w*|suggestion\w*|"
    r"informe\b|rapport\b|Bericht\w*|отчёт\w*|доклад\w*|звіт\w*|висновк\w*|вывод\w*|assertion\w*|"
    r"Vorw[uü]rfe?n?|versión\w*|versiones|Anschuldigung\w*|"
    r"acusaci\w+|"
    r"señalamiento\w*|обвинени\w+|звинувачен\w+|zarzut\w*|oskarże\w+)"
)
_DENY = (
    r"(?:denied|denies|deny|denying|rejected|rejects|rejecting|dismissed|dismisses|disputed|disputes|refuted|"
    r"disavowed|"
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
    r"(?:(?:said|says|replied|told|insisted)(?: [^.;:“”\"\n]{2,40}?)? (?:the|this|that|these|all|"
    r"such) (?:claims?|accusations?|"
    r"allegations?|charges?|reports?|story|findings?|suggestions?) (?:was|were|is|are) (?:[“\"]|an? |all |\w+ ?[.,])|"
    r"(?:called|calls|calling|described|describes|dismissed|dismisses|labell?ed|brushed off|waved away|shrugged off|"
    r"laughed off|mocked|derided) [^.!?\n]{0,40}?\b(?:accusations?|allegations?|claims?|charges?|reports?|"
    r"findings?|affair|"
    r"story|stories|questions|attribution|suggestions?|assessment|conclusions?|study)\b"
    r")"
)
_NOTHING = (
    r"(?:(?:knew|knows|know) nothing (?:of|about)|(?:had|has|have) no (?:knowledge|clients?|customers?|contracts?|"
    r"accounts|interests?|business|dealings)\b|(?:was|is|were|are) (?:not aware|unaware) of|(?:had|has|"
    r"have) [“\"]?neither|"
    r"(?:had|has|have) (?:only ever|always only)|"
    r"never (?:once )?(?:written|published|touched|dealt|met|taken|received|produced|posted|seen)|"
    r"(?:there (?:is|was|are|were)|(?:had|has|have|we have)) no (?:orders?|contracts?|money|payments?|"
    r"instructions?|clients?|"
    r"customers?|sponsors?) (?:from|with|of) (?:any|the|a)\b|"
    r"(?:причетніст\w+|причастност\w+|звинуваченн\w+|обвинени\w+) (?:запереч|відкида|отрица|отверга|спростов|"
    r"опроверг)\w+|"
    r"(?:jamás|nunca) (?:trabaj|recib|cobr|gestion|tuv)\w+|n[’']a jamais|ne conna[iî]\w+ (?:ni|pas)|"
    r"(?:dément|démenti\w*) (?:en bloc|catégoriquement|formellement|tout en bloc)|"
    r"(?:does not|doesn['’]t|do not) [“\"]?(?:run|operate|pay|employ|outsource|engage in|conduct|carry out|"
    r"practi[sc]e|"
    r"spread|need to)|(?:[“\"])(?:does not|doesn['’]t|do not|did not|has never|have never) |"
    r"(?:had|has|have) (?:absolutely )?(?:[“\"]\s?)?(?:nothing to do with|no (?:hand|connection|links?|ties|"
    r"role|part|"
    r"involvement)|never (?:interfered|meddled|worked|heard)|"
    r"no intention (?:of|to) (?:interfer|meddl)\w+|no interest in (?:interfer|meddl)\w+|never (?:run|ran|paid|"
    r"operated|funded|financed|employed|"
    r"commissioned|ordered|managed|hired|been involved|had (?:any|anything)|taken part|done|controlled|sponsored))|"
    r"(?:does not|doesn['’]t|did not|never|will not|would not|do not) (?:interfere|interferes|meddle|meddles)|"
    r"(?:is|was|were|are) not (?:involved|behind|responsible)|opposes (?:any|all) interference|"
    r"n['’](?:avai(?:t|ent)|a|ont) (?:ni\b|jamais)|(?:jamás|nunca) (?:ha|han|había|hubo)|no (?:había|ha|"
    r"han) (?:contratado|pagado|"
    r"gestionado|tenido|financiado)|никакого отношения (?:к [^.,;]{3,40} )?не (?:имеет|имел)|не (?:має|мала|"
    r"имеет) [«“]?|"
    r"nie(?:mals)? (?:etwas|Konten|ein)|habe (?:damit )?nichts|"
    r"n['’]a (?:rien à voir|aucun lien)|mischt? sich nicht|mische sich nicht|nichts (?:mit|damit) zu tun|"
    r"no (?:se inmiscuye|tiene (?:nada que ver|relación|vínculo))|"
    r"не имеет (?:никакого )?отношени\w+|не вмешивается|не має (?:жодного )?стосунку|не втручається|"
    r"nie ma (?:nic wspólnego|związku))"
)
#: "called it “theatre”", "told the paper this was “untrue in every word”"
_QUOTED_VERDICT = (
    r"(?:called|calls|calling|described|describes|dismissed|dismisses|mocked) (?:it|them|this|that|both|all|the|"
    r"these)\b"
    r"(?: [\w’'\-]{1,20}){0,4}?,?(?: as)?(?: an?| the)? [“\"](?=[^”\"\n]{3,120}[”\"])|"
    r"(?:said|says|told|tells|wrote|replied|insisted|insists|maintained)(?: [^.;:“”\"\n]{2,50}?)? "
    r"(?:this|that|it|which|they|these|the \w+) (?:was|is|were|are|had been) (?:an? |all |[“\"])?(?:untrue|"
    r"wrong|nonsense|"
    r"invented|made up|forg\w+|fake|rubbish|propaganda)|"
    r"(?:says|said|claims|claimed|insists|insisted) (?:it|they) (?:was|had been|were) (?:hacked|framed|set up|"
    r"impersonated)"
)
_ABROAD = (
    r"(?:(?:lo|las|los) (?:niega|niegan|negó|negaron|desmiente|desmintió|rechaza|rechazó)|(?:a|ont) (?:démenti|"
    r"nié)(?=[.,;])|"
    r"(?:wies|weist|wiesen|weisen) (?:das|dies|es) [^.;\n]{0,40}?zurück|(?:це|это) (?:запереч\w+|відкида\w+|"
    r"отриц\w+|отверга\w+)|"
    r"(?:запереч\w+|відкида\w+|отриц\w+|отверга\w+) (?:це|это)\b|(?:называ\w+|назива\w+|називав) (?:такі|"
    r"подібні|ці|такие|подобные|эти) (?:звинувачення|обвинения)|"
    r"(?:calific\w+|qualifi\w+|tach\w+) (?:de |como |d['’]|"
    r"comme )?[«“\"]|"
    r"(?:bezeichnete|nannte)\w* [^.;\n]{0,60}?[„«\"]|dénonc\w+ [«“\"]|denunci\w+ [«“\"]|(?:назв\w+|"
    r"назива\w+) (?:это|це|обвинения|"
    r"звинувачення|[^.;\n]{0,30}?) ?[«„\"])"
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
DENIAL = Expression(
    rf"(?<![\w\-])(?:(?P<passive>{_DENIED_BY})|(?P<quoted>{_NONSENSE})|"
    rf"(?P<verdict>{_QUOTED_VERDICT}|{_ABROAD})|"
    rf"(?P<involved>{_DENY}[^.!?\n]{{0,70}}?\b{_INVOLVED}|{_REFUSED})|"
    rf"(?P<accused>{_DENY}[^.!?\n]{{0,60}}?\b{_ACCUSED}|{_CALLED}|{_CALLED_ANYTHING})|(?P<nothing>{_NOTHING}))",
    re.IGNORECASE,
)

#: Beginnings of the words with which a denial can begin: looking for them is quicker than trying everywhere.
BEGINS = tuple(
    (
        "lo calific qualif bezeichn nannt dénonc denunc назива jamás nunca n никакого habe calling does do "
        "den reject dismiss disput refut disavow dém nie nié niai rejet récus contest bestre bestri dement "
        "weis wies zurückg neg niega rechaz desm отриц отверг опроверг запереч спросту відкину zaprz odrzu "
        "zdement call describ said says qualif calific tach bezeich nannte назв заяв nazw określ had has have "
        "labell insist claims maintain replied wrote knew know brush waved shrugg laugh mocked derid told "
        "tells ground unfound nonsense fabricat absurd ridic "
        "ludicr lies sland rubbish invention fantasy fairy smear "
        "false untrue fiction joke hyster basel refus declin brushed does doesn did never will would do is was "
        "were are there ne причет причаст звинувач обвинен oppos mischt mische nichts no не nie n"
    ).split()
)
