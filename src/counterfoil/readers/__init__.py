"""Readers: a file, standard input or a URL's body to a `Report`, and a report to its passages.

    read_file(path)             -> ReadResult(report, original)
    read_bytes(data, name, ...) -> ReadResult(report, original)
    read_all(data, name, ...)   -> [ReadResult, ...]           of files that hold several reports
    fetch.fetch(url)            -> Fetched(data, url, media_type)   the only door to the network
    passages.passages(report)   -> tuple[Passage, ...]

A new format is one module with a `Reader` and one line here; a third party adds an entry point in the
group `counterfoil.reader`. The order is that in which readers may claim a source by its content.
"""

from counterfoil.readers.reader import Limits, Reader, Source
from counterfoil.readers.reading import ReadResult, file_bytes, read_all, read_bytes, read_file
from counterfoil.registry import Registry

__all__ = ["READERS", "Limits", "ReadResult", "Reader", "Source", "file_bytes", "read_all", "read_bytes", "read_file"]

READERS = Registry(
    "reader",
    {
        "pdf": "counterfoil.readers.pdf:READER",
        "docx": "counterfoil.readers.docx:READER",
        "html": "counterfoil.readers.html:READER",
        "eml": "counterfoil.readers.eml:READER",
        "markdown": "counterfoil.readers.markdown:READER",
        "findings": "counterfoil.readers.findings:READER",
        "csv": "counterfoil.readers.csv_table:READER",
        "text": "counterfoil.readers.text:READER",
    },
)
