"""Everything that Counterfoil raises on purpose.

    CounterfoilError
    ├── UsageError            the request cannot be right: an unknown option, code or id
    │   ├── UnknownCodeError  a technique id that the framework does not have
    │   └── UnknownIdError    a report, suggestion or incident that the workspace does not have
    ├── InputError            a file, page or data set that cannot be read as asked
    │   ├── ReadError         this one source is unreadable; the rest of a batch goes on
    │   ├── FetchError        a URL that is not allowed, not there, too large or too slow
    │   ├── CodebookError     a codebook file that breaks the schema or the cue language
    │   └── LlmError          a language model's server that cannot be used
    ├── EvidenceError         a span that is not, letter by letter, in the text it cites
    └── WorkspaceError        the knowledge base is missing, locked, read-only or newer than we are

Each carries one sentence that says what and where, and a hint that says what to do. The command line
turns UsageError into exit code 2 and all others into 1; the web turns them into HTTP status codes.
"""


class CounterfoilError(Exception):
    """What went wrong, in one sentence, with a hint for the person who reads it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type["CounterfoilError"], tuple[str, str]]:
        # Readers run in child processes: both parts must survive the way back.
        return (type(self), (self.message, self.hint))


class UsageError(CounterfoilError):
    """The request itself cannot be right."""


class UnknownCodeError(UsageError):
    """A technique id that the framework in use does not have."""


class UnknownIdError(UsageError):
    """A report, suggestion or incident that the workspace does not have."""


class InputError(CounterfoilError):
    """An input that cannot be read as asked."""


class ReadError(InputError):
    """One source that cannot be read; the rest of a batch goes on."""


class FetchError(InputError):
    """A URL that may not be fetched or could not be."""


class CodebookError(InputError):
    """A codebook file that breaks the schema or the cue language."""


class LlmError(InputError):
    """A language model's server that cannot be reached, or will not answer."""


class EvidenceError(CounterfoilError):
    """A span that does not match the text it cites."""


class WorkspaceError(CounterfoilError):
    """The knowledge base cannot be opened or written."""
