"""Speakers of quotations that no verb of speech goes with: "The mayor was blunt: “…”", "“…” — Ann Lee, editor"."""

from counterfoil.extraction.english_words import verbs
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.held_views import whose
from counterfoil.extraction.shared_subjects import is_somebody
from counterfoil.extraction.speaker_heads import Speaker
from counterfoil.extraction.speaker_phrases import after, before
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_tokens import Token

_DASHES = frozenset("—–-―")
_SIGNATURE = 22  #: words of a line that signs a quotation
#: What is found, shown or sent rather than said.
_SHOWN = frozenset(
    "recording recordings voice order orders instruction instructions phrase word words question command script "
    "sentence sentences ad wording passage example examples rule motto password name names title titles search "
    "mail label inscription sign line lines quote quotes quotation excerpt extract prompt prompts task tasks "
    "following code comment screenshot".split()
)
_SHOWS = frozenset(
    "shows show showed contains contained read reads bears bore carried carries found published uses used posted "
    "posts shared sent received screened played circulated copied translated spread began begins includes "
    "included".split()
)
_FINITE = Expression(r"(?:is|are|was|were|has|have|had|will|would|can|could|must|should|does|did|do|cannot|never|no)")


def introducing(words: list[Token], grammar: Grammar) -> Speaker | None:
    """The subject of a clause that ends with a colon, whatever its verb: "objects to the question"."""
    if not words or any(word.text in '“”"«»;:' for word in words):
        return None
    if words[-1].low in _ANSWERS:
        return _owner(words, grammar)
    begin = max(
        (k + 1 for k, word in enumerate(words) if word.low in ("but", "and") and _is_joint(words, k)), default=0
    )
    found = after(words, begin, grammar)
    if found is None or not is_somebody(found.who) or found.who.kind == "content":
        return None
    rest = words[found.ends :]
    if not any(_is_verb(word, grammar) for word in rest):
        return found.who if _speaks_alone(found.who, rest, grammar) else None
    return None if any(_is_shown(word, grammar) for word in rest) else found.who


def _speaks_alone(who: Speaker, rest: list[Token], grammar: Grammar) -> bool:
    """Whether a person or body with a colon says what follows: "A spokesman for the ministry:", "Berg in a video:"."""
    where = rest[0].low if rest else ""
    if (rest and where not in _WHERE) or "document" in who.roles:
        return False
    if who.kind == "role":
        return who.head in grammar.heads
    spoken = any(word.low in grammar.media or word.low in _MEDIA for word in rest)
    return who.kind == "name" and (is_person(who.name) or bool(who.roles & grammar.heads) or spoken)


_WHERE = frozenset(", ( in on to at via by before after during".split())
_MEDIA = frozenset(
    "video interview statement reply post letter email e-mail speech briefing tweet message podcast".split()
)


def _owner(words: list[Token], grammar: Grammar) -> Speaker | None:
    """Whose answer it is: "His verdict", "Brandt's only reply"."""
    owner = len(words) - 2
    while owner > 0 and words[owner].low not in _WHOSE and not words[owner].low.endswith(("'s", "s'")):
        owner -= 1
    if owner < 0 or len(words) - owner > _OWNED:
        return None
    pronoun = _WHOSE.get(words[owner].low)
    if pronoun is None:
        return whose(words, owner, grammar)
    return Speaker(words[owner].start, words[owner].text, "pronoun", pronoun) if owner == 0 else None


_OWNED = 6  #: words from an owner to the answer
_WHOSE = {"his": "he", "her": "she", "its": "it", "their": "they"}


def _is_joint(words: list[Token], at: int) -> bool:
    """Whether "but" begins a clause with a subject of its own."""
    return at > 0 and words[at - 1].text == "," and at + 1 < len(words) and words[at + 1].is_capital


def _is_shown(word: Token, grammar: Grammar) -> bool:
    if word.is_capital:
        return False
    return word.low in _SHOWN | _SHOWS | grammar.content | grammar.naming | grammar.documents


def _is_verb(word: Token, grammar: Grammar) -> bool:
    return word.low in grammar.verbal | grammar.verbs or verbs().get(word.low) in ("past", "third")


