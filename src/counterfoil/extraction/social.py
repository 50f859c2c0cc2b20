"""Handles (@name) with the platform they live on, Telegram channels, and hashtags (#word), in any script."""

import re
from collections.abc import Iterator
from itertools import pairwise

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.hosts import is_public
from counterfoil.extraction.observable_page import Hit
from counterfoil.extraction.social_platforms import platform_beside

#: Letters, digits, and the marks that Indic, Arabic, Hebrew and Thai words need and ``\w`` leaves out.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    r"\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03"
    r"\u0a3c-\u0a4d\u0a70\u0a71\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b4d\u0b82\u0bbe-\u0bcd"
    r"\u0c00-\u0c03\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0e31\u0e34-\u0e3a"
    r"\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)
_HASHTAG = Expression(rf"[#＃](?<![&/#＃].)(?P<word>[\w{_MARKS}]{{1,140}})")
_HEX = Expression(r"[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8}", re.IGNORECASE)
_ORDINAL = Expression(r"\d{1,6}(?:st|nd|rd|th)", re.IGNORECASE)
_COLOUR_WORD = Expression(
    r"(?:colou?r|hex|rgb|background|fill|"
    r"palette)\W{0,3}\w{0,10}\W{0,3}$",
    re.IGNORECASE,
)
_CODE_WORDS = frozenset("include define ifdef ifndef endif pragma elif undef".split())

_HANDLE = Expression(
    r"@(?<![\w@./\\\-=+%&].)(?P<name>[A-Za-z0-9_]{1,30}(?:[.\-](?=[a-z0-9_])[A-Za-z0-9_]{1,30}){0,5})"
    r"(?P<server>@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4})?(?![@\w])"
)
_LIST = Expression(r"[\"”’»)]{0,2}(?:,|;|/|,? (?:and|or|und|et|y|и|та|й|&))(?: on)? ?[\"“«„(]{0,2}")
_ACCOUNT = Expression(r"account|user|bot|konto|compte|cuenta|ак", re.IGNORECASE)
_REDDIT = Expression(r"u/(?<![\w/.\-]..)[A-Za-z0-9_\-]{3,20}(?![\w/\-])")
#: Paths of Telegram that are no channel's name.
_TELEGRAM = Expression(
    r"(?:www\.)?(?:t|telegram)\.(?:me|dog)/(?:(?P<invitation>\+[\w\-]{8,32}|joinchat/[\w\-]{8,32})|"
    r"(?:s/)?(?!(?:joinchat|share|proxy|addstickers|addlist|iv|socks|c)(?:/|$))(?P<name>[A-Za-z]\w{3,31}))/?",
    re.IGNORECASE,
)
_MAIL_HOSTS = frozenset(
    "gmail.com googlemail.com mail.ru yandex.ru ya.ru protonmail.com proton.me pm.me yahoo.com outlook.com "
    "hotmail.com icloud.com aol.com gmx.de gmx.net web.de tutanota.com list.ru bk.ru inbox.ru rambler.ru "
    "qq.com 163.com 126.com ukr.net i.ua meta.ua live.com msn.com".split()
)


def hashtags(text: str) -> Iterator[Hit]:
    """Start, end and value of each hashtag; no numbers, hex colours or preprocessor words."""
    last = 0
    for match in _HASHTAG.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if (before.isalnum() or before == "_") and match.start() != last:
            continue  # a fragment, "C#" or "issue#12"; but "#one#two" is two hashtags
        last = match.end()
        word = match["word"].rstrip("_\u200c\u200d")
        if not any(map(str.isalpha, word)) or word in _CODE_WORDS or _ORDINAL.fullmatch(word):
            continue
        if _HEX.fullmatch(word) and _is_colour(word, text[max(0, match.start() - 30) : match.start()]):
            continue
        yield Hit(match.start(), match.start("word") + len(word), f"#{word}")


def _is_colour(word: str, before: str) -> bool:
    with_digits = any(map(str.isdigit, word))
    return with_digits or len(set(word.lower())) == 1 or _COLOUR_WORD.search(before) is not None


def social_handles(text: str) -> Iterator[Hit]:
    """Start, end and value of each handle; ``@name@server`` is one handle.

    ``@gmail.com`` is the end of an address, not a name. A dotted name stays whole (Instagram, Bluesky). In a list
    the platform is said once ("@one, @two and @three on TikTok").
    """
    found = [*_written_handles(text)]
    said = [platform_beside(text, hit.start, hit.end) for hit in found]
    linked = [_LIST.fullmatch(text, one.end, other.start) is not None for one, other in pairwise(found)]
    for place in range(len(found) - 2, -1, -1):
        if linked[place] and not said[place][0]:
            said[place] = said[place + 1]
    for place in range(1, len(found)):
        if linked[place - 1] and not said[place][0]:
            said[place] = said[place - 1]
    for hit, (platform, between) in zip(found, said, strict=True):
        channel = platform == "Telegram" and not _ACCOUNT.search(between)
        yield hit._replace(platform=platform, kind="telegram-channel" if channel else "")
    for match in _REDDIT.finditer(text):
        yield Hit(*match.span(), match.group(), "Reddit")


def _written_handles(text: str) -> Iterator[Hit]:
    for match in _HANDLE.finditer(text):
        name, server = match["name"], match["server"] or ""
        if server and not is_public(server[1:].lower()):
            server = ""
        if name.lower() in _MAIL_HOSTS or not any(map(str.isalpha, name)) or len(name) < 2:
            continue
        yield Hit(match.start(), match.end("name") + len(server), f"@{name}{server}")


def telegram_channel(address: str) -> str:
    """The channel or invitation that an address without scheme leads to ("t.me/name"); empty if none."""
    match = _TELEGRAM.fullmatch(address)
    return f"t.me/{match['invitation'] or match['name']}" if match else ""
