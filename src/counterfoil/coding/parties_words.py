"""Words by which the party grammar knows who acts, and what kind of act a verb is.

The lists are short on purpose: a word stands in a party's list only if it nearly always means that party
in reports on influence operations. "Ministry", "firm" or "outlet" do not: any of them may be the operation.
"""

from enum import StrEnum


class Party(StrEnum):
    """Whose act a passage tells of."""

    OPERATION = "operation"
    PLATFORM = "platform"
    RESEARCHER = "researcher"
    PRESS = "press"
    GOVERNMENT = "government"  #: police, courts, regulators and election bodies that act against it
    VICTIM = "victim"
    BYSTANDER = "bystander"  #: ordinary users, companies and charities
    UNKNOWN = "unknown"


#: Head nouns, singular; plurals are found by their endings.
HEADS = {
    Party.OPERATION: (
        "account profile persona network operation operator campaign troll bot botnet actor group page channel site "
        "website domain sockpuppet puppet impostor imposter impersonator fraudster scammer hacker attacker "
        "contractor agent militant extremist propagandist clone handle farm ring cluster adversary gang perpetrator "
        "defendant conspirator man men woman women couple"
    ),
    Party.PLATFORM: "moderator classifier platform",
    Party.RESEARCHER: (
        "researcher academic scientist scholar academician experimenter analyst investigator fact-checker factchecker "
        "think-tank observatory watchdog phd-student ethnographer sociologist co-author thinktank tank lab"
    ),
    Party.PRESS: (
        "newspaper journalist reporter correspondent broadcaster magazine editor columnist newsroom weekly "
        "documentary-maker podcaster"
    ),
    Party.GOVERNMENT: (
        "police policeman detective gendarme prosecutor court judge tribunal magistrate regulator sheriff "
        "coastguard authorities"
    ),
    Party.VICTIM: "victim",
    Party.BYSTANDER: (
        "ngo charity nonprofit non-profit university school hospital library retailer bakery shop supermarket "
        "voter reader subscriber customer parent fan supporter viewer citizen resident passer-by passers-by user "
        "commuter shopper pensioner player gamer advertiser business brand bank company companies jobseeker seeker "
        "teacher pupil neighbour neighbor tourist listener consumer people participant"
    ),
}
#: What operations like to call their fronts: not when it is new to the text ("a think tank").
FRONTS = frozenset("tank think-tank thinktank observatory watchdog".split())
#: Bystanders who often are the operation: only with a word that makes them ordinary, or a harmless verb.
OFTEN_DOERS = frozenset(
    "user users people supporter supporters fan fans player players gamer gamers student students participant "
    "participants reader readers voter voters citizen citizens company companies business businesses brand brands "
    "advertiser advertisers subscriber subscribers viewer viewers parents parent listeners residents "
    "resident".split()
)
ORDINARY = frozenset(
    "ordinary real genuine authentic unsuspecting unwitting innocent legitimate many most some other everyday "
    "normal small local football job average new individual several paying registered".split()
)
HARMLESS = frozenset(
    "report complain believe see click notice receive flag mock reply ask read watch download pay lose upload "
    "target announce forward film follow reach advertise buy subscribe install meet learn visit enter use send "
    "tell warn sell offer hire".split()
)
#: Groups that are many of what comes after "of".
MANY_OF = frozenset(
    "team group number hundred hundreds thousand thousands million millions billion billions majority one some many "
    "most several dozen dozens pair consortium coalition handful lot couple alliance panel half both two three".split()
)
#: Heads that belong to whoever stands beside them ("Meta's team", "an OpenAI report", "staff at Reddit").
NEUTRAL = frozenset(
    "team teams staff spokesperson spokesman spokeswoman spokespeople engineer engineers employee employees report "
    "reports tool tools system systems software filter filters algorithm algorithms policy policies guideline "
    "guidelines rules unit units lab labs officer officers official officials department division program programme "
    "experts expert author authors advert adverts advertisement advertisements ad ads article articles bulletin "
    "paper monitor monitors volunteers student students firm vendor institute centre center commission authority "
    "agency documentary podcast story blog post posts statement bureau council organisation organisations "
    "organization organizations executives executive chief head director founder leaflet newsletter app service "
    "website site page project desk administrators administrator trust terms".split()
)
#: Heads whose owner need not be who uses them: stolen, cloned or named after.
BORROWED = frozenset(
    "account accounts profile profiles handle handles page pages channel channels group groups".split()
)
#: Owners whose pages are their own, not stolen ones.
WEBSITES = frozenset("page pages website site blog channel newsletter".split())
#: What makes of a noun another party: the word before the head.
COMPOUNDS = {
    Party.RESEARCHER: (
        "research|study|security vendor|university|threat-intelligence|threat intelligence|fact-checking|monitoring|"
        "security firm|academic|stanford|oxford|graduate|phd"
    ),
    Party.GOVERNMENT: (
        "police|customs|returning|border|electoral|election|cyber police|cybersecurity|cyber security|court|"
        "justice|treasury|telecoms"
    ),
    Party.PLATFORM: "trust and safety|safety|content|moderation|spam|integrity|platform",
    Party.PRESS: "newspaper|investigative|television|radio|magazine",
}
#: Words before a head that say it is no such thing, or one in somebody's pay.
PRETENDED = frozenset(
    "fake bogus false supposed so-called self-styled self-described self-proclaimed purported pretended pseudo "
    "phony phoney sham invented fictitious fabricated non-existent nonexistent state state-run state-owned "
    "state-controlled pro-government pro-kremlin government-aligned party hired paid rogue corrupt friendly cloned "
    "counterfeit imaginary partisan tame former spoofed would-be fringe".split()
)
#: Words before or after a head that make it the one who suffers.
SUFFERS = frozenset(
    "impersonated targeted hacked defamed cloned affected abused doxed doxxed spoofed smeared misquoted "
    "victimised victimized harassed genuine real".split()
)
PERSONS_IN_PUBLIC = frozenset(
    "senator mayor minister candidate president actress actor professor governor politician mp deputy singer "
    "activist councillor ambassador chancellor celebrity footballer doctor author writer presenter anchor".split()
)
NAMES = {
    Party.PLATFORM: (
        "Facebook|Meta|Instagram|WhatsApp|Twitter|X|YouTube|Google|Alphabet|TikTok|ByteDance|Telegram|Reddit|Discord|"
        "LinkedIn|Snap|Snapchat|Pinterest|Twitch|Microsoft|Apple|Amazon|OpenAI|Anthropic|Mistral|DeepSeek|Yahoo|"
        "Mozilla|PayPal|Stripe|Patreon|Substack|Medium|Tumblr|Wikipedia|Wikimedia|Spotify|Airbnb|Tinder|Bumble|"
        "Cloudflare|GoDaddy|Namecheap|WordPress|VKontakte|VK|WeChat|Weibo|Viber|Signal|Quora|Steam|Valve|Roblox|"
        "Bluesky|Mastodon|Threads|Nextdoor|GitHub|Vimeo|Rumble|Tencent|Baidu|Midjourney|Verisign"
    ),
    Party.RESEARCHER: (
        "Graphika|Mandiant|Recorded Future|DFRLab|Digital Forensic Research Lab|Stanford Internet Observatory|EU "
        "DisinfoLab|ISD|Institute for Strategic Dialogue|Citizen Lab|Bellingcat|NewsGuard|Alethea|Cyabra|Insikt Group|"
        "CrowdStrike|FireEye|Kaspersky|ESET|Proofpoint|Sekoia|Check First|Qurium|Logically|Snopes|PolitiFact|Full "
        "Fact|Correctiv|Maldita|Avaaz|Global Witness|AlgorithmWatch|Oxford Internet Institute|Viginum|VIGINUM|MTAC"
    ),
    Party.PRESS: (
        "Reuters|BBC|CNN|AFP|Agence France-Presse|Associated Press|Guardian|New York Times|Washington Post|Le Monde|"
        "Der Spiegel|Spiegel|Wall Street Journal|Financial Times|Bloomberg|Politico|NPR|ProPublica|Die Zeit|El País|"
        "Süddeutsche Zeitung|The Insider|Meduza|Forbidden Stories|BuzzFeed News|NBC News|ABC News|CBS News"
    ),
    Party.GOVERNMENT: (
        "FBI|Europol|Interpol|OFAC|Ofcom|FTC|CISA|Justice Department|Department of Justice|Treasury|Scotland Yard|"
        "European Commission|Supreme Court|Secret Service|Federal Election Commission|Electoral Commission"
    ),
    Party.OPERATION: (
        "RT|Sputnik|TASS|RIA Novosti|CGTN|Global Times|Press TV|PressTV|Xinhua|Internet Research Agency|IRA|GRU|FSB|"
        "Doppelganger|Spamouflage|Ghostwriter|Social Design Agency|Storm-\\d{4}"
    ),
}
#: Model makers: in these reports they are named as who tells of it, as often as whose tool is used.
MODEL_MAKERS = frozenset("OpenAI Anthropic Mistral Microsoft".split())

