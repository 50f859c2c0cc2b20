"""What is refused of a language model's replies, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Refused(StrEnum):
    """Why an answer, or one proposal in it, is not kept; the value is the reason in words."""

    #: a whole answer
    SLOW = "no answer in time"
    FAILED = "the server answered with an error"
    BROKE_OFF = "the connection broke off"
    LARGE = "the answer is too large"
    NOT_JSON = "the answer is not JSON"
    CUT_OFF = "the reply is cut off"
    TOOLS = "the reply calls a tool, and none is offered"
    DECLINED = "the model or its provider declined to answer"
    FORM = "the reply is not of the form that was asked for"
    #: one proposal
    ITEM = "a proposal is not of the form that was asked for"
    UNKNOWN = "the technique does not exist"
    UNLISTED = "the technique was not among those offered"
    SHORT = "the quote is too short to tell anything"
    ABSENT = "the quote is not in the passage"
    AMBIGUOUS = "the quote stands in the passage more than once"
    BROKEN = "the quote begins or ends inside a word"
    TWICE = "the proposal stands in the reply twice"
    MANY = "there are more proposals than one passage may have"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that was refused. `detail` is what it said, shortened and fit for a screen."""

    reason: Refused
    detail: str = ""


def counted(refusals: Iterable[Refusal]) -> dict[Refused, int]:
    """How often each reason was met, in the order of `Refused`."""
    counts = Counter(refusal.reason for refusal in refusals)
    return {reason: counts[reason] for reason in Refused if counts[reason]}
