"""Jinja2, set so that nothing is shown unescaped and no name is missing in silence."""

from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse


@cache
def environment() -> Environment:
    """The templates, compiled once."""
    made = Environment(
        loader=PackageLoader("counterfoil.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"exact": exact, "percent": percent, "when": when, "second": second, "plural": plural}
    return made


def page(request: Request, template: str, values: dict[str, Any], status: int = 200) -> HTMLResponse:
    """A page of the workbench (or a part of one) from its template."""
    desk = getattr(request.app.state, "desk", None) if "app" in request.scope else None
    shared = {"analyst": desk.analyst if desk else "", "path": request.url.path}
    return HTMLResponse(environment().get_template(template).render({**shared, **values}), status)


def exact(text: str) -> Markup:
    """The text such that a browser has letter for letter the same: a parser would change lone returns."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))  # noqa: S704  # escaped right here


def percent(score: float) -> str:
    """A chance as a whole percentage; what is not certain is not shown as 100 %."""
    return f"{min(99, round(100 * score)) if score < 1 else 100} %"


def when(at: str) -> str:
    """An ISO 8601 time in UTC as people write it: "4 March 2031, 09:05 UTC"."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return at
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def second(at: str) -> str:
    """An ISO 8601 time to the second: "2031-03-04 09:05:33 UTC"; as it is, if it is none."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return at
    return f"{moment.replace(tzinfo=None):%Y-%m-%d %H:%M:%S}" + (" UTC" if not moment.utcoffset() else f" {moment:%z}")


def plural(count: int, one: str, many: str = "") -> str:
    """The number with its word: "1 report", "3 reports"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