#: Verbs whose object is somebody else's doing: what they see and tell.
SEES = frozenset(
    "find detect identify discover uncover expose spot observe see notice trace link attribute track monitor "
    "analyse analyze examine study investigate map count describe document report detail cover explain discuss "
    "cite note mention reveal show name say believe suspect assess state claim allege tell hear warn know call "
    "dub debunk verify scrape collect download drop exclude sample archive code classify annotate compare confirm flag "
    "receive review witness determine list denounce accuse charge blame unmask catch score recognise recognize "
    "label score collect record quote suggest conclude estimate hold argue think".split()
)
#: Verbs whose object they end.
ENDS = frozenset(
    "remove delete suspend ban block disable close dismantle disrupt seize arrest sanction indict fine convict "
    "demote deplatform restrict limit stop terminate raid jail designate purge shutter freeze take shut pull "
    "target".split()
)
#: Verbs that forbid or ward off in general.
WARDS = frozenset(
    "prohibit forbid combat fight tackle counter prevent address curb mitigate protect guard recognise recognize "
    "disallow outlaw".split()
)
SPEAKS = frozenset(
    "say state claim allege believe suspect assess report warn note argue tell announce post write tweet conclude "
    "find confirm reveal show add think hear suggest explain describe estimate see discover learn determine deny "
    "denounce reject clarify share put".split()
)
#: Verbs that set somebody else to work.
SETS_ON = frozenset(
    "ask urge tell train pay hire encourage trick lead cause recruit instruct order invite allow enable help force "
    "get teach remind let persuade incite task".split()
)
VERBS = (
    "accept ad accompany activate adopt advertise aim amplify appear approach automate bankroll begin bid blog "
    "boost build buy capture choose circulate clone coin comment commission contact copy create deceive deploy "
    "design develop direct disguise disseminate distribute doctor dox drive edit email embed enter establish "
    "exploit fabricate feed film flood follow forge forward found fund gain gather generate go grow hack hand "
    "hang harass harvest hide hijack host imitate impersonate include inflate infiltrate inform insert "
    "interview intimidate introduce invent invite issue join keep launch launder leak learn leave like locate "
    "lock lure maintain make manipulate manage masquerade message mimic mislead mock mobilise mobilize move "
    "obtain offer open operate organise organize outsource own pass persuade phone place plan plant play pose "
    "post prepare present press pretend print produce promote propagate provide publish push put quote raise "
    "read recycle redirect register release relaunch rename rent repeat replace reply repost republish request "
    "retweet run scam scrape seed seek sell send serve set share ship shop sign sinkhole smear solicit sow "
    "spam spend sponsor spoof spread start steal stage stream submit support swap syndicate synthesise target "
    "teach test text threaten throw translate trick try turn tweet unseal unveil upload urge use utilise "
    "utilize view visit vote warm watch wear work write wage imply belong give bring draw break rise fall win "
    "sit stand mean feel deal rely describe agree decline return complain refuse claim become remain need want "
    "allow let wait walk meet air tell relay"
).split()
#: Forms that no rule gives: past and participle.
IRREGULAR = {
    "find": "found", "see": "saw seen", "tell": "told", "hear": "heard", "know": "knew known", "take": "took taken",
    "shut": "shut", "buy": "bought", "build": "built", "begin": "began begun", "choose": "chose chosen",
    "drive": "drove driven", "feed": "fed", "fight": "fought", "forbid": "forbade forbidden", "get": "got gotten",
    "go": "went gone", "grow": "grew grown", "hang": "hung", "hide": "hid hidden", "hold": "held", "keep": "kept",
    "lead": "led", "leave": "left", "let": "let", "lose": "lost", "make": "made", "mislead": "misled",
    "pay": "paid", "put": "put", "read": "read", "run": "ran run", "say": "said", "seek": "sought", "sell": "sold",
    "send": "sent", "set": "set", "show": "showed shown", "sow": "sowed sown", "spend": "spent", "spread": "spread",
    "steal": "stole stolen", "teach": "taught", "think": "thought", "throw": "threw thrown", "wear": "wore worn",
    "write": "wrote written", "forgo": "forwent", "catch": "caught", "become": "became become", "meet": "met",
    "give": "gave given", "bring": "brought", "draw": "drew drawn", "break": "broke broken", "rise": "rose risen",
    "fall": "fell fallen", "win": "won", "sit": "sat", "stand": "stood", "mean": "meant", "feel": "felt",
    "deal": "dealt", "bid": "bid", "unseal": "unsealed", "dox": "doxed doxxed", "learn": "learned learnt",
}  # fmt: skip
#: Doubled consonants.
DOUBLED = frozenset(
    "ban tag map spot plan stop scam spam dub flag run set get put ship shop swap plot jam trap cut let shut chat "
    "blog bid".split()
)
#: Verbs whose base and -s forms are nouns as often.
NOUNS_TOO = frozenset(
    "ad account post report target study use claim link help plan aim name label comment like view attack "
    "clone copy blog tweet message spam ban block host list order issue offer call contact record release "
    "review test train trace track trick visit vote share charge work design fund film feed ring email text "
    "document cover detail show request press score state run read move map count support drive set place play "
    "start launch print sign raid fine guard address limit stop return hand lead pose repost retweet reply "
    "stream push walk watch focus shop bid scam end need hold close purge find seed wage break rise fall win "
    "stand deal draw smear note value air group form commission approach boost exploit harvest interview lure "
    "mock mimic plant phone present scrape sponsor swap target turn try leave open direct own cause protest "
    "regret witness forward hack lock store disguise relay press score suspect estimate sanction convict shop "
    "wear hijack".split()
)
DETERMINERS = frozenset(
    "a an the this these those its their his her our my your each every no any some such another both all whose".split()
)
#: Verbs by which something comes to be, is got or is used: the object is then the subject's.
MAKES = frozenset(
    "create build buy register set open publish post run launch send write make use produce design develop train "
    "hire upload share release print air show include advertise sponsor offer introduce add operate "
    "establish start tweet email message issue generate bid host rent lease pay present fund stage promote broadcast "
    "place order commission recruit spend test announce ship distribute hang join teach fabricate invent "
    "prepare maintain leave retweet repost rely".split()
)
#: "A charity founded in January", "a firm based in Riga": what was done to the noun, not by it.
DONE_TO = frozenset("found register establish launch create set base call name know run fund own".split())
#: What machines and moderators do all day.
CATCHES = frozenset("detect flag catch identify spot score review label verify".split())
#: Verbs whose subject is at the receiving end: the act is the sender's.
UNDERGOES = frozenset("receive get see hear lose believe suffer encounter fall become".split())
ADVERTS = frozenset("ad ads advert adverts advertisement advertisements post posts".split())
#: Of what belongs to "us" and "our", what makes us the authors of a study, or a platform.
OUR_MEN = frozenset(
    "team staff analyst analysts researcher researchers engineers monitors study paper report lab".split()
)
OUR_RULES = frozenset("policy policies system systems guideline guidelines rules filters algorithms terms".split())
#: Heads that mean the press only where the verb is the press's own.
PRESS_AT_WORK = frozenset(
    "publish print air broadcast write report interview contact phone ask obtain debunk investigate correct find "
    "reveal tell say".split()
)
SOFT_PRESS = frozenset("editor correspondent columnist magazine weekly broadcaster".split())
#: Whose journalists and scholars may well be the operation's.
EMPLOYERS = frozenset(
    "portal outlet site network ministry agency party operation right left movement regime government state "
    "kremlin group".split()
)
PREPOSITIONS = frozenset(
    "of in on at by for from with about into against through during under over between among across via within "
    "without behind per like as upon toward towards since until despite after before outside inside around near "
    "including regarding concerning following off out up".split()
)
BE = frozenset("be is are was were been being am get got gets getting".split())
HAVE = frozenset("have has had having do does did".split())
MODALS = frozenset("may might could can will would shall should must cannot".split())
SUBORDINATORS = frozenset("because if when while where whereas although though how why whether once unless so".split())
PRONOUNS = frozenset("it they he she we you i one nobody somebody someone".split())
ADVERBS = frozenset(
    "not never also later then now often still already even just only once again always soon ever first there "
    "here too almost yet together instead n't t twice today yesterday further long back".split()
)
#: Words of telling in front of what is told of: "a report on the fake accounts".
TEXTS = frozenset(
    "report reports article articles study studies story stories documentary analysis paper papers investigation "
    "investigations post statement dataset list thread notice indictment lawsuit evidence details screenshots names "
    "warning warnings findings bulletin advisory alert blog series piece book database advice guide information data "
    "questions examples archive map".split()
)
#: Words of what an operation makes and others do not, save to study or catch it.
DECEPTIVE = (
    r"fake|false|bogus|impersonat|pos(?:e|ed|es|ing) as|sock ?puppet|fabricat|forge|disinformation|propaganda|"
    r"hoax|conspirac|smear|troll|bots?\b|fictitious|masquerad|disguis|inauthentic|rumou?rs?\b|harass|threat|racist|"
    r"mislead|doctored|deepfake|identical|laund|stolen|leaked the"
)
#: Circumstances in which those who chase an operation deceive.
UNDERCOVER = r"undercover|decoy|sting|suspect|lured?|arrest|infiltrat|hidden camera|detectives?"
#: What says that the whole sentence is a figure or a habit, not one act.
IN_GENERAL = (
    r"\b(?:millions|billions|(?:\w+ )?(?:million|billion)|a (?:day|week|month|year|quarter)|"
    r"per (?:day|week|month|year)|"
    r"(?:each|every) (?:day|week|month|year|quarter)|most|at scale|automatically|routinely|(?:first|second|third|"
    r"fourth) quarter|transparency report)\b"
)
#: What says that one network is meant.
IN_PARTICULAR = (
    r"\b(?:linked to|tied to|run by|operated by|originat\w+|based in|posed|posing|connected to|associated with|"
    r"the network|this network|behind|part of|coordinated)\b"
)
#: What victims say of what was done in their name.
DENIAL = (
    r"\b(?:impersonat\w+|fake|not (?:real|hers|his|genuine|true)|hacked|stolen|cloned|deepfake|invented|false|"
    r"never (?:said|wrote)|hoax|doctored|manipulated|distance)\b"
)
