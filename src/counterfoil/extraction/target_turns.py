"""Turns of phrase that say whom an operation acts against, besides plain verbs.

"The butt of the memes was N", "N was the subject of 40 articles", "N, whose logo was copied", "a video in which N
admits to theft", "hit hardest was N". Each turn begins at one word; whom it hits stands right behind or before it.
"""

import re
from functools import lru_cache

from counterfoil.extraction.english_words import forms_of, verbs
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.faked_turns import FAKED_TURNS
from counterfoil.extraction.operating import WORDS
from counterfoil.extraction.target_turn import Turn, words

_BE = r"(?:was|were|is|are|has been|have been|had been|became|becomes)"
_TO_BE = r"(?:was|were|is|are|included?|includes|remained|remains)(?: also| \w{2,12}ly| among others)?:? "
_SOME_OF = r"(?: of (?:the|this|its|their|these|such|all) [^.,;:]{1,50}?)?"
_ABUSE = (
    r"(?:abuse|threats?|insults?|harassment|ridicule|mockery|scorn|hate|hatred|attacks?|smears?|slurs?|slander|"
    r"invective|vitriol|venom|hostility|"
    r"denigration|defamation|comments|replies|calls|messages|e?mails?|e-mails|posts|articles|publications|"
    r"videos?|memes?|"
    r"rumou?rs?|stor(?:y|ies)|claims?|accusations?|"
    r"allegations?|falsehoods?|lies?|deepfakes?|forger(?:y|ies)|cartoons?|campaigns?|trolling|intimidation|"
    r"disinformation|doxxing|"
    r"conspiracy theories|fakes?|hoax|hoaxes|narratives?|clips?|images|photos|impersonation)"
)
_MANY = r"(?:(?:[\w,.\-’']{1,20}) ){0,6}?"
_WORSE = (
    r"(?:favou?rite|main|preferred|chief|prime|usual|principal|constant|frequent|primary|most frequent|biggest|other|"
    r"another|regular|repeated|central|special|particular)"
)


_HIT = frozenset(
    form
    for form in forms_of(*WORDS["attacking"], *WORDS["blaming"], "abuse", "single", "hit/hit/hit", "hurt/hurt/hurt")
    if verbs().get(form, "past") in ("past", "participle", "base") and (form.endswith("ed") or form in ("hit", "hurt"))
)

