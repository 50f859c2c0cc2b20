"""The one place that turns errors into HTTP: a page for people, `application/problem+json` for programs."""

import logging
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from counterfoil.errors import (
    CounterfoilError,
    EvidenceError,
    InputError,
    UnknownCodeError,
    UnknownIdError,
    UsageError,
    WorkspaceError,
)
from counterfoil.web.taxii import answers as taxii
from counterfoil.web.templating import page

#: Nearest class first.
STATUS: tuple[tuple[type[CounterfoilError], int], ...] = (
    (UnknownIdError, 404),
    (UnknownCodeError, 404),
    (UsageError, 400),
    (EvidenceError, 422),
    (InputError, 422),
    (WorkspaceError, 503),
)

_log = logging.getLogger("counterfoil.web")


class RefusalError(Exception):
    """A request that is turned away before anything is done: an HTTP status, a sentence and a hint."""

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.hint = hint


def status_of(error: CounterfoilError) -> int:
    """The HTTP status that says what kind of error it is."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def refused(request: Request, refusal: RefusalError) -> Response:
    """The answer to a request that is turned away."""
    return _problem(request, refusal.status, refusal.message, refusal.hint)


def handle_errors(app: FastAPI) -> None:
    """Have the application answer every error from here."""

    @app.exception_handler(CounterfoilError)
    def expected(request: Request, error: CounterfoilError) -> Response:
        return _problem(request, status_of(error), error.message, error.hint)

    @app.exception_handler(RefusalError)
    def turned_away(request: Request, error: RefusalError) -> Response:
        return refused(request, error)

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:]) or "the request"
        return _problem(request, 422, f"What was sent cannot be right: {where}: {first['msg']}.", "")

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        words = "There is no such page." if error.status_code == 404 else f"{error.detail}."
        answer = _problem(request, error.status_code, words, "")
        answer.headers.update(error.headers or {})
        return answer


def unforeseen(request: Request, error: Exception) -> Response:
    """The answer when something broke that nobody foresaw: the terminal gets the story, the browser a sentence."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _problem(
        request,
        500,
        "Something went wrong that should not have; what was stored before is still there.",
        "The terminal that runs counterfoil serve tells more; please report it.",
    )


def _problem(request: Request, status: int, message: str, hint: str) -> Response:
    if request.url.path.startswith(taxii.PATH):
        return taxii.problem(status, message, hint)
    if wants_json(request):
        body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": message}
        return JSONResponse({**body, "hint": hint}, status, media_type="application/problem+json")
    about = {"status": status, "phrase": HTTPStatus(status).phrase, "message": message, "hint": hint}
    return page(request, "error.html", about, status)


def wants_json(request: Request) -> bool:
    """Whether a program asks: under /api, or by what it accepts."""
    accepted = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or ("json" in accepted and "text/html" not in accepted)
