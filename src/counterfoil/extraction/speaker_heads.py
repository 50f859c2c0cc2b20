"""What a noun phrase says of the one who speaks: a name, an office, a report, a pronoun."""

from typing import NamedTuple

from counterfoil.extraction.english_words import classes, verbs
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.person_titles import TITLES, describes
from counterfoil.extraction.speech_grammar import Grammar
from counterfoil.extraction.speech_tokens import Token
from counterfoil.extraction.states import gazetteer

_ORGANISATION = Expression(
    r"Agency|Institute|Institution|Cent(?:er|re)|Lab|Labs|Laboratory|Office|Bureau|Ministry|Department|Council|Committee|"
    r"Commission|Embassy|University|Observatory|Foundation|Forum|Group|Media|Bank|Party|Union|Service|Services|Project|"
    r"Initiative|Network|Association|Federation|Authority|Board|Court|House|Parliament|Congress|Government|Unit|Team|"
    r"Mission|Digital|Holdings?|Company|Corp|Inc|Ltd|LLC|GmbH|Times|Post|News|Radio|TV|Journal|Guardian|Watch|Monitor|"
    r"Alliance|Coalition|Consortium|Fund|Research|Security|Cyber|Threat|Intelligence|Analysis|Strategies|Partners|"
    r"Police|Army|Forces|Navy|Guard|Kremlin|Republic|States|Kingdom|Nations|Front|Movement|Trust|School|Academy|"
    r"Ministère|Agence|Ambassade|Embajada|Ministerio|Botschaft|Bundesamt|Verfassungsschutz|Amt|Ministerium|"
    r"Посольство|Министерство|Центр|Служба|Комитет|Міністерство|Комітет|Fund|Collective|Desk|Studio|Systems|Solutions"
)
_CLITIC = Expression(r"(?:\w{1,14}-)?(?:t-)?(?P<who>il|elle|ils|elles|on)")
#: Nouns for people, by their endings.
PERSON_HEAD = Expression(
    r"\w{3,20}(?:ists?|ians?|m[ae]n|wom[ae]n|persons?|ologists?|graphers?|-olds?|in|innen|eur|eurs|trice|"
    r"ник|ница|тель|тельница)"
)
_WHOSE = frozenset(
    "his her its their sein seine ihr ihre seiner ihrer son sa ses leur leurs su sus его ее её их його її їх".split()
)
_BY = frozenset("by from of de du des von der para del por".split())


#: Documents that speak for somebody only if they are somebody's: "Graphika's analysis", but "analysis shows".
_OWNED_ONLY = frozenset(
    "records data figures files invoices logs statistics counts analysis findings investigation inquiry review "
    "testimony article note post thread editorial".split()
)
_ALONE = frozenset("one some many most several both another two three".split())


#: Adjectives behind their noun: "two people familiar with the case".
_POSTPOSED = frozenset(
    "familiar close responsible involved present aware privy able knowledgeable active alike abroad there here".split()
)


class Speaker(NamedTuple):
    """Who speaks. `kind` is "pronoun", "name", "role" (an office or a body without a name), "some" ("one of them") or
    "content" (an operation's posts). `head` is the lower-case noun of a role or the pronoun; `via` a document of the
    speaker's; `roles` the words that say what somebody named is.
    """

    start: int
    name: str
    kind: str
    head: str = ""
    via: str = ""
    roles: frozenset[str] = frozenset()


def speaker(core: list[Token], inserted: list[Token], grammar: Grammar) -> Speaker | None:
    """What a noun phrase and what is inserted behind it say of the speaker; None if nobody can be meant."""
    first = core[0]
    if len(core) == 1 and (first.low in grammar.singular or first.low in grammar.thing or first.low in grammar.plural):
        return Speaker(first.start, first.text, "pronoun", first.low)
    clitic = _CLITIC.fullmatch(first.low) if "-" in first.text else None
    if clitic:
        return Speaker(first.start, clitic["who"], "pronoun", clitic["who"])
    if first.low in grammar.own:
        return None
    cut = next(
        (k for k, word in enumerate(core) if k and word.low in grammar.prepositions and not word.is_capital), len(core)
    )
    run, rest = core[:cut], core[cut:]
    if not run[-1].is_word:
        run = run[:-1] if run[-1].text in '”»"’“' else run
    if not run:
        return None
    if (len(core) == 1 and first.low in grammar.articles - _ALONE) or (
        grammar.is_english and core[-1].low.endswith("'s")
    ):
        return None
    if len(run) > 1 and grammar.is_english and _is_participle(run):
        run, rest = run[:-1], [run[-1], *rest]  # "a memorandum released by the council"
    if rest and len(run) <= 2 and run[0].low in grammar.articles and rest[-1].low in ("them", "these", "those"):
        return Speaker(first.start, _said(core), "some", rest[-1].low)
    if rest and len(run) == 1 and run[0].low in grammar.articles and not run[0].low.startswith("th"):
        return _one_of(core, rest, grammar)
    if grammar.is_english and first.text in '“"‘' and core[-1].text in '”"’':
        return Speaker(first.start, _said(core), "content", "persona")
    if len(run) == 1 and rest and rest[0].low == "of" and run[0].low.endswith("s") and first.low not in grammar.content:
        return Speaker(first.start, _said(core), "role", run[0].low)
    if grammar.is_english and len(run) > 1 and run[-1].low in _POSTPOSED:
        head = next((k for k in range(len(run) - 2, -1, -1) if run[k].low in grammar.heads), None)
        run, rest = (run[: head + 1], [*run[head + 1 :], *rest]) if head is not None else (run, rest)
    last = run[-1].low
    common = last in grammar.heads or last in grammar.documents or last in grammar.content
    if common and (len(run) == 1 or grammar.capital_nouns):
        return _described(core, run, rest, inserted, grammar)
    if run[-1].is_capital or run[-1].text in '”»"':
        return _named(core, run, rest, inserted, grammar)
    return _described(core, run, rest, inserted, grammar)