TURNS = (
    # "The main victims of the smears were N and M"
    Turn(words("victim victims prey"), Expression(rf"(?:victims?|prey){_SOME_OF} {_TO_BE}")),
    # "Among those ridiculed was N"
    Turn(
        words("among Among"),
        Expression(
            r"[Aa]mong (?:those|the \w{3,20}|the (?:people|figures|politicians|officials))(?: who were| that "
            r"were| most| also| \w{3,12}ly| whom "
            rf"(?:it|they|the \w{{1,25}}))? (?:{'|'.join(sorted(_HIT))})(?: out| online| in this way| most| by "
            rf"[^.,;]{{1,40}})? "
            rf"{_TO_BE}"
        ),
    ),
    # "Hit hardest was N", "the person most often attacked by the network was N"
    Turn(
        _HIT | {form.capitalize() for form in _HIT},
        Expression(
            r"[A-Za-z]{1,25}(?: (?:hardest|worst|out|most|too|also|likewise|of all|as well|in this way|online|"
            r"by [^.,;]{1,40}|"
            rf"\w{{3,12}}ly)){{0,3}} {_TO_BE}"
        ),
        Expression(
            r"(?:^|[.!?:\n]|\b(?:person|people|politicians?|institutions?|those|one|officials?|outlets?|figures?|"
            r"bod(?:y|ies)|women|woman|man|men|compan(?:y|ies)|group|part(?:y|ies)|candidates?|journalists?|names?))"
            r"(?:\W{0,3}(?:who|that|which|was|were|most|more|by|far|the|often|also|especially|particularly|"
            r"frequently|"
            r"repeatedly|equally|worst|hardest|and|heavily|regularly|severely|viciously|consistently))*\W{0,2}$",
            re.IGNORECASE,
        ),
    ),
    # "The brunt of the abuse fell on N"
    Turn(
        words("brunt"),
        Expression(
            r"brunt(?: of [^.,;]{1,50}?)? (?:fell (?:up)?on|falls (?:up)?on|was borne by|is borne by|came down "
            r"on|went to) "
        ),
    ),
    # "Its venom was reserved for N"
    Turn(
        words("reserved directed levelled leveled heaped poured hurled aimed"),
        Expression(r"\w{1,25} (?:for|on|upon|at|over) "),
        Expression(
            r"(?i)\b(?:venom|scorn|attacks?|abuse|ridicule|insults?|hatred|worst|harshest|vitriol|contempt|"
            r"mockery|slurs|"
            r"invective|threats|accusations|falsehoods|crudest|fiercest)\b[^.;:]{0,60}$"
        ),
    ),
    # "Nobody was maligned as often as N"
    Turn(
        words("often much frequently viciously harshly hard heavily"),
        Expression(r"\w{1,25} as "),
        Expression(r"(?i)\b(?:nobody|no one|none|no other \w{1,25}|no \w{1,25})\b[^.;:]{0,50}\bas $"),
    ),
    # "Their favourite object of scorn was N"
    Turn(
        words("object objects butt focus subject subjects quarry bogeyman bugbear bête"),
        Expression(rf"\w{{1,25}}(?: of [^.,;:]{{1,40}}?)? {_TO_BE}"),
        Expression(rf"\b{_WORSE} $"),
    ),
    # "N was the subject of 212 publications", "became the butt of jokes"
    Turn(
        frozenset({"was", "were", "is", "are", "been", "became", "being"}),
        Expression(
            rf"\w{{1,25}} (?:also |again |once more |then |repeatedly )?(?:made )?(?:the |an? )(?:{_WORSE} "
            rf")?(?:subject|object|focus|"
            r"butt|victim|topic|theme|centre|center|recipient|brunt)s? "
            rf"of {_MANY}{_ABUSE}\b"
        ),
        behind=True,
    ),
    # "N was among its victims", "became a favourite bogeyman"
    Turn(
        frozenset({"was", "were", "is", "are", "been", "became", "become", "being", "remains", "remained"}),
        Expression(
            r"\w{1,25} (?:also |again |once more |once again |repeatedly |itself |herself |himself )?(?:(?:among|"
            r"one of) "
            r"(?:the|its|their|those)(?: \w{1,25}){0,2} (?:victims|targets|casualties|quarries)|(?:a|an|another|the|"
            r"its|"
            r"their)(?: \w{1,25}){0,2} (?:victim|casualty|scapegoat|bogeyman|bugbear|bête noire|punching[ -]bag|"
            r"laughing[ -]stock))\b"
        ),
        behind=True,
    ),
    # "N came under attack", "N bore the brunt", "N received 400 abusive replies"
    Turn(
        forms_of(
            "bear/bore/borne", "come/came/come", "receive", "face", "endure", "suffer", "get/got/got", "experience"
        ),
        Expression(
            r"\w{1,25} (?:the brunt\b|(?:repeated |heavy |sustained |constant |frequent )?under (?:\w{1,25} "
            r")?(?:attack|fire)\b|"
            r"(?:[\w,.\-]{1,20} ){0,5}?(?:abuse|threats|threat|insults|harassment|ridicule|mockery|hatred|hate|"
            r"smears|"
            r"slurs|doxxing|intimidation|(?:abusive|threatening|insulting|hateful|menacing|racist|sexist|"
            r"misogynist|obscene|phishing|spear-phishing)"
            r" (?:\w{1,25} )?(?:replies|comments|messages|calls|e?mails|e-mails|posts|letters)))\b"
        ),
        behind=True,
    ),
    # "The vote was accompanied by 1,480 posts"
    Turn(
        words("accompanied preceded overshadowed marred disrupted hit targeted flooded clouded beset plagued followed"),
        Expression(rf"\w{{1,25}} by {_MANY}{_ABUSE}\b"),
        Expression(r"\b(?:was|were|is|been) (?:also |\w{1,25}ly )?$"),
        behind=True,
    ),
    # "falsely quoted N as saying"
    Turn(
        forms_of("quote", "cite", "show/showed/shown", "depict", "portray"),
        Expression(r"\w{1,25} "),
        Expression(r"\b(?:falsely|wrongly|misleadingly|fraudulently|supposedly|purportedly) $"),
        groups=False,
    ),
    # "singled out N"
    Turn(forms_of("single"), Expression(r"\w{1,25} out (?:for \w{1,25} )?"), hostile=False),
    # "published the home address of N"
    Turn(
        words("address addresses number numbers whereabouts details nudes passport"),
        Expression(r"\w{1,25} of "),
        Expression(
            r"(?i)\b(?:publish\w{0,25}|leak\w{0,25}|post\w{0,25}|shar\w{1,25}|reveal\w{0,25}|"
            r"circulat\w{1,25}) (?:\w{1,25} ){0,3}$"
        ),
        hostile=False,
    ),
    # "blamed the outage on N", "pinned it on N"
    Turn(
        forms_of("blame", "pin"),
        Expression(r"\w{1,25} (?!.{0,50}\bfor\b)[^.,;:]{2,60}? on "),
        hostile=False,
    ),
    # "commentary hostile to N"
    Turn(
        words("hostile critical disparaging contemptuous scornful derisive abusive"),
        Expression(r"\w{1,25} (?:to|towards?|of|about) "),
        Expression(
            r"(?i)\b(?:posts?|content|comment\w{0,25}|articles?|videos?|memes?|messag\w{1,25}|pages?|accounts?|"
            r"output|material|"
            r"narratives?|hashtags?|tweets?|channels?)\b[^.;:]{0,90}$"
        ),
        hostile=False,
    ),
    # "calls on Latino voters to stay home"
    Turn(forms_of("call", "turn", "round", "prey"), Expression(r"\w{1,25} (?:up)?on "), hostile=False),
    # "poured scorn on N"
    Turn(
        words(
            "scorn abuse insults ridicule contempt derision vitriol mockery accusations suspicion blame doubt "
            "invective "
            "slurs threats venom hate smears allegations bile criticism"
        ),
        Expression(r"\w{1,25} (?:up)?(?:on|at|over|against|towards?) "),
        Expression(
            r"(?i)\b(?:pour|heap|hurl|level|direct|cast|shower|thr[eo]w|fl[iu]ng|spew|aim|lay|laid|pil)\w{0,4} "
            r"(?:\w{1,25} ){0,2}$"
        ),
        hostile=False,
    ),
    # "were hit hardest by the trolling"
    Turn(
        words("hit struck affected targeted attacked"),
        Expression(r"\w{1,25} (?:hardest|worst|most|particularly hard|especially hard|heavily|hard)\b"),
        Expression(r"\b(?:was|were|is|are|been) (?:also )?$"),
        behind=True,
    ),
    # "the alleged bankruptcy of N"
    Turn(
        words("alleged supposed purported invented imaginary fictitious imagined"),
        Expression(
            r"\w{1,25} (?:\w{1,25} )?(?:bankruptcy|corruption|crimes?|thefts?|bribery|bribes?|affairs?|wealth|"
            r"betrayal|treason|"
            r"illness|drunkenness|death|resignation|flight|arrest|failures?|scandals?|villas?|yachts?|mansions?|"
            r"plots?|plans?|"
            r"cowardice|incompetence|ties|links|debts?|crash|surrender|sins|misdeeds|abuses|lies|fraud|secrets?) "
            r"(?:of|by|at|in) "
        ),
    ),
    # "made her look drunk"
    Turn(
        forms_of("make/made/made"),
        Expression(r"\w{1,25} (?=[^.,;:]{2,60}? (?:look|appear|seem|say|confess|admit|sound|declare|announce)\b)"),
        hostile=False,
    ),
    # "sowed doubts about N", "stirred up hatred of N"
    Turn(
        words(
            "doubt doubts distrust mistrust suspicion suspicions hatred anger resentment outrage hostility animosity "
            "contempt scepticism skepticism fear fears discontent disaffection indignation enmity"
        ),
        Expression(r"\w{1,25} (?:about|over|in|of|against|towards?|at|with|among|for) "),
        Expression(
            r"(?i)\b(?:sow|stir|foment|fuel|fan|spread|incit|provok|creat|cast|whip|stok|rais|seed|kindl|inflam|feed|"
            r"deepen|breed|generat)\w{0,5} (?:up )?(?:\w{1,25} ){0,3}?$"
        ),
        hostile=False,
    ),
    # "calling for the resignation of N"
    Turn(
        forms_of("call", "demand", "urge"),
        Expression(
            r"\w{1,25} (?:for )?(?:the |a |an )?(?:immediate )?(?:resignation|arrest|removal|impeachment|ouster|"
            r"dismissal|boycott|"
            r"expulsion|execution|prosecution|death|overthrow|recall|trial|deportation|abolition|closure|sacking|"
            r"murder|hanging)s? of "
        ),
        hostile=False,
    ),
)


@lru_cache(maxsize=1)
def by_word() -> dict[str, tuple[Turn, ...]]:
    """Word -> the turns that begin with it."""
    found: dict[str, tuple[Turn, ...]] = {}
    for turn in (*TURNS, *FAKED_TURNS):
        for word in turn.words:
            found[word] = (*found.get(word, ()), turn)
    return found
