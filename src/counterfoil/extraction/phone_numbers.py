"""Telephone numbers: international ones by their shape, national ones where the words before say so."""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.observable_page import Hit, Page

_SEPARATED = r"(?:[ .\-/]{1,2}|[ \-]?\(0?\)[ \-]?|[ \-]?\(\d{1,4}\)[ \-]?)"
_INTERNATIONAL = Expression(
    rf"(?:\+(?<![\w+.,\-/].)|00(?<![\w+.,\-/]..)(?=[1-9]))(?P<rest>[1-9]\d{{0,14}}(?:{_SEPARATED}\d{{1,7}}){{0,7}})(?![\w]|[.,\-/]\d)"
)
_NORTH_AMERICAN = Expression(
    r"(?<![\w+.,\-/)])(?:1[\-. ])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[\-.])[2-9]\d\d[\-. ]\d{4}(?![\w\-]|[.,]\d)"
)
_LOCAL = Expression(r"\d\d\d[\-. ]\d{4}")  #: what all of those end in
_NATIONAL = Expression(r"(?<![\w+.,\-/])\(?0?\d{1,5}\)?(?:[ .\-/]{1,3}(?:\d{2,7}|\(\d{2,5}\))){1,6}(?![\w]|[.,\-/]\d)")
_LABEL = Expression(
    r"(?:(?:\b(?:tel(?:e(?:ph|f)on\w{0,2})?|phone|mobile|cell(?:phone)?|fax|hotline|tél(?:éphone)?|rufnummer|"
    r"handy(?:nummer)?|móvil|teléfono|contact presse)\b|\bтел(?:ефон\w{0,3})?\b)[^\n\d]{0,25}"
    r"|(?:\b(?:call(?:ed|ing)?|dial(?:led)?|whatsapp|viber|signal|sms|contact|numbers?|numéros?|números?|nummer)|"
    r"\bномер\w{0,2})\b[^\n\d]{0,6})$",
    re.IGNORECASE,
)
#: Grouped thousands and dates, which a label some words before does not make a telephone number.
_OTHER_NUMBER = Expression(r"\d{1,3}(?:[ .]\d{3})+|\d{1,4}([./\-])\d{1,2}\1\d{1,4}|(?:19|20)\d\d[ \-/](?:19|20)\d\d")
#: Words after a signed number that make it a change or an offset, not a telephone number.
_COUNTED = Expression(r" ?(?:%|per ?cent|points?|euros?|dollars?|follower|hours?|UTC|GMT)", re.IGNORECASE)
_COUNTRY = Expression(
    # ITU-T E.164: codes of one, two and three digits in use.
    r"(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-69]\d|3[578]\d|42\d|50\d|59\d|6[7-9]\d|"
    r"8[0578]\d|9[679]\d)"
)


def phone_numbers(page: Page) -> Iterator[Hit]:
    """Telephone numbers, with "+" and country code where the text has them, else the digits as written."""
    text = page.text
    for match in _INTERNATIONAL.finditer(text):
        digits = re.sub(r"\(0\)|\D", "", match["rest"])
        labelled = _LABEL.search(text[max(0, match.start() - 60) : match.start()]) is not None
        signed = text[match.start()] == "+" and len(digits) >= 9 and not _COUNTED.match(text, match.end())
        if 8 <= len(digits) <= 15 and _COUNTRY.match(digits) and (labelled or signed):
            yield Hit(*match.span(), f"+{digits}")
    for match in _NORTH_AMERICAN.finditer(text) if _LOCAL.search(text) else ():
        yield Hit(*match.span(), re.sub(r"\D", "", match.group()))
    for match in _NATIONAL.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if _OTHER_NUMBER.fullmatch(match.group()):
            continue
        if 7 <= len(digits) <= 12 and _LABEL.search(text[max(0, match.start() - 60) : match.start()]):
            start = match.start() + (match.group().startswith("(") and ")" not in match.group())
            yield Hit(start, match.end(), digits)
