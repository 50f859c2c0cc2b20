"""When two spellings of a name or an address are the same, as far as measuring is concerned."""

import re
from unicodedata import normalize

_ARTICLE = re.compile(r"^(?:the|an?|le|la|les|el|los|las|der|die|das|den|dem|des|une?) |^l['’]")
_QUOTES = re.compile('["“”„«»‹›]')
_EDGES = " .,;:!?()[]'’‘"
_POSSESSIVE = re.compile(r"['’]s$")
_PHONE = re.compile(r"[+(\d][\d ().-]{7,}")
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_SHORTEST = 4  #: letters of a part of a name that may stand for the whole


def fold(name: str) -> str:
    """A name without case, quotation marks, a leading article or a closing "'s"."""
    plain = _QUOTES.sub("", normalize("NFKC", name).casefold())
    plain = " ".join(plain.replace("’", "'").split()).strip(_EDGES)
    return _ARTICLE.sub("", _POSSESSIVE.sub("", plain))


def address(value: str) -> str:
    """An address, hash or number without scheme, leading "@", closing slash, case and blanks.

    A Telegram channel is the same by its link and by its name.
    """
    plain = value.strip().casefold()
    if _PHONE.fullmatch(plain) and not _IP.fullmatch(plain):
        return re.sub(r"\D", "", plain)
    return re.sub(r"^(?:https?://)?(?:(?:www\.)?(?:t|telegram)\.me/(?:s/)?|@)?", "", plain).rstrip("/")


def number(value: str) -> str:
    """A number without grouping and closing zeros of a fraction ("1,300,000" and "1300000.0" are the same)."""
    plain = re.sub(r"[\s,_]", "", value)
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def within(one: str, other: str) -> bool:
    """Whether one folded name is a run of whole words of the other ("berg" of "senator tom berg")."""
    shorter, longer = sorted((one, other), key=len)
    return shorter == longer or (len(shorter) >= _SHORTEST and f" {shorter} " in f" {longer} ")
