"""The optional language model joined to the rest: what it is asked, and what of it goes into a draft.

It works on a draft that the offline coders have finished: what they found is there whatever happens here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counterfoil.errors import UsageError
from counterfoil.workflow.intake import Draft, contexts
from counterfoil.workflow.kit import Kit

if TYPE_CHECKING:
    from counterfoil.coding.llm import Asked, Progress, Proposer
    from counterfoil.coding.llm_prompt import Guide
    from counterfoil.config import Config
    from counterfoil.model.codebook import Codebook
    from counterfoil.model.evidence import Span
    from counterfoil.model.report import Passage

_HINT = "Set base_url and model in the [llm] section of the settings; see docs/llm.md."

Candidates = Callable[[str], Sequence[str]]  #: a text's techniques by id, best first


@dataclass(frozen=True, slots=True)
class Model:
    """A language model that may be asked, and what chooses the techniques that it is offered."""

    proposer: "Proposer"
    candidates: Candidates

    @property
    def notice(self) -> str:
        """What an analyst must know before any text leaves: where it goes."""
        settings = self.proposer.settings
        over = "" if settings.encrypted else ", not encrypted"
        return f"the text is sent to {settings.host}{over} (model {settings.model})"


def open_model(config: "Config", kit: Kit, environment: Mapping[str, str]) -> Model:
    """The model that the settings name; nothing is sent yet.

    Raises:
        UsageError: we are offline, no server or model is set, or the key is not in the environment.
    """
    from counterfoil.coding.llm import Proposer
    from counterfoil.coding.llm_cache import ReplyCache
    from counterfoil.coding.llm_http import Client, Endpoint

    settings = config.llm
    if config.offline:
        raise UsageError("A language model is not asked in offline mode.", "Leave out --llm, or go online.")
    if not settings.base_url or not settings.model:
        raise UsageError("No language model is set.", _HINT)
    endpoint = Endpoint(settings, _key(settings.api_key_env, environment))
    cache = ReplyCache(settings.cache or config.cache / "llm")
    return Model(Proposer(Client(endpoint), cache, _guides(kit.codebook)), candidates_of(kit))


def candidates_of(kit: Kit) -> Candidates:
    """Ranks techniques for a text by what the coder makes of it."""
    from counterfoil.workflow.measuring import rank

    return lambda text: [technique for technique, _ in rank(text, kit)[0]]


def propose(draft: Draft, kit: Kit, model: Model, progress: "Progress | None" = None) -> "tuple[Draft, Asked]":
    """The draft with what the model proposes besides, and an account of what it was asked.

    What the offline coders suggested stays as it is, letter by letter; where the model claims the very same
    on the very same words, theirs is the suggestion that is kept.
    """
    from counterfoil.coding.llm_prompt import Question, paragraphs, worth_asking
    from counterfoil.coding.llm_proposals import suggestions
    from counterfoil.readers.passages import passages

    report, framework = draft.report, kit.codebook.framework
    parts = passages(report)
    questions = []
    for paragraph in paragraphs(report, parts):
        if worth_asking(report, paragraph):
            ranked = model.candidates(report.text[paragraph.start : paragraph.end])
            offered = [code for code in ranked if code in framework.techniques and code in kit.codebook.entries]
            questions.append(Question(paragraph, tuple(offered[: model.proposer.settings.candidates])))
    answerable = [question for question in questions if question.candidates]
    asked = replace(model.proposer.ask(report, answerable, progress), unoffered=len(questions) - len(answerable))
    found = suggestions(report, asked.proposals, _who(draft, parts), model.proposer.coder, framework)
    offline = {suggestion.id for suggestion in draft.suggestions}
    new = [suggestion for suggestion in found if suggestion.id not in offline]
    every = sorted([*draft.suggestions, *new], key=lambda s: (-s.score, s.spans, s.code.id, s.modality))
    return replace(draft, suggestions=tuple(every)), asked


def _who(draft: Draft, parts: "Sequence[Passage]") -> "Callable[[Span], tuple[str, str]]":
    """Who acts and who speaks where a span stands; empty where its sentences do not agree."""
    told = list(zip(parts, contexts(parts, draft.extraction), strict=True))

    def who(span: "Span") -> "tuple[str, str]":
        here = [context for part, context in told if part.start < span.end and span.start < part.end]
        actors, voices = {context.actor for context in here}, {context.voice for context in here}
        return (
            actors.pop() if len(actors) == 1 else "",
            voices.pop() if len(voices) == 1 else "",
        )

    return who


def _guides(codebook: "Codebook") -> "dict[str, Guide]":
    from counterfoil.coding.llm_prompt import Guide

    named = codebook.framework.techniques
    return {
        code: Guide(named[code].name, entry.definition, entry.use_when)
        for code, entry in codebook.entries.items()
        if code in named
    }


def _key(variable: str, environment: Mapping[str, str]) -> str:
    """The key from the environment, empty if none is named.

    Raises:
        UsageError: it is not there, or cannot be sent. It is never shown.
    """
    key = environment.get(variable, "").strip() if variable else ""
    if variable and not key:
        raise UsageError(f"The environment has no {variable}, which [llm] api_key_env names.", "Export the key there.")
    if not key.isascii() or not key.isprintable():
        raise UsageError(f"What stands in {variable} cannot be a key.", "A key is printable ASCII on one line.")
    return key
