"""Operations by a name in quotation marks, in any of the languages of this field.

One rule instead of a grammar for each language: in one sentence a word for an operation, a word for naming,
and a name in quotation marks; or the name right behind the word for an operation.
"""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import Named
from counterfoil.extraction.not_names import is_name, is_person_here
from counterfoil.extraction.state_ties import tie_before
from counterfoil.model.extraction import Alias

_QUOTED = Expression(
    r"“(?P<curly>[^“”\"\n()]{2,40})”|«\s?(?P<angle>[^«»\n()]{2,40}?)\s?»|„(?P<low>[^„“”\"\n()]{2,40})[“”\"]|"
    r"\"(?<![\w\"]\")(?P<plain>[^\"\n()]{2,40})\"(?!\w)|['‘](?<!\w.)(?P<single>[A-Z][^'’‘\n()]{2,38})['’](?!\w)|"
    r"「(?P<east>[^「」\n]{2,30})」"
)
_OPERATION = Expression(
    r"(?i)(?<![\w\-])(?:(?:influence |disinformation |information |cyber )?(?:operations?|networks?|campaigns?|"
    r"clusters?|intrusion set|"
    r"botnets?|bot network|troll farm|threat actors?|hack(?:er|ing|tivist) group)|"
    r"\w{0,24}(?:netzwerk(?:s|es)?|kampagnen?|operation)|réseau|opération|campagne|mode opératoire(?: informationnel)?|"
    r"red|campaña|operación|operativo|rede|campanha|operação|rete|campagna|operazione|"
    r"sie[ćc]i?|kampani[aięą]|operacj[aięą]|"
    r"сет(?:ь|и|ью)|кампани[яиюей]{1,2}|операци[яиюей]{1,2}|группировк[аиуой]{1,2}|"
    r"мереж(?:а|і|у|ею)|кампані[яїюєю]{1,2}|операці[яїюєю]{1,2}|угрупован\w{1,3})(?![\w\-])"
    r"|网络|網絡|行动|行動|活动|(?:ال)?شبكة|(?:ال)?حملة|(?:ال)?عملية"
)
_NAMING = Expression(
    r"(?i)(?<![\w])(?:known|calls?|called|named?|names|dubs|dubbed|nicknamed?|labell?ed|tracked|tracks?|moniker|"
    r"code-?named?|"
    r"christened|designated|internally|titled|refers?(?: to)?|referred|baptized|"
    r"connue?s?|appel\w{1,6}|nomm\w{1,4}|baptis\w{1,4}|dénomm\w{1,4}|surnomm\w{1,4}|désign\w{1,4}|sous le nom|"
    r"intitul\w{1,4}|"
    r"bekannt\w{0,2}|genannt\w{0,2}|nenn(?:t|en)|namens|getauft|bezeichne(?:t|n)|Namen|Bezeichnung|Decknamen|"
    r"führ(?:t|en)|"
    r"conocid\w{1,2}|llam\w{1,4}|denominad\w{1,2}|denomina\w{0,2}|bautiz\w{1,4}|apodad\w{1,2}|nombre|"
    r"conhecid\w{1,2}|chamad\w{1,2}|batizad\w{1,2}|nota|noto|chiamat\w|denominat\w|soprannominat\w|"
    r"znan\w{1,3}|nazwan\w{1,3}|nazwą|nazyw\w{1,4}|określ\w{2,5}|ochrzcz\w{2,5}|"
    r"известн\w{1,3}|назва\w{1,6}|названи\w{1,3}|имен(?:ем|и)|называ\w{2,5}|прозва\w{1,4}|окрести\w{1,4}|"
    r"відом\w{1,3}|назв\w{1,5}|назива\w{2,4}|кодов\w{2,4})(?!\w)"
    r"|命名为|名为|被称为|称为|称之为|代号|取名|(?:ال)?معروف\w?|تسمى|يسمى|باسم|اسم|أطلق|يطلق"
)
_SENTENCE_END = Expression(r"[.!?…](?=\s)|[。！？\n]")
#: What may stand between a word for an operation and its name.
_ADJACENT = Expression(r"\s?(?:de désinformation |d['’]influence |de desinformación |дезинформации )?")
_IS_OF = Expression(
    r"\s?(?:bekannten?|genannten?|known|известн\w{1,3}|відом\w{1,3}|conocida|znan\w) \w{0,12}?(?:Netzwerks?|"
    r"Kampagnen?|Operation|network|campaign)"
)
_BY = Expression(
    r"\b(?:by|par|por|przez|von|da|do) (?:the |la |le |el |"
    r"l['’])?(?P<by>[A-ZÀ-Þ][\w’\-]{2,30}(?: [A-ZÀ-Þ][\w’\-]{2,30}){0,3})"
)
_BY_BEFORE = Expression(
    r"(?:^|[\s,])(?P<by>[A-ZÀ-Þ][\w\-]{2,30}(?: [A-ZÀ-Þ][\w\-]{2,30}){0,2}) "
    r"(?:(?:has |have |had )?(?:calls|called|named|dubbed|tracks?|tracked)(?: it| them)? ?(?:as )?|appelle |"
    r"suit sous le nom de |nennt )$"
)
_REACH = 130
_NETWORK = Expression(r"(?i)netz|network|réseau|^red|rede|rete|sie|сет|мереж|网络|網絡|شبكة")
_TOPIC = Expression(
    r"(?i)\b(?:personas?|person|wom[ae]n|m[ae]n|editors?|journalists?|newspapers?|outlets?|magazines?|brands?|"
    r"groups?|shows?|"
    r"polls?|surveys?|petitions?|images?|Personen|Frau|Mann|Konten|Konto|profil\w*|perfil\w*|comptes?|journal|"
    r"Zeitung|diario|"
    r"periódico|medio|akaunt\w*|kont\w?|stron\w|portal\w*|gazet\w|газет\w|издани\w|видання|аккаунт\w*|акаунт\w*|"
    r"портал\w?|"
    r"персонаж\w*|hashtags?|slogan|video|article|headline|titled|entitled|story|film|song|book|post|page|channel|"
    r"site|account|group|"
    r"website|claim\w*|says?|said|narrative|tag|chaîne|canal|sitio|página|Kanal|Seite|сайт\w?|канал\w?|"
    r"страниц\w{1,2})\b"
)


