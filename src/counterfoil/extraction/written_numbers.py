"""Numbers as reports write them: "1,300", "1 300", "1.3 million", "120K", "two dozen", "tens of thousands", ranges."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.phrases import word_starts

_ONES = {
    word: value
    for value, words in enumerate(
        [
            "zero",
            "one ein eine einen",
            "two deux zwei dos два две дві двух двох",
            "three trois drei tres три трёх трех трьох",
            "four quatre vier cuatro четыре чотири четырёх четырех чотирьох",
            "five cinq fünf cinco пять п'ять пяти п'яти",
            "six sechs seis шесть шість шести",
            "seven sept sieben siete семь сім семи",
            "eight huit acht ocho восемь вісім восьми",
            "nine neuf neun nueve девять дев'ять девяти",
            "ten dix zehn diez десять десяти",
            "eleven onze elf одиннадцать одинадцять",
            "twelve douze zwölf doce двенадцать дванадцять",
            "thirteen treize dreizehn trece тринадцать тринадцять",
            "fourteen quatorze vierzehn catorce четырнадцать чотирнадцять",
            "fifteen quinze fünfzehn quince пятнадцать п'ятнадцять",
            "sixteen seize sechzehn dieciséis шестнадцать шістнадцять",
            "seventeen siebzehn diecisiete семнадцать сімнадцять",
            "eighteen achtzehn dieciocho восемнадцать вісімнадцять",
            "nineteen neunzehn diecinueve девятнадцать дев'ятнадцять",
        ]
    )
    for word in words.split()
}
_TENS = {
    word: 10 * value
    for value, words in enumerate(
        [
            "twenty vingt zwanzig veinte двадцать двадцять",
            "thirty trente dreißig treinta тридцать тридцять",
            "forty quarante vierzig cuarenta сорок",
            "fifty cinquante fünfzig cincuenta пятьдесят п'ятдесят",
            "sixty soixante sechzig sesenta шестьдесят шістдесят",
            "seventy siebzig setenta семьдесят сімдесят",
            "eighty achtzig ochenta восемьдесят вісімдесят",
            "ninety neunzig noventa девяносто дев'яносто",
        ],
        start=2,
    )
    for word in words.split()
}
_DOZENS = {"dozen": 12, "douzaine": 12, "dutzend": 12, "docena": 12, "дюжина": 12, "дюжину": 12, "quinzaine": 15,
           "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "dizaine": 10,
           "centaine": 100, "decena": 10, "veintena": 20, "treintena": 30, "centenar": 100, "millar": 1000,
           "десяток": 10, "десятка": 10, "сотня": 100, "сотню": 100}  # fmt: skip
_SCALES = {
    word: value
    for value, words in {
        100: "hundred hundert cent cents ciento cien сто",
        1000: "thousand mille tausend mil тысяч тысячи тысяча тысячу тис тыс тисяч тисячі тисяча",
        10**6: "million millions mn mio million(en) millionen millón millones миллион миллиона миллионов млн мільйон "
        "мільйона мільйонів",
        10**9: "billion billions bn milliard milliards milliarde milliarden mrd миллиард миллиарда миллиардов млрд "
        "мільярд мільярда мільярдів",
    }.items()
    for word in words.split()
}
#: Plurals that stand for themselves: how much they are at least.
_VAGUE = {
    word: value
    for value, words in {
        12: "dozens dutzende",
        10: "tens dizaines decenas десятки десятков десятків",
        20: "scores",
        100: "hundreds centaines hunderte hunderten cientos centenares сотни сотен сотні",
        1000: "thousands milliers tausende tausenden miles тысячи тисячі",
        10**6: "millions millionen millones миллионы мільйони",
    }.items()
    for word in words.split()
}
_SUFFIXES = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9}

_SHORTENED = frozenset("тыс тис mio mrd mn bn".split())  #: whose full stop belongs to them

_DIGITS = r"[1-9]\d{0,2}(?:[,.’' ]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d{1,12}(?:[.,]\d{1,3})?(?!\d)"
_NUMBER = Expression(
    rf"(?<![\w.,/:’#№+])(?<![^\W\d][\-–])(?P<digits>{_DIGITS})"
    r"(?:(?P<suffix>[KkMmBb]|bn|mn)(?!\w)|(?![^\W_])(?: ?(?P<plus>\+))?)"
)
_SCALE = Expression(r"[ \-](?P<word>[^\W\d_]{2,10})\.?")
_RANGE = Expression(r" ?(?:[-–—]|to|or|and|bis|à|et|a|y|до|и|та|und) ?")
_WORD = Expression(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_THOUSAND = 1000
_ONE = Decimal(1)
_GROUPED = Expression(r"[1-9]\d{0,2}(?:[,.’' ]\d{3})+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text. `most` is a range's upper end; `vague` one that is only a floor ("hundreds", "300+")."""

    start: int
    end: int
    value: Decimal
    most: Decimal | None = None
    vague: bool = False
    in_words: bool = False
    scale: int = 1  #: of the last word or sign ("million"), which a range's lower end may share


def numbers(text: str) -> list[Number]:
    """Every number of the text, in order, never overlapping."""
    found = sorted([*_in_digits(text), *_in_words(text)], key=lambda number: (number.start, -number.end))
    kept: list[Number] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return list(_with_ranges(text, kept))


