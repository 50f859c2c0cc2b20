"""Operations by the form and the use of their name: "Velvet Orchard's operators", "behind Coral Lantern stands ...".

Analysts coin names of two everyday words, one after another from a colour or a stuff and an animal or a thing. Such a
name counts where the words around one of its mentions treat it as an operation: what it owns, who runs it, what it is
called. The form alone never suffices: firms, films and places have such names too.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_given, is_person
from counterfoil.extraction.naming import Named
from counterfoil.extraction.not_names import is_name, is_person_here
from counterfoil.extraction.organisations import known
from counterfoil.extraction.speakers import is_opener
from counterfoil.extraction.state_ties import tie_before
from counterfoil.extraction.word_lists import word_classes

_WORD = r"[A-Z][A-Za-z’'\-]{1,20}"
_RUN = Expression(rf"[A-Z](?<![\w\-@#./].)[A-Za-z’'\-]{{1,20}} (?:{_WORD} ){{0,2}}[A-Z][A-Za-z\-]{{1,20}}(?![\w\-@])")
_NOUN = (
    r"(?:operations?|campaigns?|networks?|clusters?|botnets?|actors?|ecosystems?|intrusion sets?|information "
    r"manipulation "
    r"sets?|troll farms?|bot farms?|influence efforts?|disinformation efforts?|hack(?:er|ing|tivist) groups?)"
)
_OWNED = (
    r"(?:operators?|accounts?|pages?|infrastructure|activit(?:y|ies)|posts|personas?|sites|websites|domains?|"
    r"channels|"
    r"operations?|campaigns?|networks?|videos|audience|content|servers|output|narratives|articles|bots|trolls|"
    r"handlers|"
    r"administrators|authors|fakes|profiles|members|controllers|tooling|tactics|playbook|clips|assets)"
)
_RUN_BY = (
    r"(?:run|operated|directed|administered|controlled|orchestrated|financed|funded|managed|commissioned|launched|"
    r"sponsored|coordinated|organi[sz]ed|paid|staffed|built|created|steered|attributed|linked|tied|traced|"
    r"attributable|"
    r"conducted|overseen|planned|owned|backed|set up|carried out|supervised|bankrolled|ordered|masterminded|authored)"
)
_RUNS = (
    r"(?:runs?|ran|running|operat(?:es?|ed|ing)|direct(?:s|ed|ing)|control(?:s|led|ling)|orchestrat(?:es?|ed|ing)|"
    r"financ(?:es?|ed|ing)|fund(?:s|ed|ing)|manag(?:es?|ed|ing)|commission(?:s|ed|ing)|launch(?:es|ed|ing)|"
    r"sponsor(?:s|ed|ing)|coordinat(?:es?|ed|ing)|organi[sz](?:es?|ed|ing)|steer(?:s|ed|ing)|oversees?|overseeing|"
    r"creat(?:es?|ed|ing)|built|building|behind|attribut(?:es?|ed|ing)|attribution of|responsib\w+[”\"]? for|"
    r"[Rr]esponsibility for|pays? for|"
    r"paid for|master(?:minds?|minded|minding)|exposed|exposing|uncovered|disrupted|dismantled|dismantling|authored|"
    r"responsible for|involvement in|part in|role in|hand in|to do with|connection (?:to|with)|mounted|conducted|"
    r"supervis(?:es?|ed|ing)|perpetrated|disrupting)"
)
_CALLED = (
    r"(?:call(?:s|ed)?|calling|dubs?|dubbed|names?|named|nicknamed|christened|bapti[sz]ed|code-?named|label(?:s|"
    r"led|ed)?|"
    r"term(?:s|ed)?|tagg?(?:s|ed)?|(?:track|follow|monitor|known|know|report|refer|design|list|describ)\w* (?:[\w\- ]"
    r"{0,40} )?(?:as|under the name|by the name of)|code name|moniker|designation|name of|cryptonym)"
)
#: What stands right behind a mention, and what it is worth.
_AFTER = (
    (Expression(rf"[”\"]?['’]s? (?:[a-z][\w\-]{{1,20}} ){{0,2}}{_OWNED}\b"), 3),
    (Expression(rf"[”\"]? (?:influence |disinformation |propaganda )?(?:{_NOUN}|accounts|operators|personas|"
    rf"bots)\b"), 3),
    (
        Expression(
            rf"[”\"]?(?: \([^()\n]{{1,120}}\))?(?:,| is| was|:| –| —| remains)(?: also| still)? (?:an?|the|"
            rf"one of the) "
            rf"(?:[\w’'\-]{{1,24}},? ){{0,9}}?(?:{_NOUN}|(?:set|swarm|group|ring|sprawl|web|cluster|collection|"
            rf"pack|army) "
            rf"of (?:[\w\-.,]{{1,20}} ){{0,4}}?{_OWNED}|effort|scheme)\b"
        ),
        3,
    ),
    (Expression(rf"[”\"]?(?:,|,? (?:is|was|has been|have been|were|itself))(?: [\w ]{{2,40}}?)?,? {_RUN_BY} (?:[\w\- ]"
                r"{1,40}? )?(?:by|to|on behalf of|for)\b"), 2),
    (
        Expression(
            r"[”\"]? (?:has |have |had |also ){0,2}(?:post(?:s|ed)|publish(?:es|ed)|impersonat(?:es|ed)|"
            r"amplifi(?:es|ed)|"
            r"push(?:es|ed)|flood(?:s|ed)|spread|target(?:s|ed)|clon(?:es|ed)|pos(?:es|ed) as|ran|runs|belongs|"
            r"relies|"
            r"takes its|resurfaced|impersonating|seeded|mimic(?:s|ked)|originated|emanates|is (?:believed|"
            r"thought|likely|"
            r"assessed|suspected|in all likelihood|almost certainly))\b"
        ),
        2,
    ),
    (
        Expression(
            r"[”\"]? (?:is|was|to be) (?:(?:almost certainly|very likely|likely|probably|of|an?|"
            r"\w+ly) ){0,3}(?:Russian|"
            r"Chinese|Iranian|Belarusian|Israeli|Turkish|Azerbaijani|North Korean|Saudi|Emirati|Egyptian|Indian|"
            r"Pakistani|"
            r"Venezuelan|Cuban|Vietnamese|state-(?:backed|linked|run|sponsored))\b"
        ),
        3,
    ),
    (Expression(r"[”\"]?(?:['’]s?|,? (?:which|that|has|had|is|was|began|ended|uses|used|does|did|made|took|remains|may|"
                r"will|would|continues|started|works|worked|appears|appeared|shares|shared))\b"), 1),
    (Expression(r"[”\"]?,? (?:which|that|whom) (?:[A-Z][\w ]{1,30}|we|it|they|researchers|analysts) (?:has |"
    r"have |also )?"
                r"(?:first )?(?:track|call|report|document|describe|attribut|follow|dub|name|know|link|tie|"
                r"monitor|expose|"
                r"uncover|identif|believe|assess)\w*"), 2),
)  # fmt: skip
#: What stands right before one.
_BEFORE = (
    (Expression(rf"\b{_NOUN}(?:,| –| —|:|,? (?:was|is|called|dubbed|named|known as|nicknamed))? [“\"«]?(?:the )?$"), 3),
    (Expression(rf"\b{_OWNED} (?:of|behind|from|used by|belonging to|run by|in) (?:the )?[“\"«]?$"), 3),
    (Expression(rf"\b{_CALLED},?(?: (?:it|them|(?:the|this) [a-z]+(?: [a-z]+)?))?(?: the)? [“\"«]?$"), 2),
    (Expression(rf"\b{_RUNS} (?:the )?[“\"«]?$"), 2),
    (Expression(r"\b(?:that|about|of|by|like|unlike|with|for|from|to|against|describes?|described|Like|Unlike|"
    r"As for|between|"
                r"and|identified|documented|analysed|calls?) [“\"«]?$"), 1),
    (Expression(r"\b(?:actions against|report (?:on|about)|paper (?:on|about)|findings (?:on|about)|[Aa]sked about|"
                r"victims of|attribution:?|takedown of|removal of|traces of|successor (?:of|to)|remnants of) "
                r"[“\"«]?$"), 2),
)  # fmt: skip
_OTHER_BEFORE = Expression(
    r"\b(?:firm|company|newspaper|weekly|daily|channel|site|page|party|brand|village|town|hotel|ship|film|song|book|"
    r"magazine|station|outlet|restaurant|bar|pub|club|street|island|river|street|band|broadcaster|agency|blog|portal|"
    r"candidate|consultancy|contractor|agenc(?:y|ies)|spokes\w+|Mr\.?|Ms\.?|Mrs\.?|Dr\.?|group|ministry|at|in|"
    r"brands?|"
    r"newsletter|podcast|organisation|organization|charity|foundation|coalition)(?: called| named)? [“\"«]?$"
)
_OTHER_AFTER = Expression(
    r"[”\"]?(?: (?:said|says|told|wrote|added|replied)\b|,? (?:an?|the|its) (?:[\w’'\-]{1,24} ){0,4}?(?:firm|company|"
    r"consultancy|newspaper|magazine|broadcaster|blog|outlet|think tank|charity|non-?profit|agency|party|"
    r"contractor|ministry|"
    r"spokes\w+|website|site|spokesman|vendor|analyst|researcher)\b|,? \d{1,3},|['’]s (?:chief|director|founder|"
    r"editor|"
    r"owner|spokes\w+|head|CEO))"
)
_FIELD = Expression(
    r"(?i)\b(?:influence operation|disinformation|inauthentic|information manipulation|propaganda|fake accounts|"
    r"trolls?\b|"
    r"bots?\b|coordinated|covert|impersonat|influence campaign|interference|foreign influence|fabricated|fake|bogus|"
    r"cloned|personas|threat actor|operation|campaign|network|misinformation|sockpuppet)"
)
_PLACE_WORDS = frozenset("Sea Coast Bay Gulf Strait River Lake Island Islands Mountains House Cross Party City County "
                         "Street Avenue Road Square Park Beach Hills Springs Valley Desert Horn "
                         "Ocean".split())  # fmt: skip
_ENOUGH = 3


def code_names(text: str) -> Iterator[Named]:
    """Every mention of a name that has such a form and is used so."""
    speaks_of_it = _FIELD.search(text) is not None
    mentions: dict[str, list[int]] = {}
    for match in _RUN.finditer(text):
        start, name = _trimmed(match)
        if 1 <= name.count(" ") < 3:
            mentions.setdefault(name.title() if name.isupper() else name, []).append(start)
    for name, starts in mentions.items():
        form = _form(name)
        if form is None or not (form or speaks_of_it):
            continue
        points = [_use(text, start, len(name)) for start in starts[:12]]
        if (
            form + max(points) + sum(point > 0 for point in points[1:]) >= _ENOUGH > 0 <= min(points)
            and max(points) > 0
        ):
            surfaces = {text[at : at + len(name)]: at for at in reversed(starts)}
            for surface, at in surfaces.items():  # as a heading has it, and as the text has it
                yield Named(at, surface, "actor", tie_before(text, at), "by the form and the use of its name")


def _trimmed(match: re.Match[str]) -> tuple[int, str]:
    """Where the name in a run of capitals begins, and the name: without what opens the sentence and a possessive."""
    name, start = re.sub(r"['’]s?$", "", match.group()), match.start()
    first, _, rest = name.partition(" ")
    while rest and (is_opener(first) or first in ("Two", "Three", "One", "Another", "Operation", "Project")):
        if first in ("Operation", "Project"):
            return start, ""  # read by another rule
        start += len(first) + 1
        first, _, rest = (name := rest).partition(" ")
    owner = re.search(r"['’]s? ", name)
    if owner:
        start, name = start + owner.end(), name[owner.end() :]
    return start, name


def is_coined(name: str) -> bool:
    """Whether a name consists of two words of which analysts make code names."""
    words = name.lower().split(" ")
    return len(words) == 2 and all(map(_is_such_word, words)) and name not in known()


def _is_such_word(word: str) -> bool:
    lists = word_classes("code_name_words.txt")
    return word in lists["first"] or word in lists["second"]


def _form(name: str) -> int | None:
    """How far a name looks coined: 2 where both words are such words, 0 where one is, None where it cannot be one."""
    words = name.split(" ")
    if words[-1] in _PLACE_WORDS or name in known():
        return None
    if is_coined(name):
        return 2
    if not (_is_such_word(words[0].lower()) or _is_such_word(words[-1].lower())) or not is_name(name):
        return None
    return None if is_person(name) or is_given(words[0]) or is_given(words[-1]) else 0


def _use(text: str, start: int, length: int) -> int:
    """What the words around a mention are worth."""
    end = start + length
    before = text[max(0, start - 70) : start]
    if _OTHER_AFTER.match(text, end, end + 90) or is_person_here(text, start, text[start:end]):
        return -9
    best = 0
    for pattern, worth in _AFTER:
        if worth > best and pattern.match(text, end, end + 170):
            best = worth
    for pattern, worth in _BEFORE:
        if worth > best and pattern.search(before):
            best = worth
    return best if best or not _OTHER_BEFORE.search(before) else -9
