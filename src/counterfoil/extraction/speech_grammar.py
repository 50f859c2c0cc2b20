"""The words with which speech is reported, language by language, in the one shape that the rules read."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from counterfoil.extraction.phrases import word_starts

#: Small words that tell the languages apart where the report does not say which it is in.
_TELLING = {
    "en": "the of and to that was with by which has were",
    "fr": "le les des et une dans que pour est du aux",
    "de": "der die das und mit den nicht von ist dem eine",
    "es": "el los las y que una por con del se para",
    "ru": "и не что на это как из был были они",
    "uk": "і не що на це як із був були вони та",
}


@dataclass(frozen=True, slots=True)
class Grammar:
    """Words of one language, in lower case.

    `verbs` are all finite forms with which somebody says something; `plain` those of them that tell what was said
    without a word like "that"; `tells` those with a listener ("told Reuters"); `judges` those that take
    words for something ("called it “…”"). `sources` are words before a source ("according to"), each as a tuple.
    """

    verbs: frozenset[str]
    plain: frozenset[str]
    tells: frozenset[str]
    judges: frozenset[str]
    denies: frozenset[str]
    quotes_only: frozenset[str]  #: verbs that only quotations follow
    inverted: frozenset[str]  #: words between a quotation and who says it ("so")
    that: frozenset[str]
    after_source: frozenset[str]  #: words behind a source ("zufolge")
    possessive_sources: frozenset[str]  #: "её" of "по её словам"
    heads: frozenset[str]  #: nouns for people and bodies that speak
    documents: frozenset[str]  #: nouns for what speaks in writing
    content: frozenset[str]  #: nouns for what an operation makes: its words are no source's
    articles: frozenset[str]
    prepositions: frozenset[str]
    joins: frozenset[str]  #: words that begin another clause
    verbal: frozenset[str]  #: auxiliaries and other words that a noun phrase cannot hold
    adverbs: frozenset[str]  #: words between a subject and its verb
    unsaid: frozenset[str]  #: "not", "would", ...: what follows was not said
    conditions: frozenset[str]
    singular: frozenset[str]  #: pronouns for a person
    thing: frozenset[str]  #: pronouns for a body
    plural: frozenset[str]
    own: frozenset[str]  #: the author's own voice
    passive: frozenset[str]  #: "by"
    impersonal: frozenset[str]  #: "В посольстве заявили": before a body that says
    naming: frozenset[str]  #: words before a name in quotation marks
    media: frozenset[str]  #: "interview", "statement", "email"
    outlets: frozenset[str]  #: "newspaper", "agency" before an outlet's name
    name_words: frozenset[str]  #: small words inside names ("de", "of")
    pronouns: frozenset[str]
    nouns: frozenset[str]  #: for those who speak, what they write and what an operation makes
    no_beginning: frozenset[str]  #: words with which no speaker's noun phrase begins
    behind_name: frozenset[str]  #: words that may go on with a name in small letters
    clausal: frozenset[str]  #: words behind "and" that begin another clause
    sources: tuple[tuple[str, ...], ...]
    is_english: bool
    null_subject: bool  #: "Dijo que ...": the verb alone stands for whoever spoke last
    capital_nouns: bool  #: nouns begin with a capital, as names do


def grammar(language: str, text: str) -> Grammar:
    """The grammar of a report's language; of what it looks like, where nobody says or nobody knows."""
    return _load(language if language in _TELLING else _looks_like(text))


def _looks_like(text: str) -> str:
    starts = word_starts(text)
    counts = {code: sum(len(starts.get(word, ())) for word in few.split()) for code, few in _TELLING.items()}
    return max(counts, key=lambda code: counts[code])


@lru_cache(maxsize=8)
def _load(code: str) -> Grammar:
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    text = (files("counterfoil.extraction") / "data" / f"speech_{code}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            current = lists.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            current += line.split()

    def those(name: str) -> frozenset[str]:
        return frozenset(lists.get(name, ()))

    flags = those("flags")
    pronouns = those("singular") | those("thing") | those("plural")
    heads = those("heads")
    if code == "en":
        heads |= {f"{head}s" for head in heads - {"user", "player"} if not head.endswith("s")}
    nouns = heads | those("documents")
    connecting = those("prepositions") | those("name_words")
    return Grammar(
        verbs=those("verbs"),
        plain=those("plain"),
        tells=those("tells"),
        judges=those("judges"),
        denies=those("denies"),
        quotes_only=those("quotes_only"),
        inverted=those("inverted"),
        that=those("that"),
        after_source=those("after_source"),
        possessive_sources=those("possessive_sources"),
        heads=heads,
        documents=those("documents"),
        content=those("content"),
        articles=those("articles"),
        prepositions=those("prepositions"),
        joins=those("joins"),
        verbal=those("verbal"),
        adverbs=those("adverbs"),
        unsaid=those("unsaid"),
        conditions=those("conditions"),
        singular=those("singular"),
        thing=those("thing"),
        plural=those("plural"),
        own=those("own"),
        passive=those("passive"),
        impersonal=those("impersonal"),
        naming=those("naming"),
        media=those("media"),
        outlets=those("outlets"),
        name_words=those("name_words"),
        pronouns=pronouns,
        nouns=nouns | those("content"),
        no_beginning=those("prepositions") | those("verbal") | those("joins") | those("conditions") | those("own"),
        behind_name=connecting | nouns,
        clausal=those("verbs") | those("verbal") | those("joins") | pronouns,
        sources=tuple(tuple(phrase.split("_")) for phrase in lists["sources"]),
        is_english=code == "en",
        null_subject="null_subject" in flags,
        capital_nouns="capital_nouns" in flags,
    )
