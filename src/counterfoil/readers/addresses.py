"""Which internet addresses may be fetched from: only those that lead out into the public network."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

#: (host, port) -> addresses; OSError or UnicodeError if there are none.
Resolver = Callable[[str, int], Sequence[str]]

#: What is not public of IPv4, by the IANA IPv4 Special-Purpose Address Registry (RFC 6890).
_REFUSED_4 = tuple(
    (IPv4Network(network), what)
    for network, what in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a carrier's customers (CGNAT)"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local (where clouds keep their metadata)"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "reserved for documentation"),
        ("192.88.99.0/24", "reserved"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "reserved for benchmarks"),
        ("198.51.100.0/24", "reserved for documentation"),
        ("203.0.113.0/24", "reserved for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
#: Global unicast is 2000::/3; these parts of it are special all the same (RFC 6890).
_GLOBAL_6 = IPv6Network("2000::/3")
_REFUSED_6 = tuple(
    (IPv6Network(network), what)
    for network, what in (
        ("::1/128", "loopback"),
        ("::/128", "unspecified"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
        ("64:ff9b:1::/48", "a local NAT64's"),
        ("2001:db8::/32", "reserved for documentation"),
        ("3fff::/20", "reserved for documentation"),
    )
)
_TEREDO = IPv6Network("2001::/32")
_IETF = IPv6Network("2001::/23")
_6TO4 = IPv6Network("2002::/16")
_NAT64 = IPv6Network("64:ff9b::/96")
_MAPPED = IPv6Network("::ffff:0:0/96")
_TRANSLATED = IPv6Network("::ffff:0:0:0/96")
_COMPATIBLE = IPv6Network("::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, by the system's resolver; OSError or UnicodeError if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def refusal(address: str) -> str:
    """Why `address` (as a resolver gives it) may not be fetched from; an empty string if it may.

    An IPv6 address that carries an IPv4 address (mapped, NAT64, 6to4, Teredo, ISATAP) is judged by that
    one too.

    >>> refusal("127.0.0.1"), refusal("::ffff:10.0.0.1"), refusal("93.184.215.14")
    ('loopback', 'private', '')
    """
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv4Address):
        return _refusal_4(parsed)
    return _refusal_6(parsed)


def _refusal_4(address: IPv4Address) -> str:
    return next((what for network, what in _REFUSED_4 if address in network), "")


def _refusal_6(address: IPv6Address) -> str:
    for network, what in _REFUSED_6:
        if address in network:
            return what
    carried = _carried(address)
    for inner in carried:
        if reason := _refusal_4(inner):
            return reason
    if carried and address not in _GLOBAL_6:
        return ""
    if address not in _GLOBAL_6 or (address in _IETF and address not in _TEREDO):
        return "reserved"
    return ""


def _carried(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses inside an IPv6 one, as transition mechanisms put them there."""
    bits = int(address)
    low = IPv4Address(bits & 0xFFFFFFFF)
    if any(address in network for network in (_MAPPED, _TRANSLATED, _COMPATIBLE, _NAT64)):
        return (low,)
    if address in _6TO4:
        return (IPv4Address(bits >> 80 & 0xFFFFFFFF),)
    if address in _TEREDO:  # the server's, and the client's with every bit turned round
        return (IPv4Address(bits >> 64 & 0xFFFFFFFF), IPv4Address(~bits & 0xFFFFFFFF))
    if bits >> 32 & 0xFFFFFFFF in _ISATAP:
        return (low,)
    return ()
