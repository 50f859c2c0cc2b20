"""Observables as STIX 2.1 cyber-observable objects, with the ids that the specification prescribes."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import UUID, uuid5

from counterfoil.model.extraction import Observable

#: The namespace for ids of cyber-observables: STIX 2.1, section 2.9.
SCO_NAMESPACE = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")

_IN_PATH = "/%:@!$&'()*+,;=~-._"
_HASH_NAMES = {32: "MD5", 40: "SHA-1", 64: "SHA-256", 128: "SHA-512"}


def observable_object(observable: Observable) -> dict[str, Any] | None:
    """The cyber-observable; None where STIX has no object for the type (handles, hashtags)."""
    properties = _PROPERTIES.get(observable.type)
    if properties is None:
        return None
    try:
        contributing = properties(observable.value)
    except ValueError:  # a host that no resolver would take: kept as text, not as an object
        return None
    kind = "file" if observable.type == "file-hash" else observable.type
    canonical = json.dumps(contributing, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": f"{kind}--{uuid5(SCO_NAMESPACE, canonical)}",
        **contributing,
    }


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


def _url(value: str) -> dict[str, Any]:
    return {"value": as_uri(value)}


def _value(value: str) -> dict[str, Any]:
    return {"value": value}


def _hashes(value: str) -> dict[str, Any]:
    return {"hashes": {_HASH_NAMES[len(value)]: value}}


_PROPERTIES: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "domain-name": _value,
    "url": _url,
    "email-addr": _value,
    "ipv4-addr": _value,
    "ipv6-addr": _value,
    "file-hash": _hashes,
}
