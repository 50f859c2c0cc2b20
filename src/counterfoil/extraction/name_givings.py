"""What names a text gives an operation, in English: a verb or a noun of naming, the name, and of whom it is said.

"named it X", "has come to know the network as X", "follows the same set under the name X", "Graphika's term for it
is X", "goes by another name, X", "to Kaspersky it is X". A pronoun, "the network", a relative clause or an operation's
name tell of whom; the first name that an operation gets is its own, each further one an alias, with who uses it.
"""

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator, Sequence

from counterfoil.extraction.code_names import is_coined
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.naming import INFLUENCE, Named, key
from counterfoil.extraction.not_names import is_name, is_person_here
from counterfoil.extraction.organisations import known
from counterfoil.extraction.phrases import PhraseIndex, matches_with
from counterfoil.extraction.placed import Mention
from counterfoil.extraction.state_ties import tie_before
from counterfoil.model.extraction import Alias

_CAP = r"(?:[A-ZÀ-Þ]|\d(?=[A-Za-z]))[\w’'\-]{1,30}"
_PLAIN = rf"{_CAP}(?: (?:{_CAP}|of the {_CAP}|of {_CAP}|\d{{1,4}})){{0,3}}"
_NAME = rf"(?:[“\"«„] ?(?P<quoted>[^“”\"«»„\n()]{{2,40}}?) ?,?[”\"»“]|(?P<name>{_PLAIN}))"
_BODY = rf"{_CAP}(?:,? (?:of|for|and|the|&|{_CAP})){{0,8}}"
_NOUN = (
    r"(?:network|operation|campaign|group|activity|cluster|actor|effort|set|accounts|sites|pages|ecosystem|botnet|"
    r"scheme|farm|gang|crew|outfit|threat|hackers|unit|collective|ring|project|persona|clusters|networks|operations)"
)
_IT = (
    r"(?P<it>it|them|itself|themselves|(?:(?:part|parts|some|much|most) of )?(?:the|this|that|these|those|a|an|"
    r"one) (?:[\w\-]{2,20} ){0,3}?"
    rf"{_NOUN}(?: of [\w\-]{{3,20}}(?: [\w\-]{{3,20}})?)?)"
)
_ASIDE = r"(?: (?:internally|publicly|elsewhere|below|here|also|since \d{4}|in (?:this|its|our) [\w ]{3,20}))?"
_TAG = r"(?:code ?name|name|moniker|label|designation|alias|tag|term|cryptonym|handle|nickname|codename)"
_DIRECT = (
    "call calls called calling dub dubs dubbed name names named naming nickname nicknames nicknamed label "
    "labels labelled "
    "labeled term terms termed christen christens christened baptise baptises baptised baptized codename codenames "
    "codenamed coded tags tagged Tagged Dubbed Codenamed Nicknamed Named Called designates designated"
).split()
_WITH_AS = (
    "track tracks tracked tracking follow follows followed following monitor monitors monitored know knows "
    "known report "
    "reports reported list lists listed describes described documents documented catalogued refers refer "
    "referred speaks "
    "speak spoke have has had keeps kept filed designates designated identifies identified labels labelled labeled "
    "published wrote writes discussed discusses disclosed covered exposed Known Tracked catalogues"
).split()
_AGENT = rf"(?: (?:by|to|at|among) (?:the )?(?P<agent>{_BODY}))?"
_DIRECTLY = Expression(rf"(?<!\w)(?P<verb>\w{{2,14}})(?: {_IT})?{_AGENT}{_ASIDE}(?: as)?(?: the)? {_NAME}")
_AS = Expression(
    rf"(?<!\w)(?P<verb>\w{{2,14}})(?: (?:of|to|on|about))?(?: {_IT})?{_AGENT}{_ASIDE} (?:as|(?:under|by|using) "
    rf"(?:the|another|its|a) "
    rf"(?:[\w\-]{{2,14}} )?{_TAG},?(?: of)?)(?: the)? {_NAME}"
)
_FURTHER = Expression(rf",? (?:and |or )?(?:by|to|at) (?:the )?(?P<agent>{_BODY}) as (?:the )?{_NAME}")
_AND_NAME = Expression(rf",? (?:and|or|as well as)(?: as)? {_NAME}(?=[,.;:)”\" –—\n]|$)")
_BY_BEHIND = Expression(
    rf"[”\"»]?,? by (?:the )?(?:(?:analysts|researchers|experts) (?:at|of|from) )?(?:the )?(?P<by>{_BODY})"
)
_AUX = Expression(
    r"(?:\b(?:has|have|had|also|now|currently|previously|since|then|first|internally|publicly|came to|come to|later|"
    r"separately|still|once|usually|jointly|better|commonly|widely|elsewhere|otherwise|formerly|sometimes|"
    r"often|initially|originally),? )*$"
)
_RELATIVE = Expression(r",? (?:which|that|whom) (?:the )?")
_THE_ONE = Expression(rf"\b(?:[Tt]he|[Tt]his) {_NOUN}$")
_CONTACT = Expression(rf"\b(?:the|a|an|this|that|one) (?:[\w\-]{{2,16}} )?{_NOUN} (?P<by>it|they|we|{_BODY}) $")
_WHO = Expression(r"[^,;:.\n]{2,60} ")
_SUBJECT = Expression(
    rf"(?:^|[\s(“\"])(?:(?P<by>{_BODY})|(?P<we>[Ww]e|[Ii]t|[Tt]hey|[Rr]esearchers|[Aa]nalysts|[Oo]thers|"
    rf"[Ii]nvestigators|"
    rf"[Ee]xperts|[Oo]bservers|some|others|researchers))(?P<staff>['’]s? (?:own )?(?:analysts|researchers|"
    rf"investigators|"
    rf"team|staff|experts|report))?(?:, (?:who|which)(?: [^,;:.\n]{{3,50}},)?|, whose [^,;:.\n]{{3,40}}|"
    rf" \([A-Z]{{2,8}}\)(?:, who)?)? $"
)
_PASSIVE = Expression(r"\b(?:is|was|are|were|been|being|be)(?: \w+ly)? $")
_PARTICIPLE = Expression(rf"(?:{_NOUN}(?: of [\w\- ]{{3,30}})?,? |[,(–—] ?|^\s*|\) )$")
_CLOSES = Expression(r"[”\"»]?(?: \([^()\n]{1,90}\))?(?:,| –| —| \()?(?: also)? ?$")
#: "Its name within Meta is X", "prefers the label X", "goes by another name, X", "gave it the code name “X”"
_TAGGED = Expression(
    rf"\b(?P<tag>{_TAG})(?: (?:for|within|at|in|among) (?:the )?(?P<of>[^.,;:\n]{{2,50}}?))?(?:,| is| was|:| of|"
    rf";)? {_NAME}"
)
_TAG_BEFORE = Expression(
    rf"(?:(?:the )?(?P<whose>{_BODY})['’]s? (?:own |internal |first )?|\b(?P<who>{_BODY})(?:,[^,;.\n]{{3,60}},)? "
    r"(?:prefers|uses|keeps|chose|favours|favors|adopted|uses|coined|gave \w+|has given \w+) (?:the |its |a "
    r")?(?:own )?|"
    r"\b(?:[Ii]ts|[Oo]ur own|our|[Oo]ther|whose|the|The|another|an) (?:\w+ )?)$"
)
_NAME_FOR = Expression(
    rf"[”\"»]? (?:is|was|being) (?:the )?(?P<by>{_BODY})['’]s? (?:own |internal )?{_TAG} for (?:it|the|this)\b"
)
_TO_WHOM = Expression(
    rf"(?<![\w\-])(?:[Tt]o|[Ff]or|[Aa]t) (?:the )?(?P<by>{_BODY}),? (?:it|the {_NOUN}|they) (?:is|was|are) "
    rf"(?:known as )?{_NAME}"
)
_OPERATION = Expression(rf"(?<![\w\-]){_NOUN}s?(?![\w\-])")
_FIRM_BEHIND = Expression(
    r"(?:firm|company|agency|consultancy|contractor|outfit|man|woman|person|people|those) (?:behind|of|"
    r"that runs|running) [“\"]?$"
)
_OTHER = Expression(
    r"(?i)\b(?:vaccin\w+|advertising|election|electoral|presidential|fundraising|awareness|marketing|military|rescue|"
    r"his|her|my|reelection|re-election|church|rebel|police|research|charity|film|music|song|sting|mining|drug|"
    r"medical)\b"
)
_CODED = Expression(r"[A-Z]{2,6}-[A-Z0-9\-]{2,12}|[A-Z][a-z]+[A-Z]\w+|[A-Z]{2,8}-?\d{2,5}")
_BACK = 1200
_TITLE = 160  #: letters at a text's beginning: what it is about is named there
_NO_NAMES = frozenset(
    "It They We Researchers Others Americans Investigators Analysts Experts Observers Some Reporters Journalists "
    "Its Their Our Another The This".split()
)


