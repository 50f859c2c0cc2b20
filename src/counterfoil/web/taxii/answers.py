"""How TAXII 2.1 answers: its media type and its error message."""

import json
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response

PATH = "/taxii2/"
MEDIA_TYPE = "application/taxii+json;version=2.1"
STIX_MEDIA_TYPE = "application/stix+json;version=2.1"
LATER = 30  #: seconds after which to ask again for what is not ready yet
_CHALLENGE = 'Basic realm="Counterfoil TAXII", charset="UTF-8", Bearer realm="Counterfoil TAXII"'


def answer(content: Any, headers: dict[str, str] | None = None) -> Response:
    """A resource."""
    return Response(json.dumps(content, ensure_ascii=False), media_type=MEDIA_TYPE, headers=headers)


def envelope(objects: list[str], rest: dict[str, Any], headers: dict[str, str]) -> Response:
    """An envelope of objects that are JSON already; an empty one has no list at all."""
    parts = [f'"objects":[{",".join(objects)}]'] if objects else []
    parts += [f"{json.dumps(name)}:{json.dumps(value)}" for name, value in rest.items()]
    return Response("{" + ",".join(parts) + "}", media_type=MEDIA_TYPE, headers=headers)


def problem(status: int, message: str, hint: str) -> Response:
    """An error message (TAXII 2.1, section 3.6.1)."""
    said = {"title": HTTPStatus(status).phrase, "description": " ".join(filter(None, (message, hint)))}
    headers = {401: {"WWW-Authenticate": _CHALLENGE}, 503: {"Retry-After": str(LATER)}}.get(status)
    return Response(json.dumps({**said, "http_status": str(status)}), status, headers, MEDIA_TYPE)


def accepts(headers: Headers) -> bool:
    """Whether the client takes TAXII 2.1. One that says nothing takes anything."""
    ranges = ",".join(headers.getlist("accept")).split(",")
    return any(_is_ours(one) for one in ranges) or not any(map(str.strip, ranges))


def is_taxii(content_type: str) -> bool:
    """Whether what was sent says that it is TAXII 2.1."""
    return _is_ours(content_type) and not content_type.strip().startswith("*")


def _is_ours(media_range: str) -> bool:
    kind, *parameters = (part.strip().lower() for part in media_range.split(";"))
    said = dict(part.replace(" ", "").partition("=")[::2] for part in parameters)
    if kind not in ("application/taxii+json", "application/*", "*/*") or said.get("q") in ("0", "0.0", "0.00", "0.000"):
        return False
    return said.get("version", "2.1").strip('"') == "2.1"