def _is_participle(run: list[Token]) -> bool:
    if not run[-1].text.islower() or not run[-2].text.islower():
        return False
    return verbs().get(run[-1].low) == "past" or run[-1].low.endswith("ed")


def _one_of(core: list[Token], rest: list[Token], grammar: Grammar) -> Speaker | None:
    """ "one of our interviewees", "three of the officials"."""
    last = next((k for k, word in enumerate(rest) if k and word.low in grammar.prepositions), len(rest))
    head = rest[last - 1].low
    return Speaker(core[0].start, _said(core), "role", head) if head in grammar.heads else None


def _said(words: list[Token]) -> str:
    """Words with the blanks between them as written, as far as tokens can tell."""
    parts: list[str] = []
    for last, word in zip([None, *words], words, strict=False):
        parts.append("" if last is None or word.start == last.end else " ")
        parts.append(word.text)
    return "".join(parts)


def _trailing_name(run: list[Token], grammar: Grammar) -> list[Token]:
    """The name at the end of a run, without the titles in front of it."""
    at = len(run)
    while at and (
        run[at - 1].is_capital
        or run[at - 1].text in '“”«»"„&.'
        or (at < len(run) and run[at - 1].low in grammar.name_words and at > 1 and run[at - 2].is_capital)
    ):
        at -= 1
    name = run[at:]
    while name and (
        name[0].low in grammar.articles or (grammar.capital_nouns and len(name) > 1 and _is_common(name[0], grammar))
    ):
        name = name[1:]
    titles = [k for k, word in enumerate(name) if word.text.rstrip(".") in TITLES or _is_adjective(word)]
    organisation = any(_ORGANISATION.fullmatch(word.text) for word in name)
    if titles and (not organisation or len(name) - titles[-1] - 1 >= 2) and not _ORGANISATION.fullmatch(name[-1].text):
        name = name[titles[-1] + 1 :]
    return name


def _is_common(word: Token, grammar: Grammar) -> bool:
    """Whether a capitalised German word is a common noun for people or bodies ("IT-Firma", "Innenministerin")."""
    return any(part in grammar.heads or part in grammar.outlets for part in (word.low, word.low.rpartition("-")[2]))


def _is_adjective(word: Token) -> bool:
    return describes(word.text) or word.low.endswith("'s") or word.text in gazetteer().adjectives


def _named(
    core: list[Token], run: list[Token], rest: list[Token], inserted: list[Token], grammar: Grammar
) -> Speaker | None:
    if len(core) == 1 and grammar.is_english and run[0].low in classes()["adjectives"]:
        return None  # "False claims that ..."
    name = _trailing_name(run, grammar)
    before = run[: len(run) - len(name)]
    roles = frozenset(word.low for word in [*before, *rest, *inserted[:12]] if word.is_word)
    if not name:
        # Titles only: "the Minister of Foreign Affairs, Josephine Arsenault".
        person = apposed_person(inserted, grammar)
        roles |= frozenset(word.low for word in core)
        if person:
            return Speaker(core[0].start, person, "name", roles=roles)
        return Speaker(core[0].start, _said(core), "role", run[-1].low.removesuffix("'s"), roles=roles)
    content = [word.low for word in before if word.low in grammar.content - grammar.heads - grammar.documents]
    if content and before[-1].low == content[-1]:
        return Speaker(core[0].start, _said(name), "content", content[-1])
    common = name[0].low if len(name) == 1 and before else ""
    if common in grammar.content and common not in grammar.heads and common not in grammar.documents:
        return Speaker(core[0].start, _said(core), "content", name[0].low)  # "the Pages"
    is_one = len(name) > 1 and not any(_ORGANISATION.fullmatch(word.text) for word in name)
    if rest and not is_one and rest[0].low in grammar.name_words | frozenset({"for", "of"}) and _is_name_part(rest):
        name = [*name, *rest]
    text = _said(name).strip('“”«»"„ ').rstrip(",")
    return Speaker(core[0].start, text.removesuffix("'s").removesuffix("’s"), "name", roles=roles)


