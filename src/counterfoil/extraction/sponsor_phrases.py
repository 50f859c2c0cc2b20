"""Phrases that name somebody who stands behind an operation by what it is, or by its people."""

from counterfoil.extraction.expressions import Expression

_WORD = r"[\w’'\-.&]{1,24}"
_CAP = r"[A-ZÀ-ÞА-ЯЄІЇҐ][\w’'&\-]{0,24}"
_FIRM = (
    r"(?:firm|company|consultancy|agency|start-?up|contractor|subcontractor|corporation|broadcaster|newspaper|outlet|"
    r"organi[sz]ation|institute|foundation|think tank|troll farm|content farm|bot farm|studio|holding|media group|"
    r"media holding|non-?profit|NGO|association|charity|shop|boutique|outfit|vendor|publisher|bureau|lab|laboratory|"
    r"business|enterprise|provider|operator|marketer|conglomerate|production house|media house|call centre|"
    r"call center|front|workshop|"
    r"société|entreprise|agence|officine|fondation|association|"
    r"empresa|agencia|consultora|compañía|fundación|productora|"
    r"Agentur|Firma|Gesellschaft|Stiftung|Unternehmen|Beratungsfirma|Werbeagentur|Produktionsfirma|Medienfirma|"
    r"компани\w{1,3}|фирм\w{1,3}|агентств\w{1,3}|холдинг\w{0,2}|фонд\w{0,2}|"
    r"компані\w{1,3}|фірм\w{1,3}|агентств\w{1,3}|агенці\w{1,3})"
)
_IN = r"(?:in|from|near|at|outside|de|à|en|aus|mit Sitz in|con sede en|из|з|із|в|у)"
_WHERE = (
    rf"(?:,? (?:based |located |headquartered |registered |incorporated |founded |active |installée? |établie? |"
    rf"basée? |"
    rf"ansässige |radicada |с офисом )?{_IN} (?:the )?{_CAP}(?: {_CAP}){{0,2}}(?:,? (?:and|in) {_CAP}(?: {_CAP})?)?)?"
)
_CALLED = (
    r"(?: (?:that (?:is|was)|which (?:is|was))?(?:called|named|known (?:locally )?as|by the name of|"
    r"under the name(?: of)?|"
    r"trading as|operating as|doing business as|calling itself|appelée?|nommée?|baptisée?|dénommée?|llamada|"
    r"denominada|namens|под названием|під назвою))"
)
#: "a marketing agency in Minsk called Vesna Media", "the Moscow firm Volna", „der Agentur X“, «компания “Волна”»
INTRODUCED = Expression(
    rf"(?:the |an? |its |one |another |some |la |le |l['’]|une? |der |die |das |dem |eine[rm]? |el |una? )?"
    rf"(?:(?!(?:an?|the|and|or|who|that|which|by|to|for|of|with)\b)(?:{_WORD}|[a-z][\w\-]{{1,20}},) ){{0,6}}?"
    rf"{_FIRM}(?: (?=[“\"«A-ZÀ-ÞА-ЯЄІЇҐ])|{_WHERE}(?:{_CALLED}|,|(?=,? [“\"«])) )"
    rf"(?:the )?(?P<name>[“\"«][^“”\"«»\n]{{2,40}}[”\"»]|{_CAP}(?: {_CAP}){{0,4}})(?!\w)"
)
_PEOPLE = (
    r"(?:individuals?|people|persons?|actors?|operators?|someone|somebody|entit(?:y|ies)|users|hackers|operatives|"
    r"agents|employees|members|officers?|staff|elements|interests|client|clients|contractors?|subcontractors?|"
    r"freelancers|consultants|workers|organs?|bodies|structures|institutions|units|branches|parts|officials|"
    r"executives|associates|allies|supporters|parties|those|a team|a unit|"
    r"someone|companies|firms|trolls|a troll farm|troll farm|troll farms|a company|a firm|a network|an agency|"
    r"a group|"
    r"entities|journalists|editors|managers|founders?|owners?|a front company|front companies|a subsidiary|"
    r"a contractor|cybercriminals|propagandists|security services?|a circle|figures|a businessman|businessmen|"
    r"сотрудник\w{0,3}|співробітник\w{0,3}|acteurs|Mitarbeiter\w?|empleados|individus|personnes)"
)
#: "employees of", "two former contractors for": people that stand for their body
PEOPLE_OF = Expression(
    r"(?:an? |the |some |two |three |several |des |de |les |eine[rmn]? |former |current |senior |unnamed |local |"
    r"other |two former |paid |"
    r"individual |unidentified |private |commercial ){0,3}"
    rf"{_PEOPLE}(?: (?:and|or) {_PEOPLE})? (?:\w{{2,20}}ly )?"
    r"(?:(?:who|that|which) (?:are|were|is|was|worked|work|works)? ?)?"
    r"(?:(?:working|operating|acting|active|serving) (?:in|at|on|under) the "
    r"(?:interests?|behest|orders?|direction|service|instructions?|control|payroll|pay) of|"
    r"in|of|from|at|within|for|by|under|on|inside|close to|loyal to|"
    r"(?:based|located|living|employed|working|operating|acting|associated|affiliated|aligned|linked|tied|connected|"
    r"run|controlled|owned|funded|paid|contracted|hired|directed|backed|sponsored|organi[sz]ed|managed|operated) "
    r"(?:\w{2,20}ly )?(?:in|of|from|at|within|for|by|with|to|on behalf of)|"
    r"des|de la|de l['’]|du|von|vom|der|de|del|liés? à) "
    r"(?:the |an? |l['’]|la |le )?"
)
#: A person, with words before the name that say who it is.
PERSON = Expression(
    r"(?:(?:the |a |an )?(?:[A-Z]?[\w\-]{2,20} ){0,4}?(?:businessm[ae]n|businesswoman|oligarch|entrepreneur|"
    r"consultant|"
    r"politician|strategist|financier|blogger|fugitive|magnate|tycoon|sheriff|propagandist|officer|lawmaker|official|"
    r"activist|editor|publisher|operative|founder|leader|boss|chief|citizen|national|resident|hacker|investor|"
    r"[а-яіїє]{2,20}(?:ом|ем|ым))(?: and \w+)? (?:called |named )?)?"
    r"(?P<who>[A-ZÀ-ÞА-ЯЄІЇҐ][a-zà-ÿа-яєіїґ’'\-]{1,20}(?: (?:[A-Z]\.|al|bin|de|van|von|"
    r"[A-ZÀ-Þ][a-zà-ÿ’'\-]{1,20})){0,2}"
    r" [A-ZÀ-ÞА-ЯЄІЇҐ][a-zà-ÿа-яєіїґ’'\-]{1,20})(?![\w\-])(?! (?:[A-Z]|network|operation|campaign|group))"
)
#: A body that has no name of its own.
BODY = Expression(
    r"(?:the |an? |its )?(?P<body>(?:[\w’'\-]{2,20} ){0,4}?(?:bureau|ministry|youth wing|wing|troll farm|"
    r"content farm|"
    r"troll factory|command|unit|directorate|presidency|(?:intelligence|security|spy|marketing|PR|public relations|"
    r"advertising|propaganda|state|communications|press|media) (?:agency|service|services|firm|company|office|"
    r"department|broadcaster))(?: (?:of|in) (?:the )?[A-ZÀ-Þ][\w’'\-]{1,20}(?: [A-ZÀ-Þ][\w’'\-]{1,20}){0,2})?)"
    r"(?= |[,.;:)\n]|$)(?! (?:[a-z][\w\-]{1,20} ){0,2}[“\"A-ZÀ-Þ])"
)
#: "two Russian companies, (A and B)"
SEVERAL = Expression(
    r"(?:the |two |three |four |several |its )?(?:[\w\-]{3,18} ){0,3}(?:companies|firms|agencies|contractors|"
    r"outlets|entities|"
    r"organi[sz]ations|consultancies|studios|businesses)(?:,|:| called|"
    r" named)? (?:the )?(?=[A-ZÀ-Þ“\"][\w]+[^.;\n]{0,60} and )"
)