def signed_by(words: list[Token], grammar: Grammar) -> Speaker | None:
    """The person behind a dash that ends the line: "— Salome Wanjiru, investigator"."""
    dashes = next((k for k, word in enumerate(words) if word.text not in _DASHES), len(words))
    name = words[dashes:]
    if not dashes or len(name) < 2 or len(name) > _SIGNATURE or any(_is_verb(word, grammar) for word in name):
        return None
    if not (name[0].is_capital and name[1].is_capital):
        return None
    found = after(words, dashes, grammar)
    ends = found is not None and (found.ends == len(words) or words[found.ends].text in ",(")
    return found.who if found and ends and found.who.kind == "name" else None


def going_on_with(words: list[Token], inner: list[Token], grammar: Grammar) -> Speaker | None:
    """ASPI “is confident that …”: the subject in front of a quotation that begins with its verb."""
    first = inner[0]
    if not first.text.islower() or not words[-1].is_word or len(inner) < 3:
        return None
    if not _FINITE.fullmatch(first.low) and verbs().get(first.low) not in ("third", "past"):
        return None
    if words[-1].low in ("and", "but"):  # "PET was asked as well, and “would not speculate”"
        found = after(words, 0, grammar)
        verb = found and words[found.ends : found.ends + 1]
        if not found or not verb or not _is_verb(verb[0], grammar) or found.who.kind == "content":
            return None
    else:
        found = before(words, len(words), grammar, whole=True)
    return found.who if found and is_somebody(found.who) else None


def answered_by(words: list[Token], first: int, grammar: Grammar) -> Speaker | None:
    """ "“…,” was the answer of a spokesman", "“…” was Kessler's verdict"."""
    if words[first].low not in ("was", "is", "came", "ran", "went"):
        return None
    if words[first + 1 : first + 2] and words[first + 1].low in ("how", "what"):  # "“…,” is how the governor put it"
        found = after(words, first + 2, grammar)
        return found.who if found and found.who.kind != "pronoun" else None
    noun = next((k for k in range(first + 1, min(len(words), first + 10)) if words[k].low in _ANSWERS), None)
    if noun is None:
        return None
    owner = noun - 1
    while owner > first and not words[owner].low.endswith(("'s", "s'")):
        owner -= 1
    if owner > first:
        return whose(words, owner, grammar)
    if noun + 2 < len(words) and words[noun + 1].low in ("of", "from", "by", "given"):
        found = after(words, noun + (3 if words[noun + 1].low == "given" else 2), grammar)
        return found.who if found and found.who.kind != "pronoun" else None
    return None


_ANSWERS = frozenset(
    "answer reply response verdict comment reaction explanation description summary conclusion view word words".split()
)


#: What somebody is or does who goes on to speak: "Lindqvist is blunter. “…”"
_TEMPER = frozenset(
    "blunt blunter bluntest clear clearer unimpressed sceptical skeptical succinct adamant defiant unrepentant "
    "philosophical "
    "sanguine cautious scathing dismissive categorical unequivocal unmoved laconic sarcastic furious bitter "
    "frank franker "
    "disagrees disagreed agrees agreed laughs laughed shrugs shrugged sighs sighed demurs demurred differs differed "
    "smiles smiled nods nodded shakes shook grins grinned hesitates hesitated pauses paused".split()
)
_SHORT_SENTENCE = 14  #: words


def tempered(words: list[Token], grammar: Grammar) -> Speaker | None:
    """The subject of a short sentence that shows how somebody speaks: "Ana Ruiz laughs."."""
    if len(words) > _SHORT_SENTENCE or not any(word.low in _TEMPER for word in words):
        return None
    found = after(words, 0, grammar)
    if found is None or found.who.kind == "content" or not is_somebody(found.who):
        return None
    return found.who if any(word.low in _TEMPER for word in words[found.ends :]) else None


def behind_place(words: list[Token], at: int) -> int:
    """Behind the place of a body: "the embassy in Oslo said"."""
    end = at + 1
    while at < len(words) and words[at].low in ("in", "at") and end < len(words) and words[end].is_capital:
        end += 1
    return end if at + 1 < end <= at + 4 else at
