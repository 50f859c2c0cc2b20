"""Names of months and weekdays, as reports in eight languages write them."""

import re

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

#: Words without one of which `FOREIGN_WEEKDAY` cannot match.
FOREIGN_DAYS = frozenset(
    "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miércoles jueves viernes sábado domingo понедельник вторник среду четверг пятницу субботу "
    "воскресенье понеділок вівторок середу четвер п ятницю суботу неділю poniedziałek wtorek środę czwartek piątek "
    "sobotę niedzielę الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split()
)
#: Weekdays of other languages, with the words that make them a date.
FOREIGN_WEEKDAY = re.compile(
    r"(?:\b[Aa]m (?:kommenden |vergangenen )?(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: dernier| prochain)?"
    r"|\b[Ee]l (?:pasado |próximo )?(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
    r"|\b[Вв]о? (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)"
    r"|\b[ВвУу] (?:понеділок|вівторок|середу|четвер|п.ятницю|суботу|неділю)"
    r"|\b[Ww]e? (?:poniedziałek|wtorek|środę|czwartek|piątek|sobotę|niedzielę)"
    r"|\bيوم (?:الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد))"
    r"(?!\w)"
)
CHINESE_WEEKDAY = re.compile(r"[星礼上本下周](?:(?<=星)期|(?<=礼)拜|(?<=[上本下])周|(?<=周))[一二三四五六日天](?!\w)")
