"""Addresses of crypto-currencies: by their checksum where it can be counted, else by shape or the words around.

Base58Check covers Bitcoin, Litecoin and TRON, bech32 Bitcoin's newer addresses (BIP 173 and 350). Ethereum's and
Monero's checksums need Keccak, but nothing else looks like their addresses.
"""

import re
from collections.abc import Iterator
from hashlib import sha256

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.observable_page import Hit, Page

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_CHECKS = (1, 0x2BC830A3)  #: of bech32 and of bech32m
_WALLET = Expression(
    r"(?<![0-9A-Za-z])(?:"
    r"(?P<ethereum>0x[0-9A-Fa-f]{40})"
    r"|(?P<bech32>(?:bc|ltc)1[02-9ac-hj-np-z]{11,87}|(?:BC|LTC)1[02-9AC-HJ-NP-Z]{11,87})"
    rf"|(?P<monero>[48][{_BASE58}]{{94}})"
    rf"|(?P<base58>[13LMT][{_BASE58}]{{25,33}})"
    r")(?![0-9A-Za-z])"
)
#: First bytes of a Base58Check address -> whose it is. Litecoin's older script addresses are Bitcoin's too.
_VERSIONS = {0x00: "Bitcoin", 0x05: "Bitcoin", 0x30: "Litecoin", 0x32: "Litecoin", 0x41: "TRON"}
_BY_FIRST_LETTER = {"1": "Bitcoin", "3": "Bitcoin", "L": "Litecoin", "M": "Litecoin", "T": "TRON"}
_SAID = Expression(
    r"wallet|bitcoin|\bbtc\b|crypto|\btron\b|\btrx\b|\busdt\b|litecoin|\bltc\b|donat|address|кошел|гаман|"
    r"биткоин|біткоїн|portefeuille|cartera|monedero|billetera|geldbörse",
    re.IGNORECASE,
)
_NEAR = 80  #: characters before an address in which the words may stand


def wallets(page: Page) -> Iterator[Hit]:
    """Wallet addresses with their currency. A wrong checksum is a slip of the pen only where the text says wallet."""
    for match in page.matches(_WALLET, ""):
        kind, written = match.lastgroup or "", match.group()
        currency = _currency(kind, written)
        if not currency and _SAID.search(page.text[max(0, match.start() - _NEAR) : match.start()]):
            currency = _unchecked_currency(kind, written)
        if currency:
            yield Hit(*match.span(), written.lower() if kind == "bech32" else written, currency)


def _currency(kind: str, written: str) -> str:
    """Whose address it is; empty if its checksum is wrong."""
    if kind in ("ethereum", "monero"):
        return kind.capitalize() if len(set(written)) > 8 else ""  # a row of few different signs is a placeholder
    if kind == "bech32":
        return _unchecked_currency(kind, written) if _is_bech32(written.lower()) else ""
    return _base58_currency(written)


def _unchecked_currency(kind: str, written: str) -> str:
    if kind == "bech32":
        return "Litecoin" if written[:1] in "lL" else "Bitcoin"
    telling = any(map(str.isdigit, written[1:])) and not written.isupper() and not written.islower()
    return _BY_FIRST_LETTER.get(written[:1], "") if kind == "base58" and telling else ""


def _base58_currency(written: str) -> str:
    value = 0
    for sign in written:
        value = value * 58 + _BASE58.index(sign)
    if value.bit_length() > 200:
        return ""
    data = value.to_bytes(25, "big")
    if sha256(sha256(data[:21]).digest()).digest()[:4] != data[21:]:
        return ""
    return _VERSIONS.get(data[0], "")


def _is_bech32(written: str) -> bool:
    prefix, _, data = written.rpartition("1")
    signs = [ord(sign) >> 5 for sign in prefix] + [0] + [ord(sign) & 31 for sign in prefix]
    check = 1
    for value in [*signs, *map(_BECH32.index, data)]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> place & 1 else 0
    return check in _CHECKS