def _is_name_part(rest: list[Token]) -> bool:
    behind = [word for word in rest[1:] if word.low not in ("the", "la", "le", "l'")]
    return bool(behind) and behind[0].is_capital


def apposed_person(inserted: list[Token], grammar: Grammar) -> str:
    """The person that an insertion names (", Josephine Arsenault,"); empty if it says something else."""
    while inserted and inserted[0].text == "(":
        inserted = inserted[next((k + 1 for k, word in enumerate(inserted) if word.text == ")"), len(inserted)) :]
    words = [word for word in inserted if word.text not in ",—–()"] if inserted and inserted[0].text in ",—–" else []
    for at, word in enumerate(words):
        if not (word.is_capital or (at and word.low in grammar.name_words)):
            words = words[:at] if at >= 2 and word.low in grammar.prepositions | grammar.adverbs | {"on", "who"} else []
            break
    while words and (words[0].text.rstrip(".") in TITLES or _is_adjective(words[0])):
        words = words[1:]
    if not 2 <= len(words) <= 4 or any(_ORGANISATION.fullmatch(word.text) for word in words):
        return ""
    return _said(words)


def _described(
    core: list[Token], run: list[Token], rest: list[Token], inserted: list[Token], grammar: Grammar
) -> Speaker | None:
    """A phrase whose head is a common noun: an office, a body, a document."""
    head = run[-1].low.removesuffix("'s")
    if not (grammar.is_english or grammar.capital_nouns):  # the head comes first: "Комитет национальной безопасности"
        head = next((word.low for word in run if word.low in grammar.heads or word.low in grammar.documents), head)
    if head in grammar.documents:
        return _document(core, run, rest, grammar)
    if head in grammar.heads or head.rpartition("-")[2] in grammar.heads or PERSON_HEAD.fullmatch(head):
        person = apposed_person(inserted, grammar)
        roles = frozenset(word.low for word in core if word.is_word)
        if person:
            return Speaker(core[0].start, person, "name", roles=roles)
        return Speaker(core[0].start, _said(core), "role", head, roles=roles)
    if head in grammar.content:
        return Speaker(core[0].start, _said(core), "content", head)
    # Anybody may say what stands in quotation marks: "the treasurer joked".
    known = run[0].low in grammar.articles and len(run) > 1 and run[-1].text.isalpha()
    return Speaker(core[0].start, _said(core), "role", head, roles=frozenset({"unknown"})) if known else None


def _document(core: list[Token], run: list[Token], rest: list[Token], grammar: Grammar) -> Speaker | None:
    """ "Graphika's second report", "a study by the Delta Institute", "the report"."""
    owner = next((k for k, word in enumerate(run) if word.low.endswith(("'s", "s'")) and word.is_capital), None)
    if owner is not None:
        name = _trailing_name(run[: owner + 1], grammar) or run[: owner + 1]
        text = _said([word for word in name if word.low not in grammar.articles])
        for suffix in ("'s", "’s", "'", "’"):
            text = text.removesuffix(suffix)
        return Speaker(core[0].start, text, "name", via=_said(run[owner + 1 :]))
    body = next(
        (k for k, word in enumerate(run) if word.low.removesuffix("'s") in grammar.heads and word.low.endswith("'s")),
        None,
    )
    if body is not None:  # "the council's letter"
        owning = _said(run[: body + 1])[:-2]
        return Speaker(core[0].start, owning, "role", run[body].low[:-2], via=_said(run[body + 1 :]))
    part = next((word.low.removesuffix("'s") for word in run[:-1] if word.low.endswith("'s")), "")
    if part in grammar.documents:  # "the report's section on China"
        whole = _said(run[: next(k for k, word in enumerate(run) if word.low.endswith("'s")) + 1])[:-2]
        return Speaker(core[0].start, whole, "role", part, roles=frozenset({"document"}))
    by = next((k for k, word in enumerate(rest) if word.low in _BY), None)
    if by is not None:
        name = rest[by + 1 :]
        while name and name[0].low in grammar.articles | grammar.name_words:
            name = name[1:]
        if name and name[0].is_capital:
            end = next(
                (k for k, w in enumerate(name) if k and w.low in grammar.prepositions - {"of", "for", "de", "für"}),
                len(name),
            )
            return Speaker(core[0].start, _said(name[:end]), "name", via=run[-1].text)
    capitals = [word for word in run[:-1] if word.is_capital and word.low not in grammar.articles | _WHOSE]
    if capitals and not any(_is_adjective(word) for word in capitals):
        return Speaker(core[0].start, _said(capitals), "name", via=run[-1].text)
    whose = run[0].low if run[0].low in _WHOSE else ""
    if run[-1].low in grammar.content and not whose:
        return Speaker(core[0].start, _said(core), "content", run[-1].low)
    roles = {"document", "unowned"} if run[-1].low in _OWNED_ONLY else {"document"}
    document = _said(core if rest and rest[0].low in grammar.prepositions else run)
    return Speaker(core[0].start, document, "role", run[-1].low, roles=frozenset(roles))
