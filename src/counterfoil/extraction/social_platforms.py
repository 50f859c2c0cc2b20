"""Where an account lives, as the words beside it say: "@name on X", "TikTok: @name", "the Telegram channel @name"."""

import re

from counterfoil.extraction.expressions import Expression

_NAMES = {
    "Telegram": "Telegram Телеграм Телеграмм Телеграме Телеграмі Telegram-Kanal Telegram-канал",
    "X": "X Twitter Твиттер Твіттер",
    "TikTok": "TikTok ТикТок Тикток ТікТок",
    "Instagram": "Instagram Инстаграм Інстаграм",
    "Facebook": "Facebook Фейсбук",
    "YouTube": "YouTube Ютуб Ютюб",
    "Threads": "Threads",
    "VKontakte": "VKontakte VK ВКонтакте",
    "Odnoklassniki": "Odnoklassniki Одноклассники",
    "Bluesky": "Bluesky",
    "Truth Social": "Truth\u00a0Social",
    "Gettr": "GETTR Gettr",
    "Gab": "Gab",
    "Parler": "Parler",
    "Rumble": "Rumble",
    "Mastodon": "Mastodon",
    "LinkedIn": "LinkedIn",
    "Snapchat": "Snapchat",
    "Reddit": "Reddit",
    "Weibo": "Weibo",
    "Discord": "Discord",
    "Kick": "Kick",
    "Twitch": "Twitch",
    "Medium": "Medium",
}
_SHORTEST_WORD = 6  #: letters: shorter names are words where they have no capital
_BY_NAME = {written.replace("\u00a0", " "): name for name, listed in _NAMES.items() for written in listed.split(" ")}
_BY_NAME |= {written.lower(): name for written, name in _BY_NAME.items() if len(written) > _SHORTEST_WORD}
_ANY = "|".join(sorted(map(re.escape, _BY_NAME), key=len, reverse=True))
_NAMED = Expression(rf"(?<![\w@#.\-])(?P<name>{_ANY})(?!\w)")
_AFTER = Expression(
    rf"[\"”’»)]{{0,2}}(?: ?[(\[](?:on |auf |sur |en |в |у |на |an? )?|"
    rf",? (?:on|auf|sur|en|via|в|у|на)(?: the| le| la)? |"
    rf",? an? )(?P<name>{_ANY})(?!\w)"
)
_BEFORE = Expression(
    rf"(?<![\w@#.\-])(?P<name>{_ANY})(?P<between>(?:['’]s)?(?:[ \-](?:accounts?|channels?|handles?|profiles?|"
    r"pages?|users?|bots?|groups?|personas?|Kan(?:al|äle)n?|Konto|Konten|Account|Profil|comptes?|chaînes?|cuentas?|canal(?:es)?|"
    r"кан\w{1,6}|ак\w{3,10}))?"
    r"(?:,? (?:as|called|named|under|under the name|under the handle|known as|als|namens|sous le nom de|"
    r"bajo el nombre de|with names such as|with names like|such as|под именем|with the handle|the|a|verified|and))?"
    r"[:,]? ?[\"“«„(\[]{0,2})$"
)
_WINDOW = 70


def platform_called(words: str) -> str:
    """The platform that a few words name ("Telegram channel"); empty if none."""
    found = _NAMED.search(words)
    return _BY_NAME[found["name"]] if found else ""


def platform_beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The platform of the account at `text[start:end]`, and the words between its name and the account."""
    after = _AFTER.match(text, end, end + _WINDOW)
    if after:
        return _BY_NAME[after["name"]], ""
    line = text.rfind("\n", max(0, start - _WINDOW), start) + 1
    before = _BEFORE.search(text, max(line, start - _WINDOW), start)
    return (_BY_NAME[before["name"]], before["between"]) if before else ("", "")
