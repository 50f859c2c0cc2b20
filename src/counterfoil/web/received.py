"""What a form or a program hands in to be imported: one file or one address, with what it says of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from counterfoil.errors import InputError, UsageError
from counterfoil.kb.parcels import ParcelRow
from counterfoil.web.bench import Bench
from counterfoil.workflow.importing import fetch_file, receive, recognised
from counterfoil.workflow.importing_tables import is_sheet

LONGEST = 300  #: letters of a file's name
_HEAD = 8


@dataclass(frozen=True, slots=True)
class Received:
    """A file with its name, the format that was chosen for it (empty: told by its beginning), the form's fields."""

    name: str
    data: bytes
    format: str
    form: FormData

    @property
    def is_sheet(self) -> bool:
        return self.format == "sheet" or (not self.format and is_sheet(self.name, self.data[:_HEAD]))

    def said(self, name: str) -> str:
        """A field of the form."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""

    def all_said(self, name: str) -> Sequence[str]:
        """A field that may come more than once."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]


async def received(request: Request, bench: Bench) -> Received:
    """The file of a request, uploaded or fetched.

    Raises:
        UsageError: none, or more than one.
        FetchError: the address cannot be fetched, or we are offline.
    """
    settings = bench.settings
    async with request.form(max_files=2, max_fields=200, max_part_size=settings.form_bytes) as form:
        return await run_in_threadpool(_received, form, bench)


def into_quarantine(bench: Bench, file: Received) -> ParcelRow:
    """Put the file into quarantine; one that comes again waits again.

    Raises:
        UsageError: there is no such format.
        InputError: it is in no format that can be imported.
    """
    form = file.format or _format(file)
    row = receive(bench.workspace, file.name, file.data, form)
    bench.arrivals.forget_done(row.id)
    return row


def _format(file: Received) -> str:
    try:
        return recognised(file.name, file.data)
    except InputError as error:
        raise InputError(
            error.message, "Say its format in the form. A report to be read and coded goes to the start page."
        ) from error


def _received(form: FormData, bench: Bench) -> Received:
    uploads = [one for one in form.getlist("files") if isinstance(one, UploadFile) and (one.filename or one.size)]
    url = form.get("url", "")
    url = url.strip() if isinstance(url, str) else ""
    if len(uploads) + bool(url) != 1:
        words = "Nothing was handed in." if not uploads else "One file at a time, please; nothing was imported."
        raise UsageError(words, "Choose a file, or give a web address.")
    format_ = form.get("format", "")
    chosen = format_ if isinstance(format_, str) else ""
    if uploads:
        name = (uploads[0].filename or "file").replace("\\", "/").rpartition("/")[2]
        return Received(" ".join(name.split())[:LONGEST] or "file", uploads[0].file.read(), chosen, form)
    if not url.lower().startswith(("http://", "https://")):  # a path of this machine is nothing that a page may name
        raise UsageError(f"{url[:LONGEST]} is no web address.", "It begins with https://; or choose a file.")
    name, data = fetch_file(url, bench.settings.config)
    return Received(name, data, chosen, form)
