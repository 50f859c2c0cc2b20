"""Names that several trackers give to one operation, as lists and comparisons tell them.

"X (Y to Microsoft, Z to Recorded Future)", "What A calls X is what B calls Y", "several names, among them X (A) and
Y (B)", "X, better known as Y", "in Z's naming scheme it is Y".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_person
from counterfoil.extraction.naming import INFLUENCE, Named, key
from counterfoil.extraction.not_names import is_name, is_person_here
from counterfoil.extraction.organisations import known
from counterfoil.extraction.phrases import matches_with
from counterfoil.extraction.place_names import is_place_name
from counterfoil.extraction.state_ties import tie_before
from counterfoil.extraction.states import gazetteer
from counterfoil.model.extraction import Alias

_CAP = r"(?:[A-ZÀ-Þ]|\d(?=[A-Za-z]))[\w’'\-]{1,30}"
_NAME = rf"(?:[“\"«„][^“”\"«»„\n()]{{2,40}}[”\"»“]|{_CAP}(?: (?:{_CAP}|\d{{1,4}})){{0,3}})"
_BODY = rf"{_CAP}(?:[ .](?:of|for|the|&|{_CAP}|[a-z]{{2,3}}(?![\w]))){{0,5}}"
_FIELD = Expression(
    r"(?i)\b(?:operations?|campaigns?|networks?|clusters?|threat actors?|disinformation|influence|propaganda|"
    r"inauthentic|botnet|accounts|intrusion)\b"
)
#: "X (Y to Microsoft, Z in Mandiant's terms)", "X – Y to Recorded Future –"
_BRACKET = Expression(
    rf"(?P<name>{_NAME}) (?:\((?P<inside>[^()\n]{{4,160}})\)|[–—-] (?P<dashed>[^–—()\n]{{4,90}}) [–—-])"
)
_USED_BY = Expression(
    rf"(?:also |or |and |known as |tracked as |called ){{0,4}}(?P<alias>{_NAME}) (?:to|for|at|in|by|according to) "
    rf"(?:the )?(?P<by>{_BODY})(?:['’]s? (?:naming|taxonomy|terms|terminology|reports?|reporting|nomenclature|"
    rf"parlance)[\w ]{{0,12}})?"
)
_PARTS = Expression(r"[,;] (?:and |or )?| and | or ")
#: "X, also known as Y or Z,"
_KNOWN_AS = Expression(
    rf"(?P<name>{_NAME})(?:,? \(|, (?:which|that|who)(?: is| was)?|,| –| —| -| is| was)?(?: also| better|"
    rf" otherwise| formerly|"
    rf" previously| more commonly| widely| sometimes| variously| elsewhere| initially| originally| now| long)*,? "
    rf"(?P<mark>known as|known by some as|tracked as|referred to as|reported as|a\.k\.a\.|aka|AKA|alias|"
    rf"formerly|née),? "
    rf"(?:the )?(?P<second>{_NAME})(?:(?:,|,? or|,? and|, alias|, aka) (?P<third>{_NAME})(?=[,.;:)]| [–—a-z]|$))?"
)
#: "What Meta refers to as X"
_WHAT = Expression(
    rf"\b[Ww]hat (?:the )?(?P<by>{_BODY}?)(?:['’]s? [\w ]{{3,30}}?)? (?:has |have )?(?:calls?|called|dubs?|"
    rf"dubbed|labels?|"
    rf"labell?ed|names?|named|nicknamed|tracks as|tracked as|refers to as|referred to as|terms?|knows as|"
    rf"know as|describes "
    rf"as|christened) (?:the )?(?P<name>{_NAME})"
)
_NAMES = Expression(
    r"\b(?:names|labels|monikers|aliases|designations|code names|codenames|nicknames|tags)\b(?: [\w ]{2,40}?)?"
    r"(?::|, among them|, including|, such as|, notably| include| including| such as|: among them| are| –| —) "
)
_NAME_BY = Expression(
    rf"(?P<alias>{_NAME})(?: \((?:by |to )?(?P<by>[A-Z][\w.’' \-]{{1,40}})\)| (?:by|to) (?P<of>{_BODY}))?"
)
_NEXT_NAME = Expression(r"(?:,| and|, and|;| or|, or) (?:also )?(?:the )?")
#: "in Proofpoint's naming scheme it is X", "Google's name for it, X,"
_IN_SCHEME = Expression(
    rf"(?:\b[Ii]n (?P<by>{_BODY})['’]s? (?:naming|taxonomy|terms|terminology|nomenclature|parlance|reports?|"
    rf"reporting|books)"
    rf"(?: \w+)?,? (?:it|the (?:network|operation|campaign|group)) (?:is|was|goes by|figures as|appears as)|"
    rf"(?P<whose>{_BODY})['’]s? (?:own |internal )?(?:name|label|term|moniker|designation|code ?name) for (?:it|"
    rf"the \w+|them)"
    rf"(?:,| is| was)) (?:the )?(?P<name>{_NAME})"
)

_NEAR = 400  #: letters between an operation's name and "it"
_OTHER_NAMES = Expression(r"\b(?:file|domain|user|page|real) $")


def vendor_aliases(text: str, named: Sequence[Named]) -> Iterator[Named]:
    """Namings that join the names of one operation."""
    names = {key(naming.name) for naming in named if naming.kind in INFLUENCE}
    others = {naming.name for naming in named if naming.kind not in INFLUENCE}
    given = _Given(text, names, others)
    yield from given.brackets()
    yield from given.known_as()
    yield from given.compared()
    yield from given.listed()
    yield from given.schemes(named)


_SCHEME_WORDS = frozenset(
    "naming taxonomy terms terminology nomenclature parlance reports report reporting books name label term moniker "
    "designation code codename".split()
)
_OPENS = Expression(r" (?:\(|[–—-] )(?=[^()\n]{1,90} (?:to|for|at|in|by) )")


def _bracketed(text: str) -> Iterator[re.Match[str]]:
    """The names with a bracket behind them that may tell who uses another one."""
    done = 0
    for opens in _OPENS.finditer(text):
        match = _BRACKET.search(text, max(done, opens.start() - 130), opens.end() + 170)
        if match and match.start() < opens.end() <= match.end():
            done = match.end()
            yield match


class _Given:
    """One text, with the operations and the other actors it names."""

    def __init__(self, text: str, names: set[str], others: set[str]) -> None:
        self._text, self._names, self._others = text, names, others

    def brackets(self) -> Iterator[Named]:
        """ "X (Y to Microsoft, Z to Recorded Future)" """
        for match in _bracketed(self._text):
            aliases = []
            for part in _PARTS.split(match["inside"] or match["dashed"]):
                used = _USED_BY.fullmatch(part.strip())
                if used and self._fits(used["alias"], match.start()) and self._is_tracker(used["by"]):
                    aliases.append(Alias(_bare(used["alias"]), used["by"]))
            if aliases:
                yield from self._joined((match.start("name"), match["name"]), aliases)

    def known_as(self) -> Iterator[Named]:
        """ "X, better known as Y" where one is an operation's name, or the text around speaks of one."""
        marks = ("known", "tracked", "referred", "reported", "aka", "AKA", "alias", "formerly", "k", "née")
        for match in matches_with(self._text, _KNOWN_AS, marks, 120, 260):
            name, second = _bare(match["name"]), _bare(match["second"])
            if not self._fits(name, match.start()) or not self._fits(second, match.start("second")):
                continue
            known_one = any(key(_bare(one)) in self._names for one in (name, second, match["third"] or name))
            if known_one or (self._field(match.start(), match.end()) and not is_place_name(name)):
                found = [Alias(second)]
                if match["third"] and self._fits(match["third"], match.start("third")):
                    found.append(Alias(_bare(match["third"])))
                yield from self._joined((match.start("name"), match["name"]), found)

    def compared(self) -> Iterator[Named]:
        """ "What A calls X is what B calls Y" """
        found = [
            (match.start("name"), match["name"], match["by"], match.end())
            for match in matches_with(self._text, _WHAT, ("what", "What"), 0, 200)
            if self._fits(match["name"], match.start("name"))
        ]
        for at, (start, name, by, _) in enumerate(found):
            yield Named(start, _bare(name), "actor", "", "named by “what … calls”", (Alias(_bare(name), by),))
            if at and start - found[at - 1][3] < 110 and "." not in self._text[found[at - 1][3] : start].rstrip():
                yield from self._joined((found[at - 1][0], found[at - 1][1]), [Alias(_bare(name), by)])

    def listed(self) -> Iterator[Named]:
        """ "several names, among them X (A), Y (B) and Z (C)" """
        for match in matches_with(self._text, _NAMES, _LISTING, 0, 90):
            of_files = _OTHER_NAMES.search(self._text, max(0, match.start() - 12), match.start())
            if of_files or not self._field(match.start(), match.end()):
                continue
            at = match.end()
            found: list[tuple[int, str, str]] = []
            while len(found) < 8 and (name := _NAME_BY.match(self._text, at)):
                if not self._fits(name["alias"], at):
                    break
                found.append((name.start(), name["alias"], name["by"] or name["of"] or ""))
                link = _NEXT_NAME.match(self._text, name.end(), name.end() + 12)
                if link is None:
                    break
                at = link.end()
            if len(found) > 1 and any(by for _, _, by in found):
                start, first, by = found[0]
                aliases = [Alias(_bare(first), by)] if by else []
                yield from self._joined(
                    (start, first), [*aliases, *(Alias(_bare(one), of) for _, one, of in found[1:])]
                )

    def schemes(self, named: Sequence[Named]) -> Iterator[Named]:
        """ "in Proofpoint's naming scheme it is Y": of the operation named last."""
        places = sorted((naming.start, naming.name) for naming in named if naming.kind in INFLUENCE)
        for match in matches_with(self._text, _IN_SCHEME, _SCHEME_WORDS, 120, 160):
            if not self._fits(match["name"], match.start("name")):
                continue
            at = bisect_left(places, (match.start(), ""))
            by = match["by"] or match["whose"]
            if at and match.start() - places[at - 1][0] < _NEAR and key(places[at - 1][1]) != key(_bare(match["name"])):
                yield from self._joined(places[at - 1], [Alias(_bare(match["name"]), by)])

    def _joined(self, place: tuple[int, str], aliases: list[Alias]) -> Iterator[Named]:
        start, name = place
        bare = _bare(name)
        start = self._text.find(bare, start)
        others = tuple(alias for alias in aliases if key(alias.name) != key(bare) or alias.by)
        if others:
            yield Named(start, bare, "actor", tie_before(self._text, start), "named with its aliases", others)

    def _field(self, start: int, end: int) -> bool:
        return _FIELD.search(self._text, max(0, start - 160), min(len(self._text), end + 160)) is not None

    def _is_tracker(self, name: str) -> bool:
        return name in self._others or name in known()

    def _fits(self, name: str, start: int) -> bool:
        bare = _bare(name).removeprefix("Operation ")
        if known().get(bare) == "actor" or key(bare) in self._names:
            return True
        nobody = bare in self._others or bare in known() or bare in gazetteer().names or bare in gazetteer().adjectives
        return not nobody and is_name(bare) and not is_person(bare) and not is_person_here(self._text, start, bare)


_LISTING = ("names", "labels", "monikers", "aliases", "designations", "code", "codenames", "nicknames", "tags")


def _bare(name: str) -> str:
    return name.strip('“”"«»„ ,.')
