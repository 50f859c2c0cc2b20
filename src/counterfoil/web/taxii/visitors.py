"""Who asks the TAXII server: a program that bears a token. The workbench's own cookie and key open nothing here."""

import binascii
from base64 import b64decode
from typing import Annotated

from fastapi import Depends, Request

from counterfoil.web.bench import BenchOf
from counterfoil.web.problems import RefusalError
from counterfoil.web.taxii.answers import MEDIA_TYPE, accepts
from counterfoil.workflow.feed_tokens import Reader, reader


def visitor(request: Request, bench: BenchOf) -> Reader:
    """The reader, by HTTP's Basic scheme (the token's name and the token) or as a bearer."""
    name, secret = _given(request.headers.get("authorization", ""))
    found = reader(bench.subscription.feed, secret, name) if secret else None
    if found is None:
        raise RefusalError(401, "This needs a token.", "See: counterfoil taxii token new.")
    if not accepts(request.headers):
        raise RefusalError(406, f"The answer would be {MEDIA_TYPE}, which the request does not accept.")
    return found


def _given(authorization: str) -> tuple[str, str]:
    """The name (if any) and the secret of a header; ("", "") if there is none."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() in ("bearer", "token"):  # the latter as taxii2-client says it
        return "", given.strip()
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _, secret = b64decode(given.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return (name, secret) if name else ("", "")


VisitorOf = Annotated[Reader, Depends(visitor)]
