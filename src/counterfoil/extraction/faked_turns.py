"""Turns of phrase about what is faked in somebody's name or stolen from them.

"N, whose logo was copied", "the signature of N was lifted from a tender", "clones of N", "emails stolen from N",
"put words into the mouth of N".
"""

from counterfoil.extraction.english_words import forms_of
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.target_turn import Turn, words

_OWN = (
    r"(?:logos?|branding|letterheads?|mastheads?|layouts?|designs?|signatures?|watermarks?|insignia|seals?|livery|"
    r"emblems?|bylines?|voices?|faces?|likeness(?:es)?|names?|identit(?:y|ies)|style|look|appearance|trademarks?|"
    r"graphics|templates?|fonts?|typography|stamps?)"
)
_COPIED = (
    r"(?:copied|cloned|stolen|used|abused|misused|forged|imitated|hijacked|spoofed|faked|borrowed|mimicked|lifted|"
    r"appropriated|reproduced|counterfeited|synthesi[sz]ed|simulated|impersonated|photoshopped|pasted|doctored|replicated|"
    r"taken from|generated|fabricated|falsified|affixed|added|recreated)"
)

FAKED_TURNS = (
    # "N, whose logo was copied"
    Turn(
        words("whose"),
        Expression(
            rf"whose (?:\w{{1,25}} ){{0,2}}?{_OWN}(?: and \w{{1,25}})? (?:was|were|had been|has been|have been|"
            rf"is|are|the \w{{1,25}}|it|they) (?:\w{{1,25}} )?"
            r"(?:copied|cloned|stolen|used|abused|misused|forged|imitated|hijacked|spoofed|faked|borrowed|mimicked|"
            r"appropriated|reproduced|counterfeited|synthesi[sz]ed|simulated)\b"
        ),
        behind=True,
        faked=True,
    ),
    # "carrying the logo of N", "used the branding of N"
    Turn(
        words(
            "logo logos branding letterhead letterheads masthead layout design signature signatures watermark "
            "insignia seal "
            "livery emblem byline bylines voice face likeness name names identity identities style look "
            "appearance graphics"
        ),
        Expression(rf"{_OWN}(?: and (?:the )?\w{{3,15}})? of (?:the (?:then )?(?=[a-z]))?"),
        Expression(
            r"(?i)\b(?:bear|carry|carries|carried|carrying|bearing|bore|us(?:e|es|ed|ing)|cop(?:y|ies|ied|ying)|"
            r"steal|stole|"
            r"stolen|with|under|on|borrow\w{0,25}|abus\w{1,25}|misus\w{1,25}|display\w{0,25}|featur\w{1,25}|"
            r"forg\w{1,25}|mimic\w{0,25}|imitat\w{1,25}|sport\w{0,25}|"
            r"hijack\w{0,25}|appropriat\w{1,25}|reproduc\w{1,25}|in|wearing|adopt\w{0,25}|clon\w{1,25}) "
            r"(?:\w{1,25}[,’']? ){0,4}?$"
        ),
        hostile=False,
        groups=False,
        faked=True,
    ),
    # "a voice that sounds like that of N", "a site identical to that of N"
    Turn(
        forms_of("resemble", "look", "sound") | words("identical indistinguishable"),
        Expression(
            r"(?:resembl\w{1,25}|identical to|indistinguishable from|(?:look\w{0,25}|sound\w{0,25})(?: "
            r"\w{1,25}ly)? like)"
            r" (?:(?:that|those|(?:the|a) (?:\w{1,25} )?(?:voice|face|site|website|page|pages|portal|homepage|"
            r"layout|logo)) (?:of|from) )?"
        ),
        Expression(
            r"(?i)\b(?:voice|site|sites|website|websites|page|pages|portal|clip|video|letter|document|layout|logo|"
            r"domain|domains|front|mails?|e-mails?|profile|profiles|accounts?)\b[^.;:]{0,50}$"
        ),
        hostile=False,
        groups=False,
        faked=True,
    ),
    # "the signature of N was lifted from a tender"
    Turn(
        words(
            "logo logos branding letterhead masthead layout signature signatures voice face likeness design stamp seal"
        )
        | words("Logo Signature Voice Signatures Letterhead"),
        Expression(
            rf"(?i:{_OWN})(?: and (?:the )?\w{{3,15}})? of (?=[^.;:\n]{{3,120}}? (?:was|were|is|are|had been|has been|"
            rf"have been) (?:\w{{1,25}} )?{_COPIED}\b)"
        ),
        groups=False,
        faked=True,
    ),
    # "N, whose home address was posted"
    Turn(
        words("whose"),
        Expression(
            r"whose (?:\w{1,25} ){0,2}?(?:address(?:es)?|numbers?|photos?|photographs?|pictures?|passports?|e?mails?|"
            r"e-mails?|messages|data|details|accounts?|website|mailbox|phone|name|records|documents|home|house) (?:and "
            r"\w{1,25} )?(?:was|were|had been|has been|have been) (?:\w{1,25} )?(?:posted|published|leaked|shared|"
            r"hacked|stolen|circulated|knocked offline|taken offline|attacked|taken down|overloaded|exposed|revealed|"
            r"spread|breached|compromised|defaced|doxxed|printed|distributed|put online)\b"
        ),
        behind=True,
    ),
    # "three clones of N", "a lookalike of N"
    Turn(
        words(
            "clone clones copycat copycats lookalike lookalikes look-alike imitation imitations impostor "
            "impostors imposters "
            "replica replicas spoof spoofs knock-offs knockoffs counterfeits counterfeit impersonation impersonations "
            "impersonators doubles caricature caricatures parodies deepfake deepfakes"
        ),
        Expression(
            r"[\w-]{1,25}(?: (?:sites?|pages?|versions?|domains?|accounts?|copies|editions?))? of (?:the (?=[a-z]))?"
        ),
        groups=False,
        faked=True,
    ),
    # "emails stolen from N"
    Turn(
        words("stolen exfiltrated hacked leaked obtained pilfered siphoned"),
        Expression(
            r"\w{1,25} from (?:the )?(?:(?:servers?|mailbox(?:es)?|accounts?|computers?|phones?|networks?) of )?"
        ),
        Expression(
            r"(?i)\b(?:e?mails?|e-mails?|documents?|files?|data|messages?|correspondence|photos?|records|letters?|videos?|"
            r"material|materials|gigabytes?|terabytes?|archives?|databases?|papers) "
            r"(?:that (?:was|were|it had|they had) )?"
            r"(?:\w{1,25}ly )?$"
        ),
        hostile=False,
        groups=False,
    ),
    # "put words into the mouth of N"
    Turn(
        words("mouth mouths"),
        Expression(r"mouths? of (?:the (?=[a-z]))?"),
        Expression(r"(?i)\b(?:put|puts|putting|placed|placing)\b[^.;]{1,60} in(?:to)? (?:the )?$"),
        faked=True,
    ),
)
