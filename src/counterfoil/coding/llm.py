"""The optional language model: it may propose what it can quote, and nothing else.

It is off unless an analyst asks for it. It is asked a paragraph at a time, from a closed list of techniques
(`llm_prompt`), over one kind of request (`llm_http`); its replies are kept on disk (`llm_cache`), taken
apart (`llm_reply`) and checked against the text (`llm_proposals`). How to use it: docs/llm.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterfoil.coding.llm_cache import ReplyCache, key
from counterfoil.coding.llm_http import Client
from counterfoil.coding.llm_prompt import REPLY_TOKENS, Guide, Question, body, prompt_hash
from counterfoil.coding.llm_proposals import Proposal, vet
from counterfoil.coding.llm_quotes import is_hidden, shown
from counterfoil.coding.llm_refusals import Refusal
from counterfoil.errors import LlmError
from counterfoil.model.report import Report

if TYPE_CHECKING:
    from counterfoil.coding.llm_reply import Answer, Items

FAILURES = 3  #: paragraphs in a row without a usable answer, after which a server is given up
_BYTES_A_TOKEN = 4
_GIVEN_UP = "the server was given up"

Progress = Callable[[int, int], None]  #: called with how many paragraphs are done, and of how many


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking about a report.

    `paragraphs` were to be asked about; `requests` were made (further attempts included); `cached` were
    answered from disk; `unasked` were not asked because of `why`. `unoffered` paragraphs were left out
    because there was no technique to offer for them; `hidden` characters were not sent. `tokens` are what
    the server counted, or an estimate where it did not. `error` is set if the server was given up,
    `problem` if the cache could not be used.
    """

    proposals: tuple[Proposal, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    paragraphs: int = 0
    requests: int = 0
    cached: int = 0
    unasked: int = 0
    why: str = ""
    unoffered: int = 0
    hidden: int = 0
    tokens: int = 0
    error: LlmError | None = None
    problem: str = ""


@dataclass(slots=True)
class _Tally:
    """`Asked` while it grows, with the requests of earlier reports and the failures in a row."""

    before: int
    proposals: list[Proposal] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    cached: int = 0
    unasked: int = 0
    why: str = ""
    tokens: int = 0
    failures: int = 0


class Proposer:
    """Asks one model about reports. A server that was given up is not asked again by the same proposer."""

    def __init__(self, client: Client, cache: ReplyCache, guides: Mapping[str, Guide]) -> None:
        self.settings = client.endpoint.settings
        self.coder = f"llm {self.settings.model} {prompt_hash(guides)[:8]}"
        self._client = client
        self._cache = cache
        self._guides = guides
        self._error: LlmError | None = None

    def ask(self, report: Report, questions: Sequence[Question], progress: Progress | None = None) -> Asked:
        """The model's proposals for the report, checked; nothing that the server does makes this raise."""
        tally = _Tally(before=self._client.requests)
        for done, question in enumerate(questions, start=1):
            self._one(report, question, tally)
            if progress:
                progress(done, len(questions))
        return Asked(
            proposals=tuple(tally.proposals),
            refusals=tuple(tally.refusals),
            paragraphs=len(questions),
            requests=self._client.requests - tally.before,
            cached=tally.cached,
            unasked=tally.unasked,
            why=tally.why,
            hidden=sum(_hidden(report, question) for question in questions),
            tokens=tally.tokens,
            error=self._error,
            problem=shown(self._cache.problem, 160),
        )

    def _one(self, report: Report, question: Question, tally: _Tally) -> None:
        from counterfoil.coding.llm_reply import Items, read_items

        request = body(report, question, self._guides, self.settings.model)
        name = key(self.settings.url, request)
        kept = self._cache.get(name)
        items = read_items(kept) if kept is not None else None
        if isinstance(items, Items):
            tally.cached += 1
        else:
            items = self._fetched(request, name, tally)
        if items is None:
            return
        vetted = vet(report, question, items.items, self._guides.__contains__)
        tally.proposals += vetted.proposals
        tally.refusals += (*items.refusals, *vetted.refusals)

    def _fetched(self, request: bytes, name: str, tally: _Tally) -> "Items | None":
        """The server's reply, kept for the next time; None if there is none that can be used."""
        left = self._left(request, tally)
        if left == 0:
            tally.unasked += 1
            return None
        before = self._client.requests
        try:
            data = self._client.post(request, left)
        except LlmError as error:
            self._error = error
            tally.unasked += 1
            tally.why = _GIVEN_UP
            return None
        reply = data if isinstance(data, Refusal) else _read(data)
        # Attempts that failed may have been paid for as well.
        tally.tokens += (self._client.requests - before - 1) * _estimate(request)
        if isinstance(reply, Refusal):
            tally.tokens += _estimate(request)
            self._failed(reply, tally)
            return None
        answer, items = reply
        tally.tokens += answer.tokens or _estimate(request) + _estimate(answer.content.encode())
        tally.failures = 0
        self._cache.put(name, answer.content)
        return items

    def _failed(self, refusal: Refusal, tally: _Tally) -> None:
        tally.refusals.append(refusal)
        tally.failures += 1
        if tally.failures >= FAILURES:
            self._error = LlmError(
                f"The language model's server {self.settings.host} gave {FAILURES} unusable answers in a row, "
                f"the last: {refusal.reason} ({refusal.detail}).",
                "Does it know response_format json_schema, and does the context hold the question? See docs/llm.md.",
            )

    def _left(self, request: bytes, tally: _Tally) -> int:
        """How many attempts may still be made for this report; 0 says why in the tally."""
        calls, tokens = self.settings.calls, self.settings.tokens
        left = calls - (self._client.requests - tally.before) if calls else self.settings.retries + 1
        if self._error:
            tally.why = _GIVEN_UP
        elif left <= 0:
            tally.why = f"the budget of {calls} calls is used up"
        elif tokens and tally.tokens + _estimate(request) + REPLY_TOKENS > tokens:
            tally.why = f"the budget of {tokens} tokens would not hold the next question"
        else:
            return left
        return 0


def _read(data: bytes) -> "tuple[Answer, Items] | Refusal":
    from counterfoil.coding.llm_reply import read_answer, read_items

    answer = read_answer(data)
    if isinstance(answer, Refusal):
        return answer
    items = read_items(answer.content)
    return items if isinstance(items, Refusal) else (answer, items)


def _estimate(data: bytes) -> int:
    return -(-len(data) // _BYTES_A_TOKEN)


def _hidden(report: Report, question: Question) -> int:
    paragraph = question.paragraph
    return sum(map(is_hidden, report.text[paragraph.start : paragraph.end]))
