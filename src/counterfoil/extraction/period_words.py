"""Periods told from the day of writing, in eight languages: "l'année dernière", "на прошлой неделе", "去年"."""

from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.phrases import matches_with, spellings

#: Unit, words, and how many units later than now.
_PHRASES: tuple[tuple[str, str, int], ...] = (
    ("year", r"l['’]an(?:née)? (?:derni(?:er|ère)|passée?)", -1),
    ("year", r"cette année", 0),
    ("year", r"l['’]an(?:née)? prochaine?", 1),
    ("day", r"[Hh]ier", -1),
    ("month", r"(?:le )?mois dernier", -1),
    ("month", r"ce mois-ci", 0),
    ("month", r"(?:le )?mois prochain", 1),
    ("week", r"(?:la )?semaine (?:dernière|passée)", -1),
    ("week", r"cette semaine", 0),
    ("week", r"(?:la )?semaine prochaine", 1),
    ("year", r"(?:vergangenen|letzten|vorigen) Jahr(?:e?s)?|Vorjahr", -1),
    ("year", r"(?:dieses|diesem|laufenden) Jahr(?:e?s)?", 0),
    ("year", r"(?:nächsten|kommenden) Jahr(?:e?s)?", 1),
    ("month", r"(?:vergangenen|letzten|vorigen) Monat", -1),
    ("month", r"(?:diesem|laufenden) Monat", 0),
    ("month", r"(?:nächsten|kommenden) Monat", 1),
    ("week", r"(?:vergangenen?|letzten?|vorigen?) Woche", -1),
    ("week", r"dieser Woche", 0),
    ("week", r"(?:nächsten?|kommenden?) Woche", 1),
    ("day", r"[Gg]estern", -1),
    ("year", r"año pasado|pasado año", -1),
    ("year", r"este año", 0),
    ("year", r"próximo año|año que viene", 1),
    ("month", r"mes pasado|pasado mes", -1),
    ("month", r"este mes", 0),
    ("month", r"próximo mes|mes que viene", 1),
    ("week", r"semana pasada|pasada semana", -1),
    ("week", r"esta semana", 0),
    ("week", r"próxima semana|semana que viene", 1),
    ("day", r"[Aa]yer", -1),
    ("year", r"(?:прошлом|минувшем) году|прошлого года", -1),
    ("year", r"(?:этом|нынешнем|текущем) году|этого года", 0),
    ("year", r"(?:следующем|будущем) году", 1),
    ("month", r"(?:прошлом|минувшем) месяце", -1),
    ("month", r"этом месяце", 0),
    ("month", r"следующем месяце", 1),
    ("week", r"(?:прошлой|минувшей) неделе", -1),
    ("week", r"этой неделе", 0),
    ("week", r"следующей неделе", 1),
    ("day", r"[Вв]чера", -1),
    ("year", r"[Мм]инулого року|[Тт]орік|минулому році", -1),
    ("year", r"[Цц]ього року|цьому році", 0),
    ("year", r"[Нн]аступного року", 1),
    ("month", r"[Мм]инулого місяця", -1),
    ("month", r"[Цц]ього місяця", 0),
    ("month", r"[Нн]аступного місяця", 1),
    ("week", r"[Мм]инулого тижня", -1),
    ("week", r"[Цц]ього тижня", 0),
    ("week", r"[Нн]аступного тижня", 1),
    ("day", r"[УуВв]чора", -1),
    ("year", r"(?:zeszłym|ubiegłym|minionym) roku", -1),
    ("year", r"(?:tym|bieżącym) roku", 0),
    ("year", r"(?:przyszłym|następnym) roku", 1),
    ("month", r"(?:zeszłym|ubiegłym|minionym) miesiącu", -1),
    ("month", r"tym miesiącu", 0),
    ("month", r"przyszłym miesiącu", 1),
    ("week", r"(?:zeszłym|ubiegłym|minionym) tygodniu", -1),
    ("week", r"tym tygodniu", 0),
    ("week", r"przyszłym tygodniu", 1),
    ("day", r"[Ww]czoraj", -1),
    ("year", r"العام الماضي|السنة الماضية", -1),
    ("year", r"هذا العام|العام الجاري|العام الحالي", 0),
    ("year", r"العام المقبل|العام القادم", 1),
    ("month", r"الشهر الماضي", -1),
    ("month", r"هذا الشهر|الشهر الجاري", 0),
    ("month", r"الشهر المقبل", 1),
    ("week", r"الأسبوع الماضي", -1),
    ("week", r"هذا الأسبوع", 0),
    ("week", r"الأسبوع المقبل", 1),
)
_CHINESE: tuple[tuple[str, str, int], ...] = (
    ("year", "去年", -1),
    ("year", "今年", 0),
    ("year", "明年", 1),
    ("month", "上个月|上個月|上月", -1),
    ("month", "本月|这个月|這個月", 0),
    ("month", "下个月|下個月|下月", 1),
    ("week", "(?:上周|上週|上星期)(?![一二三四五六日天])", -1),
    ("week", "(?:本周|本週|这周)(?![一二三四五六日天])", 0),
    ("week", "(?:下周|下週|下星期)(?![一二三四五六日天])", 1),
    ("day", "昨天|昨日", -1),
    ("day", "明天|明日", 1),
)
#: One of these words is in each of the phrases, and where it stands is known.
_SIGNS = spellings(
    "an année hier mois semaine jahr jahre jahres vorjahr monat woche gestern año mes semana ayer году года месяце "
    "неделе "
    "вчера року році торік місяця тижня учора вчора roku miesiącu tygodniu wczoraj".split()
) | {"Jahr", "العام", "السنة", "الشهر", "الأسبوع"}
_ANY = Expression(rf"(?<![\w-])(?:{'|'.join(words for _, words, _ in _PHRASES)})(?![\w-])")
_EACH = tuple((unit, shift, Expression(words)) for unit, words, shift in _PHRASES)
_UNBOUNDED = tuple((unit, shift, Expression(words)) for unit, words, shift in _CHINESE)
_EAST_ASIAN = Expression("[\u4e00-\u9fff]")


def periods(text: str) -> Iterator[tuple[int, int, str, int]]:
    """Start, end, unit and shift of every period told from now, in other languages than English."""
    for match in matches_with(text, _ANY, _SIGNS, 14, 24):
        unit, shift = next((unit, shift) for unit, shift, words in _EACH if words.fullmatch(match.group()))
        yield *match.span(), unit, shift
    for unit, shift, words in _UNBOUNDED if _EAST_ASIAN.search(text) else ():
        for match in words.finditer(text):
            yield *match.span(), unit, shift
