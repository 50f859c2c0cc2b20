"""Observables as STIX 2.1 cyber-observable objects, with the ids that the specification prescribes."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import UUID

from counterfoil.exchange.stix_ids import OPENCTI_EXTENSION
from counterfoil.model.extraction import Observable
from counterfoil.model.ids import uuid_text

#: The namespace for ids of cyber-observables: STIX 2.1, section 2.9.
SCO_NAMESPACE = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")

_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
_IN_PATH = "/%:@!$&'()*+,;=~-._"
_HASH_NAMES = {32: "MD5", 40: "SHA-1", 64: "SHA-256", 128: "SHA-512"}


def observable_object(observable: Observable, opencti: bool = False) -> dict[str, Any] | None:
    """The cyber-observable; None where STIX has no object for the type (hashtags, ids of advertisers).

    Args:
        opencti: whether the types that OpenCTI has besides (phone numbers, wallets) will do.
    """
    properties = _PROPERTIES.get(observable.type) or (_OPENCTI.get(observable.type) if opencti else None)
    if properties is None:
        return None
    try:
        contributing = properties(observable)
    except ValueError:  # a host that no resolver would take: kept as text, not as an object
        return None
    kind = _TYPES.get(observable.type, observable.type)
    canonical = _CANONICAL.encode(contributing)
    made = {"type": kind, "spec_version": "2.1", "id": f"{kind}--{uuid_text(SCO_NAMESPACE, canonical)}", **contributing}
    if observable.type in _OPENCTI:
        made["extensions"] = {OPENCTI_EXTENSION: {"extension_type": "new-sco"}}
    return made


def as_uri(written: str) -> str:
    """The address as an RFC 3986 URI, which STIX asks for: other letters become %XX, hosts punycode.

    Raises:
        ValueError: it has no scheme or host, or a host that no resolver would take.
    """
    parts = urlsplit(written)
    if not parts.scheme or not parts.netloc:
        raise ValueError(f"{written!r} is no address")
    host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    return urlunsplit(
        (
            parts.scheme,
            host,
            quote(parts.path, safe=_IN_PATH),
            quote(parts.query, safe=_IN_PATH + "?"),
            quote(parts.fragment, safe=_IN_PATH + "?"),
        )
    )


def _url(observable: Observable) -> dict[str, Any]:
    return {"value": as_uri(observable.value)}


def _value(observable: Observable) -> dict[str, Any]:
    return {"value": observable.value}


def _hashes(observable: Observable) -> dict[str, Any]:
    return {"hashes": {_HASH_NAMES[len(observable.value)]: observable.value}}


def _account(observable: Observable) -> dict[str, Any]:
    platform = "telegram" if observable.type == "telegram-channel" else observable.platform
    kind = {"account_type": "-".join(platform.lower().split())} if platform else {}
    return {"account_login": observable.value.removeprefix("@"), **kind}


def _numbered_account(observable: Observable) -> dict[str, Any]:
    kind = {"account_type": "-".join(observable.platform.lower().split())} if observable.platform else {}
    return {"user_id": observable.value, **kind}


_TYPES = {
    "account-id": "user-account",
    "file-hash": "file",
    "handle": "user-account",
    "telegram-channel": "user-account",
    "wallet-address": "cryptocurrency-wallet",
}
_PROPERTIES: Mapping[str, Callable[[Observable], dict[str, Any]]] = {
    "domain-name": _value,
    "url": _url,
    "email-addr": _value,
    "ipv4-addr": _value,
    "ipv6-addr": _value,
    "file-hash": _hashes,
    "handle": _account,
    "account-id": _numbered_account,
    "telegram-channel": _account,
}
_OPENCTI: Mapping[str, Callable[[Observable], dict[str, Any]]] = {"phone-number": _value, "wallet-address": _value}
