"""Names of months and weekdays, as reports in nine languages write them."""

from counterfoil.extraction.expressions import Expression

_EN = "january february march april may june july august september october november december"
_EN_SHORT = "jan feb mar apr - jun jul aug sep oct nov dec"
_FULL = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "- - - ابريل - يونيه يوليه اغسطس - اكتوبر - -",
    "- شباط آذار نيسان أيار حزيران تموز آب أيلول - - -",
    "- - اذار - ايار - - - ايلول - - -",
)
_SHORT = (
    "janv févr - avr - - juil - sept - - déc",
    "jän - mär - - - - - - okt - dez",
    "ene - - abr - - - ago - - - dic",
    "янв фев - апр - - - авг сен окт ноя дек",
)
#: Arabic months of two words, by the first.
TWO_WORDS = {
    "كانون": {"الثاني": 1, "الأول": 12, "الاول": 12},
    "تشرين": {"الأول": 10, "الاول": 10, "الثاني": 11},
}


def _numbered(*rows: str) -> dict[str, int]:
    return {word: number for row in rows for number, word in enumerate(row.split(), start=1) if word != "-"}


ENGLISH = _numbered(_EN)
ABBREVIATED = _numbered(_EN_SHORT, *_SHORT)
FOREIGN = {word: number for word, number in _numbered(*_FULL).items() if word not in ENGLISH}
#: Every word for a month, in lower case -> its number.
MONTHS = {**FOREIGN, **ABBREVIATED, **ENGLISH, **dict.fromkeys(TWO_WORDS, 0)}

#: Months that are other words too: alone they need a preposition that no verb or name follows.
DOUBTFUL_ALONE = frozenset({"may", "march", "august", "mars", "mai", "maja", "marca", "maj", "mae", "آب", "март"})
#: Words that are a month only with a day in front ("Mars 2020" is a rover, "marca" a brand).
NEEDS_DAY = frozenset({"Mars", "marca", "Marca", "maja", "Maja", "ago", "Maj"})

WEEKDAYS = {
    word: number
    for number, word in enumerate("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(), start=1)
}

#: A year told from the year of writing, behind a month.
YEARS_TOLD = Expression(
    r"(?P<last>,? (?:of |in )?last year\b|,? of the (?:previous|past) year\b| de l['’](?:année dernière|an dernier)\b"
    r"|,? (?:des )?(?:vergangenen|letzten|vorigen|Vor)[ j]?[Jj]ahres\b| del? (?:año pasado|pasado año)\b"
    r"| (?:прошлого|минувшего) года\b| (?:минулого|торішнього) року\b| (?:ubiegłego|zeszłego|minionego) roku\b)"
    r"|(?P<this>,? (?:of )?(?:this|the current) year\b| de cette année\b|,? (?:dieses|des laufenden) Jahres\b"
    r"| de este año\b| (?:этого|текущего|нынешнего) года\b| (?:цього|поточного) року\b"
    r"| (?:tego|bieżącego) roku\b| br\.)"
    r"|(?P<next>,? (?:of )?next year\b| de l['’]année prochaine\b|,? (?:des )?(?:nächsten|kommenden) Jahres\b"
    r"| del? (?:próximo año|año que viene)\b| (?:следующего|будущего) года\b| наступного року\b"
    r"| (?:przyszłego|następnego) roku\b)"
)
SHIFTS = {"last": -1, "this": 0, "next": 1}  #: which of them it is -> how many years later
