"""What an operation says and whom it attacks in French, German, Spanish, Russian and Ukrainian reports.

Verbs of claiming, accusing and attacking, where the sentence's subject is an operation's ("les comptes", "la red",
"аккаунты") or a pronoun after a sentence that speaks of one. A target is the person named in the clause or the words
that the verb takes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.foreign_names import CAP, Found, named, plain
from counterfoil.extraction.foreign_targets import hit_abroad
from counterfoil.extraction.phrases import word_starts
from counterfoil.extraction.reading import Reading

_LONGEST = 260


@dataclass(frozen=True, slots=True)
class Said:
    """`text[start:end]` is what the operation says, if it says something; `targets` are ranges with their roles."""

    start: int
    end: int
    targets: tuple[Found, ...]
    is_claim: bool = True


@dataclass(frozen=True, slots=True)
class _Language:
    """How one language says it: `stems` are beginnings of the verbs, the rest patterns around them."""

    says: tuple[str, ...]
    that: Expression
    accuses: tuple[str, ...]
    of: Expression  #: behind the accused
    attacks: tuple[str, ...]
    object: Expression  #: what an attacking verb takes, in group "who"
    operating: Expression
    reporting: Expression
    pronoun: Expression
    stop: Expression


def _pattern(text: str) -> Expression:
    return Expression(text, re.IGNORECASE)


_FRENCH = _Language(
    says=("affirm", "prétend", "assur", "soutien", "soutenai", "allégu", "laissaient"),
    that=_pattern(r"\w*(?: (?:aussi|également|encore|faussement|à tort|même))* qu(?:e |['’])"),
    accuses=("accus", "soupçonn"),
    of=_pattern(r",? (?:d['’]|de )(?=\w)"),
    attacks=("vis", "cibl", "discrédit", "dénigr", "diffam", "attaqu", "usurp", "imit", "calomni"),
    object=_pattern(
        r"(?:e|er|ait|aient|ant|ent|é|ée|ées|és|aie|ont)? (?P<who>(?:la |le |les |l['’]|des |du "
        r")?[^,.;:()«»\n]{3,90}?)"
        r"(?=[,.;:()«»\n]| (?:depuis|avec|en (?:affirmant|accusant|diffusant)|à (?:l['’]approche|la veille)|sur|"
        r"pendant|avant|"
        r"qui|dès|entre|par|ainsi|au moyen)\b|$)"
    ),
    operating=_pattern(
        r"\b(?:réseau|campagne|opération|comptes?|pages?|chaînes?|vidéos?|articles?|messages?|publications?|"
        r"sites?|photographies|"
        r"images?|faux médias|manœuvre|mode opératoire|acteurs?|posts?|contenus?|dispositif|visuels?|rumeurs?|"
        r"montages?)\b"
    ),
    reporting=_pattern(
        r"\b(?:selon|rapport|ministre|ministère|directeur|directrice|porte-parole|chercheurs?|journaliste|"
        r"gouvernement|ambassade|"
        r"associations?|entreprise|service|autorités|parquet|police|VIGINUM|institut|laboratoire|communiqué|nous)\b"
    ),
    pronoun=_pattern(r"^(?:ils|elles|il|elle|celui-ci|celle-ci|certains?|d['’]autres|l['’]un|ceux-ci|celles-ci)\b"),
    stop=_pattern(r", (?:et|mais|alors|selon|tandis|ce qui|puis|a indiqué)\b|[;:»]| \("),
)
_GERMAN = _Language(
    says=("behaupt", "unterstell", "suggerier", "verbreitet"),
    that=_pattern(r"\w*(?: (?:auch|zudem|fälschlich|fälschlicherweise|wahrheitswidrig|unter anderem))*, (?:dass )?"),
    accuses=("beschuldig", "bezichtig", "warf"),
    of=_pattern(r",(?= [^.;\n]{3,120}?\b(?:zu haben|zu sein|zu \w+en|\w+zu\w+en)\b)"),
    attacks=("gefälschte", "angegriffen", "diskreditier", "verunglimpf", "diffamier", "imitier"),
    object=_pattern(
        r"\w{0,3} (?:Ausgaben?|Webseiten?|Internetseiten?|Artikel|Videos?|Briefe?|Seiten?)? ?(?:der|des|von|vom|"
        r"die|den|das)? ?"
        rf"(?P<who>{CAP}(?: {CAP}){{0,3}})"
    ),
    operating=_pattern(
        r"\b(?:Netzwerks?|Kampagne|Konten|Konto|Accounts?|Beiträge|Beitrag|Seiten?|Videos?|Artikel|Operation|"
        r"Kanäle|Kanal|Posts?|"
        r"Akteure?|Bots?|Trolle|Webseiten?|Falschmeldungen|Frau namens|Texte)\b"
    ),
    reporting=_pattern(
        r"\b(?:Ministerium|Minister(?:in)?|Sprecher(?:in)?|Forscher|Behörden|Recherchen|Bericht|Botschaft|Firma|"
        r"Polizei|laut|"
        r"Agentur|Journalist(?:in)?|Bundesamt|Regierung|wir)\b"
    ),
    pronoun=_pattern(r"^(?:sie|es|er|diese|andere|einige|dort)\b"),
    stop=_pattern(r", (?:und|aber|so|hieß es|während|teilte|wobei)\b|[;:“]| \("),
)
_SPANISH = _Language(
    says=("asegur", "afirm", "sosten", "alega", "denunciab", "difund"),
    that=_pattern(r"\w*(?: (?:también|además|falsamente|sin pruebas))* que "),
    accuses=("acus", "culp", "tach"),
    of=_pattern(r",? de (?=\w)"),
    attacks=("atac", "desacredit", "difam", "dirigid", "suplant", "desprestigi"),
    object=_pattern(
        r"\w{0,5} (?:a |al |contra )(?P<who>(?:la |el |los |las )?[^,.;:()«»\n]{3,80}?)"
        r"(?=[,.;:()«»\n]| (?:con|en las|desde|durante|por|que|mediante|antes)\b|$)"
    ),
    operating=_pattern(
        r"\b(?:red|campaña|operación|cuentas?|páginas?|canales|vídeos?|videos?|artículos?|mensajes?|publicaciones|"
        r"sitios?|bulos?|"
        r"actores?|perfiles|bots?|imágenes|noticias falsas)\b"
    ),
    reporting=_pattern(
        r"\b(?:según|informe|ministr[oa]|ministerio|portavoz|investigador(?:a|es)?|gobierno|embajada|laboratorio|"
        r"empresa|policía|"
        r"periodistas?|abogado|nosotros)\b"
    ),
    pronoun=_pattern(r"^(?:también|además|otros|otras|esta|estos|estas|ellos|entre \w+ y \w+)\b"),
    stop=_pattern(r", (?:y|pero|mientras|según|lo que|aunque)\b|[;:»]| \("),
)
_RUSSIAN = _Language(
    says=("утвержда", "заявля", "писал", "сообщени", "рассказыва", "слух", "уверял"),
    that=_pattern(r"\w*(?: о том| также| якобы)*, что (?:якобы )?"),
    accuses=("обвиня", "обвини"),
    of=_pattern(r" (?:в|во) (?=\w)"),
    attacks=("направлен", "дискредитир", "нападк", "высмеива", "очерня"),
    object=_pattern(
        r"\w{0,6} (?:против |на )?(?P<who>[^,.;:()\n]{3,70}?)(?=[,.;:()\n]| (?:с помощью|в ходе|накануне|на фоне|"
        r"и была)\b|$)"
    ),
    operating=_pattern(
        r"\b(?:сет[ьи]|аккаунт\w*|кампани\w+|операци\w+|канал\w*|сообщени\w+|публикаци\w+|видео|ролик\w*|стать\w+|"
        r"пост\w*|бот\w*|"
        r"тролл\w*|сайт\w*|фейк\w*)\b"
    ),
    reporting=_pattern(
        r"\b(?:министерств\w+|заявил\w*|исследовател\w+|лаборатори\w+|комитет\w*|посольств\w+|полици\w+|"
        r"журналист\w*|правительств\w+|"
        r"по данным|по словам|мы)\b"
    ),
    pronoun=_pattern(r"^(?:они|она|он|другие|некоторые|также)\b"),
    stop=_pattern(r", (?:а|но|и|однако|сообщ\w+|заявил\w*)\b|[;:»]| \("),
)
_UKRAINIAN = _Language(
    says=("стверджу", "запевня", "писал", "поширюва", "повідомлен", "твердил"),
    that=_pattern(r"\w*(?: про те| також| нібито)*, що (?:нібито )?"),
    accuses=("звинувачу", "звинувати"),
    of=_pattern(r" (?:в|у) (?=\w)"),
    attacks=("спрямован", "дискредит", "висмію"),
    object=_pattern(
        r"\w{0,6} (?:проти |на )?(?P<who>[^,.;:()\n]{3,70}?)(?=[,.;:()\n]| (?:за допомогою|під час|напередодні)\b|$)"
    ),
    operating=_pattern(
        r"\b(?:мереж\w+|акаунт\w*|кампані\w+|операці\w+|канал\w*|лист\w*|дописи?|дописах|публікаці\w+|відео|"
        r"статт\w+|бот\w*|сайт\w*|"
        r"невідомі|автори|фейк\w*|повідомлен\w+)\b"
    ),
    reporting=_pattern(
        r"\b(?:міністерство|служба|дослідник\w*|посольств\w+|поліці\w+|журналіст\w*|уряд|за даними|за словами|ми)\b"
    ),
    pronoun=_pattern(r"^(?:вони|вона|він|інші|деякі|також)\b"),
    stop=_pattern(r", (?:а|але|і|проте|повідоми\w+|заяви\w+)\b|[;:»]| \("),
)
#: A body's name, not a thing in a place: "la Commission électorale", but "l'eau distribuée à Mamoudzou".
_BODY = Expression(r"^(?!.* (?:à|en|dans|sur|in|auf|aus|bei) [A-ZÀ-Þ])(?=.*(?:^|['’ ])[A-ZÀ-Þ])")
_LANGUAGES = {"fr": _FRENCH, "de": _GERMAN, "es": _SPANISH, "ru": _RUSSIAN, "uk": _UKRAINIAN}
#: Words by which a text is known to be written in a language, and letters that it cannot do without.
_MARKS = {
    "fr": ("les des dans une est qui pour par avec sur du aux le la et", ""),
    "de": ("und der die nicht das den mit von ist auf im dem wurde sich", ""),
    "es": ("los las una que del con por para se el la y en había", ""),
    "ru": ("что это на не по для от из с в о и как", "ыэъё"),
    "uk": ("що та від і на не у про з із як це", "іїєґ"),
}
_ENOUGH = 4  #: of these words


def _languages(reading: Reading) -> Iterator[str]:
    starts = word_starts(reading.text)
    if "the" in starts and len(starts["the"]) > _ENOUGH:
        return
    for code, (marks, letters) in _MARKS.items():
        own = not letters or any(letter in reading.text for letter in letters)
        if own and sum(mark in starts for mark in marks.split()) >= _ENOUGH - bool(letters):
            yield code


def foreign(reading: Reading) -> Iterator[Said]:
    """What the operation says and whom it attacks, in no particular order."""
    starts = word_starts(reading.text)
    codes = list(_languages(reading))
    words = [(word, word.lower()) for word in sorted(starts)] if codes else []
    for code in codes:
        language = _LANGUAGES[code]
        for stems, read in (
            (language.says, _claimed),
            (language.accuses, _accused),
            (language.attacks, _attacked),
        ):
            for word, low in words:
                if not low.startswith(stems):
                    continue
                for at in starts[word]:
                    stem = next(stem for stem in stems if low.startswith(stem))
                    yield from read(reading, language, at, at + len(stem))
        for at, whom in hit_abroad(reading, code, language.operating, language.reporting):
            yield Said(at, at, (whom,), is_claim=False)


def _claimed(reading: Reading, language: _Language, at: int, stem: int) -> Iterator[Said]:
    _, limit = reading.sentence(at)
    that = language.that.match(reading.text, stem, limit)
    if that and _acts(reading, language, at):
        start, end = that.end(), _end(reading.text, language, that.end(), limit)
        whom = named(reading.text, start, min(end, start + 90))
        body = _SUBJECT.match(reading.text, start, end)
        if whom is None and body and _BODY.search(body["who"]):
            whom = plain(reading.text, *body.span("who"))
        yield Said(start, end, (whom,) if whom else ())


def _accused(reading: Reading, language: _Language, at: int, stem: int) -> Iterator[Said]:
    _, limit = reading.sentence(at)
    word = re.compile(r"\w*").match(reading.text, stem)
    start = word.end() if word else stem
    link = language.of.search(reading.text, start, min(limit, start + 130))
    if link is None or not _acts(reading, language, at):
        return
    first, _ = reading.sentence(at)
    whom = named(reading.text, start, min(limit, start + 130)) or named(reading.text, max(first, at - 60), at)
    whom = whom or plain(reading.text, start, link.start())
    end = _end(reading.text, language, link.end(), limit)
    yield Said(at, end, (whom,) if whom else ())


def _attacked(reading: Reading, language: _Language, at: int, stem: int) -> Iterator[Said]:
    _, limit = reading.sentence(at)
    what = language.object.match(reading.text, stem, min(limit, stem + 160))
    if what is None or not _acts(reading, language, at):
        return
    whom = named(reading.text, what.start("who"), what.end("who")) or plain(reading.text, *what.span("who"))
    if whom:
        yield Said(at, what.end(), (whom,), is_claim=False)


def _acts(reading: Reading, language: _Language, at: int) -> bool:
    """Whether the sentence is about the operation before its verb, or begins with a pronoun behind one that is."""
    first, _ = reading.sentence(at)
    before = reading.text[max(first, at - 200) : at].strip()
    if _RELATIVE.search(before) and language.operating.search(before[-40:]):
        return True
    if language.reporting.search(before):
        return False
    if language.operating.search(before):
        return True
    behind = reading.text[at : at + 40]
    if first == 0 or not (language.pronoun.search(before) or len(before) < 30 or language.operating.search(behind)):
        return False
    if language.operating.search(behind):
        return True
    earlier, _ = reading.sentence(first - 1)
    if language.operating.search(reading.text, max(earlier, first - 300), first):
        return True
    # The sentence before may itself go on about the one before it, without naming whom.
    further, _ = reading.sentence(earlier - 1) if earlier else (0, 0)
    if language.reporting.search(reading.text[max(earlier, first - 60) : max(earlier, first - 60) + 40]):
        return False
    return language.operating.search(reading.text, max(further, earlier - 300), earlier) is not None


_RELATIVE = Expression(r" (?:que|qui|die|das|который|которая|которые|яка|який|які|що)(?: [\w’']+)?$")


def _end(text: str, language: _Language, start: int, limit: int) -> int:
    limit = min(limit, start + _LONGEST)
    stop = language.stop.search(text, start, limit)
    end = stop.start() if stop else limit
    return start + len(text[start:end].rstrip(" .,!?;\n"))


_SUBJECT = Expression(
    r"(?P<who>[^,.;:()\n]{3,80}?) (?:a|ont|avait|avaient|était|étaient|serait|seraient|ha|han|había|habían|era|"
    r"estaba|hatte|"
    r"hatten|hätte|hätten|habe|haben|sei|seien) "
)