def quoted_names(text: str) -> Iterator[Named]:
    """Every quoted name that its sentence gives an operation."""
    for match in _QUOTED.finditer(text):
        group = match.lastgroup or ""
        name = match[group].rstrip(" ,.")
        start = match.start(group)
        if not name:  # “ .”
            continue
        cased = name[0].isupper() or name[0].isdigit() or not name[0].islower()
        if not cased or len(name.split()) > (4 if name.istitle() else 3) or (name[0].isascii() and not is_name(name)):
            continue
        before, after = _sentence(text, match)
        operations = list(_OPERATION.finditer(before))
        said = _named(before, after, operations)
        if said and not is_person_here(text, start, name):
            by = _BY.search(after[:60]) if not _BY_BEFORE.search(before) else _BY_BEFORE.search(before)
            aliases = (Alias(name, by["by"]),) if by and _NAMING.search(said) else ()
            kind = "network" if operations and _NETWORK.search(operations[-1].group()) else "actor"
            yield Named(start, name, kind, tie_before(text, start), f"named by “{said.strip()}”", aliases)


def _sentence(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The words of the sentence before and behind a name, a short way."""
    before = text[max(0, match.start() - _REACH) : match.start()]
    ends = list(_SENTENCE_END.finditer(before))
    after = text[match.end() : match.end() + 70]
    stop = _SENTENCE_END.search(after)
    return before[ends[-1].end() :] if ends else before, after[: stop.start()] if stop else after


def _named(before: str, after: str, operations: list[re.Match[str]]) -> str:
    """The words that name an operation so, empty if they do not."""
    if operations:
        last = operations[-1]
        between = before[last.end() :]
        if _ADJACENT.fullmatch(between):
            return last.group()
        naming = list(_NAMING.finditer(between))
        if naming and len(between) - naming[-1].end() < 30 and not _TOPIC.search(between) and naming[0].start() < 60:
            return between[naming[-1].start() :]
        behind = _NAMING.match(after.lstrip(" ,"))
        if behind and len(between) < 60 and not _TOPIC.search(between):
            return behind.group()
        # "назвали эту операцию «X»"
        naming = list(_NAMING.finditer(before[: last.start()]))
        if naming and len(between) < 4 and last.start() - naming[-1].end() < 20:
            return before[naming[-1].start() :]
        return ""
    behind = _IS_OF.match(after)
    return behind.group() if behind else ""