def _in_digits(text: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        value, end, times = _decimal(match["digits"]), match.end(), 1
        if match["suffix"]:
            times = _SUFFIXES[match["suffix"].lower()]
        scale = _SCALE.match(text, match.end("digits"), match.end("digits") + 14)
        while scale and scale["word"].lower() in _SCALES and not match["suffix"]:
            if times == 1 and re.fullmatch(r"\d{1,3}\.\d{3}", match["digits"]):
                value = Decimal(match["digits"])  # "1.250 million"
            times *= _SCALES[scale["word"].lower()]
            end = scale.end() if scale["word"].lower() in _SHORTENED else scale.end("word")
            scale = _SCALE.match(text, end, end + 14)
        yield Number(match.start(), end, value * times, vague=bool(match["plus"]), scale=times)


def _decimal(written: str) -> Decimal:
    """What digits mean: signs before three of them group, one before fewer begins a fraction."""
    grouped = _GROUPED.match(written)
    if grouped:
        whole = re.sub(r"\D", "", grouped.group())
        fraction = re.sub(r"\D", "", written[grouped.end() :])
        return Decimal(f"{whole}.{fraction or 0}")
    return Decimal(written.replace(",", "."))


def _in_words(text: str) -> Iterator[Number]:
    starts = word_starts(text)
    first = {*_ONES, *_TENS, *_DOZENS, *_VAGUE, "hundred", "half", "cent", "mille", "mil", "cien", "сто", "тысяча",
             "a", "an", "une", "un", "una", "п", "дев"}  # fmt: skip
    done = 0
    forms = (form for word in first for form in (word, word.capitalize()))
    for at in sorted(start for form in forms for start in starts.get(form, ())):
        if at < done or text[at - 1 : at] in ("-", "_", "’", "'") or text[max(0, at - 4) : at].lower() == "per ":
            continue
        number = _words_at(text, at)
        if number:
            done = number.end
            yield number


def _words_at(text: str, at: int) -> Number | None:
    """The number whose words begin at `at`: ones, tens, hundreds and scales, joined by blanks, hyphens and "and"."""
    total, part, end, seen, vague, scale = Decimal(0), Decimal(0), at, False, False, 1
    place = at
    for _ in range(8):
        match = _WORD.match(text, place, place + 24)
        word = match.group().lower().replace("’", "'") if match else ""
        if not match or not word:
            break
        if word in ("a", "an", "une", "un", "una", "and", "of", "de", "des", "d'", "et"):
            part, ok = part, place == at or seen
        elif word == "half" and part < 20:
            part, ok, seen, end = part + Decimal("0.5"), True, True, match.end()
        else:
            part, total, ok, rough = _added(word, part, total, seen)
            seen, end, vague = seen or ok, match.end() if ok else end, vague or rough
            scale = max(scale, _SCALES.get(word, 1)) if ok else scale
        if not ok:
            break
        place = match.end() + 1
        if text[match.end() : place] not in (" ", "-"):
            break
    value = total + part
    return Number(at, end, value, vague=vague, in_words=True, scale=scale) if seen and value >= 1 else None


def _added(word: str, part: Decimal, total: Decimal, seen: bool) -> tuple[Decimal, Decimal, bool, bool]:
    """The sum with one more word: its open part, what is closed, whether the word belongs, whether it is vague."""
    if word in _VAGUE and (not seen or part in (10, 12, 100, 1000)):
        return (part or _ONE) * _VAGUE[word], total, True, True
    if word in _SCALES:
        value = _SCALES[word]
        if not seen and value > 1000:
            return part, total, False, False
        if value == 100:
            return (part or _ONE) * value, total, True, not seen
        return Decimal(0), total + (part or _ONE) * value, True, False
    if word in _DOZENS:
        return (part or _ONE) * _DOZENS[word], total, True, False
    if word in _TENS and not part % 100:
        return part + _TENS[word], total, True, False
    if word in _ONES and not part % 10 and part % 100 != 10:
        return part + _ONES[word], total, True, False
    return part, total, False, False


def _with_ranges(text: str, found: list[Number]) -> Iterator[Number]:
    place = 0
    while place < len(found):
        number = found[place]
        other = found[place + 1] if place + 1 < len(found) else None
        link = _RANGE.fullmatch(text, number.end, other.start) if other and other.start - number.end < 6 else None
        if other and link and _is_range(text, number, other, link.group().strip()):
            low = number.value * other.scale if number.scale == 1 and number.value < _THOUSAND else number.value
            yield Number(number.start, other.end, low, other.value, in_words=number.in_words)
            place += 2
        else:
            yield number
            place += 1


def _is_range(text: str, low: Number, high: Number, link: str) -> bool:
    before = text[max(0, low.start - 12) : low.start].lower()
    between = re.search(r"(?:between|entre|zwischen|между|між) (?:\W)?$", before) is not None
    if link in ("and", "et", "und", "y", "и", "та"):
        return between
    years = all(1900 <= number.value <= 2100 and number.value == int(number.value) for number in (low, high))
    shared = low.value * high.scale if low.scale == 1 and low.value < _THOUSAND else low.value
    return shared < high.value and not years and not low.vague
