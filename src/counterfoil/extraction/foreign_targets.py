"""Whom an operation hits in French, German, Spanish, Russian and Ukrainian reports, whatever verb says so.

"La première cible a été N", "el blanco fue N", "мишенью стала N", "gegen N gerichtet", "N wurde angegriffen", a "
"fake letter
"à l'en-tête de N"; and people named where contents are told, unless they speak, find or write themselves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.foreign_names import Found, named, named_or_plain
from counterfoil.extraction.phrases import word_starts
from counterfoil.extraction.reading import Reading

_WHO = r"(?P<who>[^.;:()«»„“\n]{3,90}?)(?=[,.;:()«»„“\n]|$"
_PERSON_NEAR = 70  #: letters around a name in which a word says what somebody does
_BACK = 500  #: letters before a sentence
_LONGEST = 900  #: letters of a sentence


@dataclass(frozen=True, slots=True)
class _Words:
    """One language: `stems` begin the words at which `hits` are looked for in their sentence."""

    stems: str
    hits: tuple[Expression, ...]
    contents: Expression  #: the sentence tells what was posted, faked or said of somebody
    speaking: Expression  #: somebody near speaks, finds or writes


def _pattern(text: str) -> Expression:
    return Expression(text, re.IGNORECASE)


_FRENCH = _Words(
    "cibl victim attaqu vis harcel accus présent tour en-tête logo visage voix contre dénigr moqu insult qualifi "
    "usurp pris",
    (
        _pattern(
            r"(?:cibles?|victimes?)(?: \w{3,20}){0,2} (?:a été|ont été|était|étaient|est|sont|fut|furent|:) "
            r"(?:la |le |les |l['’])?" + _WHO + ")"
        ),
        _pattern(r"pris(?:e|es)? (?:à la |à l['’]|aux |au |à )" + _WHO + r"| (?:en|dans|sur|avec|depuis|lors)\b)"),
        _pattern(
            r"usurp\w{0,8} (?:aussi )?l['’]identité (?:visuelle )?(?:de la |de l['’]|des |du |de |d['’])"
            + _WHO
            + r"| (?:et|pour|afin|en)\b)"
        ),
        _pattern(r"tour d(?:e la |e l['’]|es |u |e )" + _WHO + ")"),
        _pattern(
            r"(?:en-tête|logo|visage|voix|nom) d(?:e la |e l['’]|es |u |e |['’])"
            + _WHO
            + r"| (?:a|ont|est|sont|qui)\b)"
        ),
        _pattern(
            r"(?:attaqu|vis|accus|harcel|dénigr|moqu|insult|qualifi|usurp)\w{0,8} (?:à )?(?:la |le |les |l['’])"
            + _WHO
            + r"| (?:d['’]avoir|de|d['’]être|en|comme|sur|par|depuis)\b)"
        ),
    ),
    _pattern(
        r"\b(?:truqué\w*|faux|fausses?|accus\w+|prétend\w*|affirm\w+|mensong\w+|rumeurs?|deepfakes?|hypertrucage\w*|"
        r"détourné\w*|fabriqué\w*|insult\w+|moqu\w+|ridiculis\w+|calomni\w+|diffam\w+|harcel\w+|menac\w+|"
        r"caricatur\w+|"
        r"cibl\w+|attaqu\w+|visé\w*|attribu\w+|montages?|publications?|vidéos?|comptes|pages|articles?)\b"
    ),
    _pattern(
        r"\b(?:a (?:déclaré|indiqué|dit|confié|expliqué|précisé|souligné|estimé|signalé|affirmé|écrit|révélé|précisé)|"
        r"déclare|explique|note|écrit|estime|souligne|selon|d['’]après|par|chercheu\w+|porte-parole|"
        r"journaliste|analyste|"
        r"directeur de recherche|avait révélé|confie|raconte|témoigne|indique|dit|procureure?|enquête|"
        r"remerci\w+)\b"
    ),
)
_GERMAN = _Words(
    "ziel opfer gegen angegriffen verleumdet verunglimpft diffamiert beschuldigt bezichtigt zielscheibe verspottet "
    "beleidigt vorwurf logo stimme namen",
    (
        _pattern(
            r"(?:ziele?|opfer|zielscheibe)(?: der \w{3,20})? (?:war|waren|ist|sind|wurden?)(?: vor allem| auch| unter "
            r"anderem)? "
            r"(?:die |der |das |den )?" + _WHO + r"| (?:im|in der|durch|mit)\b)"
        ),
        _pattern(
            r"gegen (?:die |den |das |einen |eine )?"
            + _WHO
            + r"| (?:richte\w+|gericht\w+|wurde\w?|erhob\w+|vorging\w*)\b)"
        ),
        _pattern(
            r"(?:logo|namen|stimme|gesicht) (?:der |des |von |vom )" + _WHO + r"| (?:wurde\w?|trug\w?|ist|sind)\b)"
        ),
    ),
    _pattern(
        r"\b(?:gefälscht\w*|manipuliert\w*|erfunden\w*|behaupt\w+|unterstell\w+|angeblich\w*|vorwurf|vorwürfe|"
        r"deepfakes?|"
        r"verleumd\w+|verunglimpf\w+|diffam\w+|beschuldig\w+|bezichtig\w+|angegriffen|verspott\w+|beleidig\w+|"
        r"bedroh\w+|"
        r"falschmeldung\w*|fälschung\w*|gerüchte?\w*|karikatur\w*|in den mund|diskreditier\w+|lügen?|hetz\w+)\b"
    ),
    _pattern(
        r"\b(?:sagte|sagt|erklärte|erklärt|teilte|schrieb|schreibt|warnte|warnt|betonte|berichtete|laut|zufolge|"
        r"sprecher\w*|"
        r"forscher\w*|analyst\w*|journalist\w*|nach angaben|autor\w*|von|recherch\w+|entdeckte|untersuch\w+|"
        r"meint|erzählt)\b"
    ),
)
_SPANISH = _Words(
    "blanco víctima objetiv ataques contra hostigad acusad atac difamad atribuid logo voz descalific acus insult "
    "calumni ridiculiz suplant",
    (
        _pattern(
            r"(?:blancos?|víctimas?|objetivos?)(?: \w{3,20}){0,2} (?:fue|fueron|era|eran|es|son|ha sido|han sido|:) "
            r"(?:la |el |los |las )?" + _WHO + r"| (?:con|en las|desde|durante|por|que)\b)"
        ),
        _pattern(
            r"ataques(?: \w{3,20}){0,2} (?:se )?(?:concentr\w+ en|dirig\w+ (?:a|contra)|contra|a) (?:la |el |los |"
            r"las )?" + _WHO + ")"
        ),
        _pattern(
            r"(?:hostigad|acusad|atacad|difamad|insultad|calumniad|ridiculizad)[oa]s? (?:la |el |los |las )"
            + _WHO
            + r"| (?:de|por)\b)"
        ),
        _pattern(
            r"(?:atac|insult|calumni|ridiculiz|suplant|descalific|hostig)\w{1,6} (?:también )?(?:a la |al |a los |a "
            r"las |a )" + _WHO + r"| (?:y a|con|en|por|de haber|que)\b)"
        ),
        _pattern(r"(?:logo|logotipo|voz|rostro|nombre) de(?: la |l | los | )" + _WHO + r"| (?:fue|que|en)\b)"),
    ),
    _pattern(
        r"\b(?:fals[oa]s?|falsamente|fabricad[oa]s?|manipulad[oa]s?|trucad[oa]s?|acus\w+|supuest\w+|bulos?|"
        r"mentiras?|rumor\w*|"
        r"deepfakes?|insult\w+|difam\w+|calumni\w+|hostig\w+|amenaz\w+|ridiculiz\w+|caricatur\w+|atacad\w+|"
        r"ataques|atribuid\w+|"
        r"difund\w+ que|asegur\w+ que|afirm\w+ que|víctimas?|blancos?)\b"
    ),
    _pattern(
        r"\b(?:dijo|dice|declaró|explicó|explica|señaló|indicó|afirmó|según|escribió|advirtió|investigador\w*|portavoz|"
        r"nos dijo|aseguró|contó|relata|analista|abogado|por|director\w*|de investigación|recordó|sostiene|"
        r"apuntó)\b"
    ),
)
_RUSSIAN = _Words(
    "мишен цел жертв обвин против называл высмеив дискредит очерн нападк травл логотип голос",
    (
        _pattern(
            r"(?:мишенью|целью|жертвой|мишенями|жертвами)(?: \w{3,20}){0,2} (?:стал[аио]?|был[аио]?|оказал\w+|"
            r"являет\w+) " + _WHO + r"| (?:в|на)\b)"
        ),
        _pattern(r"обвин\w{2,6} (?P<who>[^.,;:()«»\n]{3,80}?) (?=в(?:о)? )"),
        _pattern(r"против " + _WHO + r"| (?:в ходе|накануне|и)\b)"),
        _pattern(r"(?:дискредитир|высмеив|очерня)\w{1,6} " + _WHO + r"| (?:в|на|и)\b)"),
    ),
    _pattern(
        r"\b(?:поддел\w+|фейк\w*|фальшив\w+|ложн\w+|якобы|обвин\w+|будто|дипфейк\w*|высмеив\w+|травл\w+|оскорб\w+|"
        r"клевет\w+|слух\w*|"
        r"утвержда\w+|сфабриков\w+|мишен\w+|называли|очерн\w+|дискредит\w+|угроз\w*)\b"
    ),
    _pattern(
        r"\b(?:сказал\w*|заявил\w*|сообщил\w*|отметил\w*|считает|говорит|по словам|по данным|пишет|написал\w*|"
        r"исследовател\w*|аналитик\w*|"
        r"эксперт\w*|журналист\w*|пресс-секретар\w*|рассказал\w*|замечает|подчеркнул\w*|автор\w*|пояснил\w*|"
        r"помог\w*|признал\w*)\b"
    ),
)
_UKRAINIAN = _Words(
    "мішен ціл жертв звинувач проти називал висмію дискредит очорн підроблен логотип голос",
    (
        _pattern(
            r"(?:мішенню|ціллю|жертвою|мішенями|жертвами)(?: \w{3,20}){0,2} (?:стал[аио]?|бул[аио]?|є) "
            + _WHO
            + r"| (?:в|у|на)\b)"
        ),
        _pattern(r"звинувач\w{2,6} (?P<who>[^.,;:()«»\n]{3,80}?) (?=[ву] |що )"),
        _pattern(r"проти " + _WHO + r"| (?:під час|напередодні|та)\b)"),
        _pattern(r"(?:дискредит|висмію|очорн)\w{1,8} " + _WHO + r"| (?:в|у|на|та)\b)"),
        _pattern(
            r"підроблен\w{1,3} (?:лист|наказ|документ|допис|сайт|сторінк|відео)\w{0,3} "
            + _WHO
            + r"| (?:з|із|про|від|під)\b)"
        ),
    ),
    _pattern(
        r"\b(?:підроблен\w+|підробк\w+|фейк\w*|фальшив\w+|неправдив\w+|нібито|звинувач\w+|буцімто|начебто|"
        r"дипфейк\w*|висмію\w+|цькуван\w+|"
        r"образ\w+|наклеп\w*|чутк\w*|стверджу\w+|сфабриков\w+|мішен\w+|приписують|називали|очорн\w+|"
        r"дискредит\w+|погроз\w*|спрямован\w+)\b"
    ),
    _pattern(
        r"\b(?:сказа\w+|заяви\w+|повідоми\w+|зазначи\w+|наголоси\w+|вважає|каже|за словами|за даними|пише|написа\w+|"
        r"дослідни\w+|аналітик\w*|"
        r"експерт\w*|журналіст\w*|речни\w+|розпові\w+|підкресли\w+|автор\w*|поясни\w+|прес-секретар\w*)\b"
    ),
)
#: What somebody does who answers for themselves.
_ASSERTS = Expression(
    r",? (?:affirme|assure|dément|nie|rejette|conteste|réfute|répond|bestreitet|versichert|widerspricht|weist|niega|"
    r"asegura|"
    r"desmiente|rechaza|отрицает|утверждает|заверяет|заперечує|стверджує|запевняє)\b"
)
_BY_LANGUAGE = {"fr": _FRENCH, "de": _GERMAN, "es": _SPANISH, "ru": _RUSSIAN, "uk": _UKRAINIAN}


def hit_abroad(reading: Reading, code: str, told: Expression, reporting: Expression) -> Iterator[tuple[int, Found]]:
    """Whom the text in a language names as hit, each with where it says so.

    `told` finds words for an operation, `reporting` words for those who report on one.
    """
    words, starts = _BY_LANGUAGE[code], word_starts(reading.text)
    if not told.search(reading.text):
        return
    stems = tuple(words.stems.split())
    for word in sorted(word for word in starts if word.lower().startswith(stems)):
        for at in starts[word]:
            first, limit = reading.sentence(at)
            if limit - first > _LONGEST or not _is_told(reading, told, first, limit):
                continue
            for pattern in words.hits:
                hit = pattern.match(reading.text, at, limit)
                if hit and not reporting.search(reading.text, first, at):
                    whom = named_or_plain(reading.text, *hit.span("who"))
                    if whom:
                        yield at, whom
                    break
    yield from _drawn_in(reading, words)


def _is_told(reading: Reading, told: Expression, first: int, limit: int) -> bool:
    """Whether a sentence, or what stands close before it, speaks of what is an operation's."""
    return told.search(reading.text, max(0, first - _BACK), limit) is not None


def _drawn_in(reading: Reading, words: _Words) -> Iterator[tuple[int, Found]]:
    """People named in sentences about contents who neither speak nor write there."""
    text, done = reading.text, -1
    for content in words.contents.finditer(text):
        first, limit = reading.sentence(content.start())
        if first < done or limit - first > _LONGEST:
            continue
        done = limit
        at = first
        while whom := named(text, at, limit):
            start, at = whom[0], whom[1]
            around = text[max(first, start - _PERSON_NEAR) : min(limit, at + _PERSON_NEAR)]
            if not words.speaking.search(around) and not _ASSERTS.match(text, at):
                yield first, whom
