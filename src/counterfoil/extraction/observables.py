"""Observables: URLs, domains, e-mail and IP addresses, file hashes, wallets, ids, numbers, handles and hashtags.

Works on the refanged text (`refang`), most telling kinds first; what one kind has claimed no other
kind reads again, so that the domain of a URL is not repeated unless it also stands alone.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.hosts import decoded, is_public, is_written_bare
from counterfoil.extraction.indicator_tables import indicators_in_tables
from counterfoil.extraction.observable_page import Hit, Page
from counterfoil.extraction.phone_numbers import phone_numbers
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.refang import refanged
from counterfoil.extraction.social import hashtags, social_handles, telegram_channel
from counterfoil.extraction.tracking_ids import advertising_ids, analytics_ids
from counterfoil.extraction.wallets import wallets
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction, Observable

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_LABEL = r"[0-9A-Za-z\u00c0-\u1fff_\-]"
_STOPS = r"\s<>\"“”„«»‹›|^`{}\\\[\]’‘'…—\ufffc、。，；：！？（）【】「」『』《》"

_URL = Expression(
    r"(?P<scheme>https?|ftp)://(?:[\w.\-]{1,64}(?::[\w.\-]{0,64})?@)?"
    r"(?P<host>\[[0-9A-F:.]{2,45}\]|[\w\-.]{1,253})",
    re.IGNORECASE,
)
_GLUED = Expression(rf"(?<=[0-9A-Za-z])[{_CJK}]")
_PORT = Expression(r":\d{1,5}(?!\d)")
_TAIL = Expression(rf"[/?#][^{_STOPS}]{{0,2000}}")
_EMAIL = Expression(
    rf"(?<![\w.%+\-@])(?P<local>[\w.%+\-]{{1,64}})@(?P<host>{_LABEL}{{1,63}}(?:\.{_LABEL}{{1,63}}){{1,8}})"
)
_DOMAIN = Expression(
    rf"(?<![0-9A-Za-z\u00c0-\u1fff_\-.@]){_LABEL}{{1,63}}(?:\.{_LABEL}{{1,63}}){{1,10}}"
    r"(?![0-9A-Za-z\u00c0-\u1fff_\-@])(?!\.[0-9A-Za-z])"
)
_CJK_DOMAIN = Expression(rf"(?<![\w.\-@])[\w\-]{{1,30}}(?:\.[\w\-]{{1,30}}){{0,3}}\.[{_CJK}]{{2,6}}(?!\w)")
_IPV4 = Expression(r"(?<![\w.\-])\d{1,3}(?:\.\d{1,3}){3}(?![\w\-]|\.\d)")
_CIDR = Expression(r"/(?:[12]?\d|3[0-2])(?![\w./])")
_CIDR6 = Expression(r"/(?:\d{1,2}|1[01]\d|12[0-8])(?![\w./])")
_VERSION = Expression(r"(?:\bversions?|\bver\.?|\bv\.?|/|\brelease|\bbuild|§|\bsection|\bchapter) ?$", re.I)
_IPV6 = Expression(r"(?<![\w:.])[0-9A-Fa-f:]{2,39}(?:\.\d{1,3}){0,3}(?![\w:])")
_HASH = Expression(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{32,128}(?![0-9A-Za-z])")
_HASH_LENGTHS = (32, 40, 64, 128)  #: MD5, SHA-1, SHA-256, SHA-512


class _Page(Page):
    """The page with the names of hosts on it, in addresses or alone."""

    @cached_property
    def hosts(self) -> list[tuple[int, int]]:
        """Where they stand."""
        return list(_hosts(self))


def find(reading: Reading, _found: Extraction) -> tuple[Observable, ...]:
    """Every observable of the text, in text order; one item per value with all its places."""
    page = _Page(refanged(reading.mapped), reading.report.text)
    items: dict[tuple[str, str, str], list[tuple[Hit, Span]]] = {}
    for kind, finder in _FINDERS:
        for hit in finder(page):
            if page.claim(hit.start, hit.end):
                span = reading.report.span(*page.mapped.range(hit.start, hit.end))
                key = (hit.kind or kind, _same(hit.kind or kind, hit.value), hit.platform)
                items.setdefault(key, []).append((hit, span))
    _tell_platforms(items)
    merged = [_item(kind, platform, places) for (kind, _, platform), places in items.items()]
    return tuple(sorted(merged, key=lambda item: (item.spans[0].start, item.type, item.value)))


def _same(kind: str, value: str) -> str:
    """What two ways to write the same observable have in common."""
    if kind == "url":
        return value  # only its path tells upper from lower case, and everything else is normalised
    if kind == "telegram-channel":
        return value.removeprefix("t.me/").removeprefix("@").casefold()
    if kind == "domain-name" and "xn--" in value:
        return decoded(value)
    return value if kind == "wallet-address" else value.casefold()


def _tell_platforms(items: dict[tuple[str, str, str], list[tuple[Hit, Span]]]) -> None:
    """Put a handle that is named without its platform to the one that is named with it."""
    known = {("@" * (kind != "handle") + value): (kind, value, platform) for kind, value, platform in items if platform}
    for kind, value, platform in [*items]:
        if kind == "handle" and not platform and value in known:
            items[known[value]] += items.pop((kind, value, platform))


def _item(kind: str, platform: str, places: list[tuple[Hit, Span]]) -> Observable:
    places.sort(key=lambda place: place[1])
    values = [hit.value for hit, _ in places]
    value = next((value for value in values if value.startswith("t.me/")), values[0])
    return Observable(kind, value, tuple(sorted({span for _, span in places})), platform)


def _urls(page: _Page) -> Iterator[Hit]:
    text = page.text
    for match in page.matches(_URL, "://"):
        if not page.is_free(*match.span()):
            continue  # inside the path of the URL before it
        host, end = match["host"], match.end()
        if not host.startswith("["):
            host = _clean_host(host)
            end = match.start("host") + len(host)
            if not (is_public(host.lower()) or _is_ipv4(host)):
                continue
        elif not _is_ipv6(host[1:-1]):
            continue
        end = _url_end(text, end)
        shown = text[match.start("host") + len(host) : end]
        login = text[match.end("scheme") : match.start("host")]
        yield _address(match.start(), end, host.lower() + shown, match["scheme"].lower() + login)


def _address(start: int, end: int, address: str, scheme: str = "") -> Hit:
    channel = telegram_channel(address)
    return Hit(start, end, channel, "Telegram", "telegram-channel") if channel else Hit(start, end, scheme + address)


def _clean_host(host: str) -> str:
    """The host without what prose has glued to its end."""
    return _without_prose(host).rstrip(".-_")


def _without_prose(written: str) -> str:
    """The part of an address before East Asian prose that follows it without a blank."""
    cut = None if written.isascii() else _GLUED.search(written)
    return written[: cut.start()] if cut else written


def _url_end(text: str, end: int) -> int:
    """Where a URL ends whose host ends at `end`: port, path, query and fragment, less punctuation."""
    port = _PORT.match(text, end)
    end = port.end() if port else end
    tail = _TAIL.match(text, end)
    if tail is None:
        return end
    return end + len(_without_punctuation(_without_prose(tail.group())))


def _without_punctuation(written: str) -> str:
    closing = written.count(")") - written.count("(")
    end = len(written)
    while end and written[end - 1] in ".,;:!?*)(·،؛؟":
        last = written[end - 1]
        if last == ")" and closing <= 0:
            break  # it closes a bracket of the address itself
        closing -= (last == ")") - (last == "(")
        end -= 1
    return written[:end]


def _emails(page: _Page) -> Iterator[Hit]:
    for match in page.matches(_EMAIL, "@"):
        local, host = match["local"].lstrip(".-+%"), match["host"].rstrip("-_")
        known = host
        while not is_public(known.lower()) and known.count(".") > 1:
            known = known.rpartition(".")[0]  # a sentence that goes on without a blank
        if local and is_public(known.lower()) and _ends_in_lower_case(known):
            start = match.end("local") - len(local)
            end = match.start("host") + len(known)
            yield Hit(start, end, f"{local}@{known}".lower())


def _ends_in_lower_case(host: str) -> bool:
    return host.rpartition(".")[2].islower() or host.isupper() or not host.isascii()


def _paths(page: _Page) -> Iterator[Hit]:
    """URLs without a scheme: a host with something behind its slash."""
    for start, end in page.hosts:
        if not page.is_free(start, end):
            continue
        stop = _url_end(page.text, end)
        tail = page.text[end:stop]
        beside = tail[1:].rstrip("/")
        if tail.lstrip(":0123456789").strip("/#?") and not is_public(beside.lower()):
            yield _address(start, stop, page.text[start:end].lower() + tail)


def _domains(page: _Page) -> Iterator[Hit]:
    for start, end in page.hosts:
        yield Hit(start, end, page.text[start:end].lower())


def _hosts(page: _Page) -> Iterator[tuple[int, int]]:
    text = page.text
    for pattern in (_DOMAIN, _CJK_DOMAIN):
        for match in page.matches(pattern, "."):
            written = match.group().rstrip("-_")
            start, end = match.start(), match.start() + len(written)
            if not is_public(written.lower()):
                continue
            before = text[max(0, start - 60) : start]
            if page.is_defanged(start, end) or is_written_bare(written, before, text[end : end + 20]):
                yield start, end


def _ipv4(page: _Page) -> Iterator[Hit]:
    text = page.text
    for match in page.matches(_IPV4, "."):
        start, end = match.span()
        if not _is_ipv4(match.group()):
            continue
        if not page.is_defanged(start, end) and _is_numbering(text, start, end):
            continue
        network = _CIDR.match(text, end)
        end = network.end() if network else end
        yield Hit(start, end, text[start:end])


def _is_numbering(text: str, start: int, end: int) -> bool:
    """Whether four numbers are a version or the number of a heading."""
    if _VERSION.search(text[max(0, start - 12) : start]):
        return True
    small = all(int(part) < 30 for part in text[start:end].split("."))
    first_on_line = start == 0 or text[start - 1] == "\n"
    return small and first_on_line and re.match(r"\.? [^\W\d_]", text[end : end + 3]) is not None


def _is_ipv4(written: str) -> bool:
    try:
        IPv4Address(written)
    except AddressValueError:
        return False
    return written.isascii()


def _is_ipv6(written: str) -> bool:
    try:
        IPv6Address(written)
    except AddressValueError:
        return False
    return True


def _ipv6(page: _Page) -> Iterator[Hit]:
    for match in page.matches(_IPV6, ":"):
        written = match.group().rstrip(":") if not match.group().endswith("::") else match.group()
        if written.count(":") < 2 or len(written) < 6 or not any(map(str.isdigit, written)):
            continue
        if _is_ipv6(written):
            end = match.start() + len(written)
            network = _CIDR6.match(page.text, end)
            end = network.end() if network else end
            yield Hit(match.start(), end, str(IPv6Address(written)) + (network.group() if network else ""))


def _hashes(page: _Page) -> Iterator[Hit]:
    for match in page.matches(_HASH, ""):
        value = match.group().lower()
        # A long decimal number is an id; a row of few different signs is a placeholder.
        if len(value) in _HASH_LENGTHS and not value.isdecimal() and len(set(value)) > 4:
            yield Hit(match.start(), match.end(), value)


def _handles(page: _Page) -> Iterator[Hit]:
    return social_handles(page.text)


def _hashtags(page: _Page) -> Iterator[Hit]:
    return hashtags(page.text)


#: Type -> what finds it. What the line above has claimed no line below reads again.
_FINDERS: tuple[tuple[str, Callable[[_Page], Iterator[Hit]]], ...] = (
    ("", indicators_in_tables),
    ("url", _urls),
    ("email-addr", _emails),
    ("url", _paths),
    ("domain-name", _domains),
    ("ipv6-addr", _ipv6),
    ("ipv4-addr", _ipv4),
    ("file-hash", _hashes),
    ("wallet-address", wallets),
    ("analytics-id", analytics_ids),
    ("advertising-id", advertising_ids),
    ("phone-number", phone_numbers),
    ("handle", _handles),
    ("hashtag", _hashtags),
)
