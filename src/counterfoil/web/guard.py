"""Who may come in, and what every answer carries.

A page of another site must neither read nor write here: the Host must be this machine's, the visitor must have
come by the printed address (its token was changed for a SameSite=Strict cookie, or stands in an Authorization
header of a script), and whatever writes must come from our own pages by Origin and Sec-Fetch-Site. Only the TAXII
server has tokens of its own, and takes nothing else.
"""

from secrets import compare_digest
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from counterfoil.web.problems import RefusalError, refused, unforeseen
from counterfoil.web.settings import Settings

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",  # archived pages, which come with a policy of their own
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": browsers then send "Origin: null" with our own forms, and we could not tell whose they are.
    # Other sites are sent nothing by this either.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
READS = frozenset({"GET", "HEAD"})
PUBLIC = "/static/"  #: the packaged style sheet and scripts: the same for everybody
#: For programs on behalf of others, which bear a token of their own: `web.taxii` asks for it. Browsers send none by
#: themselves, so that no page of another site can use one.
TOKENS_ONLY = "/taxii2/"
UPLOADS = frozenset({"/intake", "/api/reports", "/imports", "/api/imports", "/detect"})


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return  # no WebSockets here
        request = Request(scope)
        guarded = _Answer(send, scope["path"])
        answer = self._answer(request)
        if answer is None:
            try:
                await self.app(scope, self._capped(request, receive), guarded.send)
            except Exception as error:  # the last door before the network: nothing of the inside goes through it
                if guarded.started:
                    raise
                answer = unforeseen(request, error)
        if answer is not None:
            await answer(scope, receive, guarded.send)

    def _answer(self, request: Request) -> Response | None:
        """A refusal, or the change of the token for the cookie; None lets the request in."""
        try:
            if request.headers.get("host", "") not in self.settings.hosts:
                raise RefusalError(
                    421, "This is not the address of the workbench.", "Use the address that was printed."
                )
            if request.scope["path"].startswith(TOKENS_ONLY):
                self._check_length(request)
                return None
            if "token" in request.query_params and request.method in READS:
                return self._change_token(request)
            if not request.url.path.startswith(PUBLIC):
                self._check_visitor(request)
            if request.method not in READS:
                self._check_origin(request.headers)
            self._check_length(request)
        except RefusalError as refusal:
            return refused(request, refusal)
        return None

    def _change_token(self, request: Request) -> Response:
        if not _same(request.query_params["token"], self.settings.token):
            raise RefusalError(403, "This address is of an earlier launch.", "Use the address that was printed last.")
        rest = [(name, value) for name, value in parse_qsl(request.url.query) if name != "token"]
        # A path of ours, never another host's: "//host" would leave this machine.
        path = "/" + request.url.path.lstrip("/")
        answer = RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), status_code=303)
        answer.set_cookie(self.settings.cookie, self.settings.session, httponly=True, samesite="strict", path="/")
        return answer

    def _check_visitor(self, request: Request) -> None:
        cookies = cookie_parser(request.headers.get("cookie", ""))
        if _same(cookies.get(self.settings.cookie, ""), self.settings.session) or self._bears_token(request.headers):
            return
        raise RefusalError(
            403,
            "The workbench does not know this browser.",
            "Open the address that counterfoil serve printed; it holds the key.",
        )

    def _bears_token(self, headers: Headers) -> bool:
        kind, _, token = headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and _same(token, self.settings.token)

    def _check_origin(self, headers: Headers) -> None:
        """What writes must come from a page of ours; a script that bears the token comes from no page."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        ours = f"http://{headers['host']}"
        if site not in (None, "same-origin") or origin not in (None, ours):
            raise RefusalError(403, "Another site tried to change something here; nothing was changed.")
        if site is None and origin is None and not self._bears_token(headers):
            raise RefusalError(403, "The request does not say which page it comes from; nothing was changed.")

    def _check_length(self, request: Request) -> None:
        length = request.headers.get("content-length", "0")
        if not length.isdecimal():
            raise RefusalError(400, "The request does not say how long it is.")
        if int(length) > self._most(request):
            raise _too_large(self._most(request))

    def _most(self, request: Request) -> int:
        return self.settings.upload_bytes if request.url.path in UPLOADS else self.settings.form_bytes

    def _capped(self, request: Request, receive: Receive) -> Receive:
        """The body, which ends the request when it grows beyond what it may have: its length may be a lie."""
        most = self._most(request)
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise _too_large(most)
            return message

        return counted


def _too_large(most: int) -> RefusalError:
    return RefusalError(413, f"That is more than {most / 1e6:.0f} MB at once.", "Hand it in by parts.")


def _same(given: str, expected: str) -> bool:
    return compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


class _Answer:
    """An answer on its way out, with what every answer carries."""

    def __init__(self, send: Send, path: str) -> None:
        self._send = send
        self._path = path
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)  # an archived page has a stricter policy
            # Pages hold case work: no cache keeps them. Static files are asked for anew by their ETag.
            headers.setdefault("Cache-Control", "no-cache" if self._path.startswith(PUBLIC) else "no-store")
        await self._send(message)
