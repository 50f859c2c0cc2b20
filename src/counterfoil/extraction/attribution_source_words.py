"""The words by which reports say who makes a claim: names and roles of speakers, verbs of saying before and behind."""

from counterfoil.extraction.expressions import Expression

CAP = r"(?:[A-ZÀ-ÞА-ЯЄІЇҐ]|\d(?=[A-Za-z]))[\w’'&\-]{0,30}"
NAME = (
    rf"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov)\. )?{CAP}(?:,? (?:of|the|for|and|on|at|de|des|du|del|von|van|der|&|"
    rf"[A-Z]\.|{CAP})){{0,9}}"
)
ROLE_NOUN = (
    r"(?:spokes(?:person|man|woman|people)|officials?|representatives?|researchers?|analysts?|investigators?|"
    r"prosecutors?|police|ministry|ministers?|embassy|company|firm|consultancy|agency|agencies|government|"
    r"governments|"
    r"observatory|institute|committee|commission|court|think tank|nonprofit|newspaper|outlet|study|report|centre|"
    r"center|"
    r"mayor|president|senator|authors?|experts?|executives?|authorities|lawyers?|head|director|founder|chief|party|"
    r"regulator|watchdog|bureau|council|office|service|services|team|employees|contractors|diplomats?|insiders?|"
    r"sources?|"
    r"intelligence|scientists?|academics?|scholars?|journalists?|platform|vendor|unit|laboratory|lab|group|"
    r"indictment|"
    r"army|military|police|assessment|investigation|document|statement|memo|leaks?|documents|workers?|whistleblower|"
    r"programmer|employee|dissidents?|activists?|campaigners?|organi[sz]ation|ministers|union|department|affidavit)"
)
ROLE = (
    rf"(?:(?:[Aa]n?|[Tt]he|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome|[Mm]any|[Ss]enior|[Ff]ormer|[Oo]ur|[Ii]ts|"
    rf"[Tt]hese) )?"
    rf"(?:[\w’'\-.]{{1,24}} ){{0,6}}?(?i:{ROLE_NOUN})(?: (?:for|of|at|from|with|in|by) [\w’'&\- ]{{2,70}}?)?"
)
WE = r"(?:[Ww]e|[Ww]e also|[Nn]ous|[Ww]ir|[Мм]ы|[Oo]ur (?:own )?\w+)"
SPEAKER = Expression(rf"(?:{WE}|{ROLE}(?: {NAME})?|{NAME}|[Ii]t|[Ss]he|[Hh]e|[Tt]hey)")
CONFIDENCE = (
    r"(?:,? with (?:an? )?(?:\w+ )?(?:high|moderate|medium|low|strong)(?: to (?:high|moderate|medium))?"
    r"(?: degree of)? confidence,?)"
)
#: Who says a claim that follows in the same sentence; `said` tells how surely.
SAYS_THAT = Expression(
    r"(?<![\w\-])(?P<said>assess(?:es|ed)?|believes?|believed|judges?|judged|concludes?|concluded|estimates?|"
    r"estimated|"
    r"suspects?|suspected|alleges?|alleged|claims?|claimed|says?|said|finds?|found|reports|reported|states?|stated|"
    r"confirms?|confirmed|announced|revealed|reveals|determined|established|establishes|argued|argues|shows?|showed|"
    r"told [^.;:“”\"\n]{2,40}?|warned|warns|wrote|writes|noted|notes|added|adds|insists|insisted|maintains|thinks?|"
    r"considers?|considered|disclosed|explained|asserts?|asserted|indicates?|indicated|suggests?|suggested|"
    r"learned|discovered|saw|sees|holds|documented|testified|testif(?:y|ies)|recalled|reckons?|reckoned|"
    r"(?:is|are|was|were|remains?) (?:\w+ )?(?:convinced|sure|certain|confident|adamant|in no doubt|of the opinion))"
    rf"(?P<sure>{CONFIDENCE})?(?: (?:on|in|last|this|earlier|yesterday|later|back in|"
    rf"as early as)(?: (?!that)\w+){{0,3}}| \w+ly)?(?: in (?:an?|its) [\w \-]{{3,30}}?)?,? "
    r"(?:that |how |to (?=be\b)|(?=[A-Z“\"]|the |this |it |they |its |[a-z]+ (?:network|operation|campaign)))"
    r"|(?<!\w)(?P<abroad>estime\w?|estiment|affirment|assurent|concluent|affirme|assure|conclut|considère|"
    r"indique|révèle|estima|afirma|cree|concluye|"
    r"sostienen?|estiman|afirman|creen|aseguran|señalan|"
    r"asegura|señala|считает|считают|заявил\w?|сообщил\w?|сообщает|утвержда(?:ет|ют)|вважа(?:є|ють)|повідомил\w?|"
    r"стверджу(?:є|ють)|заявил\w?|uważa|twierdzi|stwierdził\w?|ocenia|erklärte|erklärt|geht davon aus|"
    r"gehen davon aus|"
    r"sagt|sagte|berichtet|berichtete)"
    r"(?:,? (?:avec|con|mit) [^.;,\n]{3,50})?,? (?:que |qu['’]|что |що |że |dass )"
    r"|(?<!\w)(?P<having>confirmé|indiqué|affirmé|annoncé|déclaré|assuré|confirmó|afirmó|aseguró|anunció)"
    r"(?: (?:à|a|au) (?:la |l['’])?[\w\-]{2,20})? (?:avoir|haber|que) "
)
LAST = Expression(
    rf",[”\"»]? (?:(?P<who>(?:[Tt]he )?{ROLE}(?: {NAME})?|(?:the )?{NAME}|it|she|he|they|"
    rf"издание «[^«»\n]{{2,30}}»)"
    r"(?: (?:has|have|had|also|later))? (?:said|says|say|reported|reports|found|finds|wrote|writes|assess(?:ed|"
    r"es)?|added|"
    r"noted|claim(?:ed|s)?|allege[ds]?|conclude[ds]?|announced|believes?|believed|confirm(?:ed|s)|reveal(?:ed|"
    r"s)|disclosed|"
    r"established(?=[,.])|testified|argue[ds]?|contends?|contended|maintains?|suspects?|suspected|thinks?|judge[ds]?|"
    r"estimate[ds]?|insist(?:ed|s)?|state[ds]?|recalled|warn(?:ed|s)|show(?:ed|s)?|explained)\b"
    r"|(?:said|says|wrote|writes|reported|reports|believes|argues|added|noted|alleges|alleged|concluded|"
    r"concludes|claims|утвержда\w+|сообща\w+|выясни\w*|установи\w*|встанови\w*|з[’']ясува\w+|зазнача\w+|"
    r"отмеча\w+|вважають у|заяв\w+|счита\w+|повідомля\w+|повідомил\w+|"
    r"стверджу\w+|вважа\w+|dijo|señaló|indicó|a indiqué|a affirmé|a annoncé|a déclaré|a conclu|indique|affirme|"
    r"selon|según|laut|according to) "
    rf"(?:the |an? |la |le |l['’]|el |издани\w+ |видання |лаборатори\w+ )*[«“„]?(?P<after>{ROLE}(?: {NAME})?|"
    rf"{NAME}))"
)
