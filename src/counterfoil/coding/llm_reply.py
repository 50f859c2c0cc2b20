"""A language model's answer, taken apart: what is of the asked form, and what is refused.

pydantic reads the bytes: it refuses wrong types, wrong UTF-8 and nesting without end. Imported late.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from counterfoil.coding.llm_quotes import shown
from counterfoil.coding.llm_refusals import Refusal, Refused
from counterfoil.model.coding import Modality

MOST = 12  #: proposals of one reply that are looked at
MOST_TOKENS = 10_000_000  #: more than that no answer takes, whatever the server says


class Item(BaseModel):
    """One proposal as the model wrote it: of the right form, and not yet believed."""

    model_config = ConfigDict(extra="forbid", strict=True)

    technique: str
    quote: str
    modality: Literal["observed", "assessed", "warned", "negated"]
    certainty: Literal["outright", "implied"]
    rationale: str

    @property
    def how(self) -> Modality:
        return Modality(self.modality)


class _Proposals(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    proposals: list[Any]


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None
    tool_calls: list[Any] | None = None
    function_call: Any = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Answer(BaseModel):
    choices: Annotated[list[_Choice], Field(min_length=1)]
    usage: Any = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The model's own words, and the tokens that the server says it took (0 if it does not say)."""

    content: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Items:
    """The proposals of a reply that are of the asked form, and a refusal for each that is not."""

    items: tuple[Item, ...]
    refusals: tuple[Refusal, ...]


def read_answer(data: bytes) -> Answer | Refusal:
    """What the server's answer carries."""
    try:
        answer = _Answer.model_validate_json(data)
    except ValidationError:
        return Refusal(Refused.FORM, shown(data[:400].decode("utf-8", "replace")))
    choice = answer.choices[0]
    message = choice.message
    if message.tool_calls or message.function_call or choice.finish_reason in ("tool_calls", "function_call"):
        return Refusal(Refused.TOOLS, shown(message.content or ""))
    if message.refusal or choice.finish_reason == "content_filter":
        return Refusal(Refused.DECLINED, shown(message.refusal or message.content or ""))
    if choice.finish_reason == "length":
        return Refusal(Refused.CUT_OFF, shown(message.content or ""))
    return Answer(message.content or "", _tokens(answer.usage))


def read_items(content: str) -> Items | Refusal:
    """The proposals in the model's words."""
    try:
        proposals = _Proposals.model_validate_json(content.encode("utf-8", "replace")).proposals
    except ValidationError:
        return Refusal(Refused.FORM, shown(content))
    items: list[Item] = []
    refusals: list[Refusal] = []
    for raw in proposals[:MOST]:
        try:
            items.append(Item.model_validate(raw))
        except ValidationError:
            refusals.append(Refusal(Refused.ITEM, shown(_brief(raw))))
    if len(proposals) > MOST:
        refusals.append(Refusal(Refused.MANY, f"{len(proposals)} in one reply; the first {MOST} were looked at"))
    return Items(tuple(items), tuple(refusals))


def _brief(raw: object) -> str:
    """What a proposal of the wrong form says, without printing nests of any depth."""
    if not isinstance(raw, dict):
        return raw if isinstance(raw, str) else type(raw).__name__
    return ", ".join(
        f"{key}: {value if isinstance(value, str) else type(value).__name__}" for key, value in raw.items()
    )


def _tokens(usage: object) -> int:
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) and not isinstance(total, bool) and 0 < total < MOST_TOKENS else 0