def name_givings(text: str, named: Sequence[Named]) -> Iterator[Named]:
    """Each name that is given, as a naming of its own or as an alias of the operation it is given to."""
    found = _Given(text, named)
    places: list[tuple[int, str, re.Match[str]]] = []
    for how, pattern, wanted in (("direct", _DIRECTLY, _DIRECT), ("as", _AS, _WITH_AS)):
        places += [(match.start(), how, match) for match in matches_with(text, pattern, wanted, 0, 210)]
    nouns = ("name", "code", "codename", "moniker", "label", "designation", "alias", "tag", "term", "nickname")
    places += [(match.start(), "tag", match) for match in matches_with(text, _TAGGED, nouns, 0, 140)]
    copulas = ("is", "was", "are")
    places += [(match.start(), "to", match) for match in matches_with(text, _TO_WHOM, copulas, 70, 130)]
    for _, how, match in sorted(places, key=lambda place: place[:2]):
        yield from found.of(how, match)


class _Given:
    """Reads the namings of one text in order, and knows which operation was named last."""

    def __init__(self, text: str, named: Sequence[Named]) -> None:
        self._text = text
        operations = {naming.name: naming for naming in named if naming.kind in INFLUENCE}
        operations |= {alias.name: naming for naming in operations.values() for alias in naming.aliases}
        self._mentions = [
            (start, end, operations[name].name) for start, end, name in PhraseIndex(operations).find(text)
        ]
        self._first = {one: (start, end) for start, end, one in reversed(self._mentions)}
        counted = Counter(one for _, _, one in self._mentions).most_common(2)
        stands_out = counted and (len(counted) == 1 or counted[0][1] >= 2 * counted[1][1])
        if counted and not stands_out and counted[0][1] > counted[1][1]:
            stands_out = self._first[counted[0][0]][0] < _TITLE
        self._main = counted[0][0] if stands_out else ""  #: the operation that the text is about
        self._others = {naming.name for naming in named if naming.kind not in INFLUENCE}

    def of(self, how: str, match: re.Match[str]) -> Iterator[Named]:
        """The namings of one match."""
        name, start = _written(match)
        if not self._is_name(name, start, quoted=match["quoted"] is not None):
            return
        first = max(self._text.rfind("\n", 0, match.start()), self._sentence(match.start())) + 1
        before = self._text[max(first, match.start() - 230) : match.start()]
        if how == "tag":
            told = self._tagged(match, before)
        elif how == "to":
            told = ("last", match["by"]) if _CODED.fullmatch(name) or " " in name else None
        else:
            told = self._verb(match, before, how)
        if told is None:
            return
        whom, by = told
        yield from self._given((start, name), whom, by)
        yield from self._more(match, whom if whom else name, start)

    def _more(self, match: re.Match[str], whom: str, start: int) -> Iterator[Named]:
        """ "..., and by Z as W", "... and W" """
        further = _FURTHER.match(self._text, match.end()) or _AND_NAME.match(self._text, match.end())
        if further:
            name, at = _written(further)
            plain = "agent" not in further.re.groupindex and not (_CODED.fullmatch(name) or further["quoted"])
            if self._is_name(name, at, quoted=False) and not plain:
                by = further["agent"] if "agent" in further.re.groupindex else ""
                yield from self._given((at, name), "last" if whom != "self" else whom, by)

    def _given(self, place: tuple[int, str], whom: str, by: str) -> Iterator[Named]:
        """A naming; `whom` is the operation's name, "last" for the one named last, empty for a new one."""
        start, name = place
        by = _body(by)
        of = self._last(start, name) if whom == "last" else whom
        if of and key(of) != key(name):
            at, end = self._first[of]
            yield Named(at, self._text[at:end], "actor", "", "named with its aliases", (Alias(name, by),))
            insort(self._mentions, (start, start + len(name), of))
            return
        said = self._text[max(0, start - 30) : start].split("\n")[-1].strip(' “"')
        aliases = (Alias(name, by),) if by else ()
        yield Named(start, name, "actor", tie_before(self._text, start), f"named by “{said}”", aliases)
        insort(self._mentions, (start, start + len(name), name))
        self._first.setdefault(name, (start, start + len(name)))

    def _verb(self, match: re.Match[str], before: str, how: str) -> tuple[str, str] | None:
        """Of whom a verb of naming says it, and who does; None if it is no naming of an operation."""
        it, agent = match["it"] or "", match["agent"] or ""
        bare = before[:-70] + _AUX.sub("", before[-70:])  # only the end matters, and is quickly read
        relative = None
        for each in _RELATIVE.finditer(bare) if not it else ():
            relative = each
        if relative and _WHO.fullmatch(bare, relative.end()):
            inner = _SUBJECT.search(bare, relative.end() - 1)
            by = (inner["by"] or "") if inner else ""
            whom = self._antecedent(match.start() - len(before) + relative.start(), before[: relative.start()])
            aside = relative.group().startswith(",") and _THE_ONE.search(before[: relative.start()])
            if whom == "" and aside and self._mentions:
                whom = "last"  # "the operation, which it refers to as X"
            return None if whom is None or inner is None else (whom, by)
        passive = _PASSIVE.search(bare)
        participle = match["verb"].endswith(("ed", "own")) and _PARTICIPLE.search(bare[-60:]) is not None
        if not it and (passive or participle or agent):
            by = agent or self._by_behind(match.end())
            return self._subject_named(match, before, by)
        if not it and how == "direct":
            contact = _CONTACT.search(bare)  # "the crew it calls X"
            return ("", _body(contact["by"])) if contact and not _OTHER.search(bare[-60:]) else None
        subject = _SUBJECT.search(bare)
        if subject is None or (not it and how == "as" and not _has_operation(before)):
            return None
        if it in ("itself", "themselves"):
            return ("", "") if _has_operation(before) else None
        if _OTHER.search(it):
            return None
        if it.startswith(("a ", "an ", "one ")):
            return "", subject["by"] or ""
        if it in ("it", "them", "") and not self._mentions and not self._field_near(match.start()):
            return None
        return "last", subject["by"] or ""

    def _subject_named(self, match: re.Match[str], before: str, by: str) -> tuple[str, str] | None:
        """Of whom "is known as X", "tracked by Y as X" is said: the operation named before in the sentence."""
        near = [
            m for m in self._before(match.start(), 8) if match.start() - len(before) <= m[0] and m[1] <= match.start()
        ]
        if near and _FIRM_BEHIND.search(self._text[max(0, near[-1][0] - 40) : near[-1][0]]):
            return None  # "the firm behind X is called Y"
        if near and not re.search(r"[;:]", self._text[near[-1][1] : match.start()]):
            between = self._text[near[-1][1] : match.start()]
            if len(between) < 110:
                return near[-1][2], by
        opens = before.strip(' “"') == ""
        head = _OPERATION.search(before) or (opens and _OPERATION.search(self._text, match.end(), match.end() + 60))
        pronoun = re.search(r"(?:^|[\s“\"])(?:[Ii]t|[Tt]hey)\b[^,;:]{0,30}$", before)
        if not head and not (pronoun and (self._mentions or self._field_near(match.start()))):
            return None
        if _OTHER.search(before) or (
            head and re.search(r"\b(?:[Tt]he|[Tt]his|[Tt]hat) (?:\w+ ){0,2}$", before[: head.start()])
        ):
            return ("last", by) if not _OTHER.search(before) else None
        return ("last" if pronoun and not head else "", by)

    def _antecedent(self, at: int, before: str) -> str | None:
        """Of whom a relative clause that begins at an offset tells; empty for one not named yet, None for none."""
        for begin, stop, name in reversed(self._before(at, 8)):
            if begin < at - 200:
                break
            if stop <= at and _CLOSES.fullmatch(self._text, stop, at):
                return name
        heads = list(_OPERATION.finditer(before[-110:]))
        if not heads or _OTHER.search(before[-60:]):
            return None
        return "last" if re.search(r"\bsame (?:\w+ )?$", before[-110:][: heads[-1].start()]) else ""

    def _tagged(self, match: re.Match[str], before: str) -> tuple[str, str] | None:
        owner = _TAG_BEFORE.search(before)
        goes = re.search(
            r"\b(?:go|goes|going|went|operat\w+) (?:\w+ )?(?:by|under) (?:the |another |a )?(?:\w+ )?$", before
        )
        given = re.search(
            r"\b(?:giv\w+|gave|assign\w+|bears?|under|with|by) (?:(?:it|them|the \w+) )?(?:the |a |its )?(?:\w+ )?$",
            before,
        )
        if not (owner or goes or given):
            return None
        by = (owner["whose"] or owner["who"] or "") if owner else ""
        within = match["of"] or ""
        by = by or (within if within[:1].isupper() else "")
        near = _has_operation(before) or _has_operation(self._text[match.end() : match.end() + 110]) or self._mentions
        if not near or _OTHER.search(before) or not self._field_near(match.start()):
            return None
        near_one = self._last(match.start(), "")
        return ("last" if near_one else "", by)

    def _last(self, at: int, name: str) -> str:
        """The operation named last before an offset, under another name than the one given; empty if none is near."""
        for start, _, one in reversed(self._before(at, 40)):
            if key(one) != key(name):
                return one if at - start < _BACK else self._main
        return ""

    def _before(self, at: int, most: int) -> list[Mention]:
        """The last mentions that begin before an offset."""
        index = bisect_left(self._mentions, (at,))
        return self._mentions[max(0, index - most) : index]

    def _by_behind(self, end: int) -> str:
        behind = _BY_BEHIND.match(self._text, end)
        return behind["by"] if behind else ""

    def _sentence(self, at: int) -> int:
        return max(self._text.rfind(stop, max(0, at - 400), at) for stop in (". ", "! ", "? ", "; "))

    def _field_near(self, at: int) -> bool:
        return _OPERATION.search(self._text, max(0, at - 500), min(len(self._text), at + 150)) is not None

    def _is_name(self, name: str, start: int, quoted: bool) -> bool:
        if is_coined(name) and name not in self._others:
            named_as = self._text.startswith(" as ", start - 4)  # "who track it as X, said": X says nothing
            return named_as or not is_person_here(self._text, start, name)
        if not is_name(name) or name in known() or name in self._others or name.endswith(("’s", "'s")):
            return False
        return quoted or not (is_person(name) or is_person_here(self._text, start, name))


def _written(match: re.Match[str]) -> tuple[str, int]:
    group = "quoted" if match["quoted"] is not None else "name"
    name = re.sub(r"['’]s?$", "", match[group]).rstrip(" ,.")
    return name, match.start(group)


def _has_operation(words: str) -> bool:
    return _OPERATION.search(words) is not None


def _body(by: str) -> str:
    """Who uses a name, without an article; empty for those who have no name."""
    by = re.sub(r"^[Tt]he ", "", by or "").strip(" ,")
    by = re.sub(r"['’]s?$", "", by)
    return by if by[:1].isupper() and by.split(" ")[0] not in _NO_NAMES else ""
