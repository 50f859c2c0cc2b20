"""Ids that tie websites together: of web analytics, tag managers, advertising networks and pixels."""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.observable_page import Hit, Page

_GOOGLE = Expression(
    r"(?<![0-9A-Za-z\-_])(?:"
    r"(?P<analytics>UA-\d{4,10}(?:-\d{1,4})?|(?:GTM|GT)-[0-9A-Z]{4,10}|G-(?=[A-Z]{0,11}\d)[0-9A-Z]{6,12})"
    r"|(?P<advertising>(?:ca-)?(?:pub|mb-pub|partner-pub)-\d{10,20}|(?:AW|DC)-\d{6,12})"
    r")(?![0-9A-Za-z_]|-\w)"
)
#: A number is an id where the words before it say whose.
_YANDEX = Expression(
    r"(?:ya?ndex[. ]?metri[ck]a|\bmetri[ck]a (?:id|counter|tag)|"
    r"яндекс[. ]?метри\w{1,2}|метри[кц]\w{1,2} (?:яндекса|яндексу))\b[^\d\n]{0,40}"
    r"(?<!\d)(?P<id>\d{5,9})(?![\w.,]*\d)",
    re.IGNORECASE,
)
_PIXEL = Expression(
    r"(?P<owner>meta|facebook|fb|tiktok|vk)(?:['’]s)?[ \-]pixel\b[^\d\n]{0,40}(?<!\d)(?P<id>[0-9A-Z]{12,20})(?!\w)",
    re.IGNORECASE,
)
_PIXEL_OF = {"meta": "Meta", "facebook": "Meta", "fb": "Meta", "tiktok": "TikTok", "vk": "VKontakte"}


def analytics_ids(page: Page) -> Iterator[Hit]:
    """Google Analytics and Tag Manager, Yandex Metrica, pixels."""
    for match in page.matches(_GOOGLE, "-"):
        if match["analytics"]:
            yield Hit(*match.span(), match.group(), "Google")
    if "metri" in page.folded or "метри" in page.folded:
        for match in _YANDEX.finditer(page.text):
            yield Hit(*match.span("id"), match["id"], "Yandex")
    if "pixel" in page.folded:
        for match in _PIXEL.finditer(page.text):
            if sum(map(str.isdigit, match["id"])) > 4:
                yield Hit(*match.span("id"), match["id"], _PIXEL_OF[match["owner"].lower()])


def advertising_ids(page: Page) -> Iterator[Hit]:
    """AdSense publishers and Google Ads accounts."""
    for match in page.matches(_GOOGLE, "-"):
        if match["advertising"]:
            yield Hit(*match.span(), match.group().removeprefix("ca-"), "Google")
