"""The original of a report beside its text: pictures of PDF pages, an archived web page, or the file to save."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response

from counterfoil.errors import UnknownIdError
from counterfoil.web.bench import BenchOf
from counterfoil.web.downloads import attachment
from counterfoil.web.templating import page
from counterfoil.web.views.text import anchor_of, paragraphs
from counterfoil.workflow.originals import Look, kept, original_data, page_picture, web_page

router = APIRouter(include_in_schema=False)

#: A picture or page of an original never changes, and is drawn in a child process: the browser keeps it a while.
KEEP = {"Cache-Control": "private, max-age=3600"}
STYLE = """
:root { color-scheme: light; }
body { margin: 0; padding: 1rem 1.25rem 50vh; background: #fff; color: #1a1a1a;
  font: 0.9375rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; max-width: 100%; }
td, th { border: 1px solid #bbb; padding: 0.2rem 0.4rem; vertical-align: top; text-align: left; }
blockquote { border-left: 3px solid #999; margin-left: 0; padding-left: 1rem; }
pre { white-space: pre-wrap; }
span[id]:target::before { content: "▸ "; color: #7a5b00; }
:is(p, li, h1, h2, h3, h4, h5, h6, td, blockquote, figcaption):has(> span[id]:target) { background: #fff0b8; }
"""
#: Nothing is loaded, run, sent or framed; the one style is the one above.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src data:",
        f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox",
    )
)
ReportPage = Annotated[int, Path(ge=1, le=100_000)]
Offset = Annotated[int, Query(ge=0, le=1 << 40)]


@router.get("/reports/{report_id}/original")
def original(
    request: Request,
    bench: BenchOf,
    report_id: str,
    number: Annotated[int, Query(alias="page", ge=0, le=100_000)] = 0,
    at: Offset = 0,
) -> HTMLResponse:
    """A page of its own: works without a script too. `at` is a place in the text that it should show."""
    one = kept(bench.workspace, report_id)
    pages = len(one.report.pages)
    values = {
        "report": one.report,
        "kept": one,
        "number": min(number or one.page_at(at), pages) if pages else 1,
        "pages": pages,
        "anchor": anchor_of(paragraphs(one.report), at) if one.look is Look.WEB else "",
    }
    return page(request, "original.html", values)


@router.get("/reports/{report_id}/original/pages/{number}")
def picture(bench: BenchOf, report_id: str, number: ReportPage) -> Response:
    """A page of a PDF as PNG."""
    one = kept(bench.workspace, report_id)
    if one.look is not Look.PAGES:
        raise UnknownIdError(f"The original of {one.report.id} has no pages to show.")
    drawn = page_picture(bench.workspace, one, number)
    return Response(drawn.png, media_type="image/png", headers=KEEP)


@router.get("/reports/{report_id}/original/archived")
def archived(bench: BenchOf, report_id: str) -> Response:
    """A web page as it was archived, made harmless; shown in a frame that may do nothing."""
    one = kept(bench.workspace, report_id)
    if one.look is not Look.WEB:
        raise UnknownIdError(f"The original of {one.report.id} is no web page.")
    body = web_page(bench.workspace, one)
    language = f' lang="{escape(one.report.language)}"' if one.report.language != "und" else ' lang="en"'
    title = escape(one.report.title or one.report.source)
    html = (
        f'<!doctype html><html{language}><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body>{body}</body></html>"
    )
    headers = {**KEEP, "Content-Security-Policy": POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return HTMLResponse(html, headers=headers)


@router.get("/reports/{report_id}/original/file")
def file(bench: BenchOf, report_id: str) -> Response:
    """The file as it came, to be saved: never shown by the browser, whatever is in it."""
    one = kept(bench.workspace, report_id)
    return attachment(original_data(bench.workspace, one), one.name, "application/octet-stream")
