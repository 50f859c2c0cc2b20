"""What the plain forms of the review send."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from counterfoil.model.coding import Modality, Verdict

Words = Annotated[str, StringConstraints(max_length=10_000)]
Quote = Annotated[str, StringConstraints(max_length=200_000)]


class _Form(BaseModel):
    """`back` is the query of the review page that the form was on."""

    back: Words = ""


class DecisionForm(_Form):
    """A verdict on one suggestion."""

    verdict: Verdict
    comment: Words = ""


class UndoForm(_Form):
    """Take a decision back; a button of the decision's own form, so other fields may come along."""


class AmendForm(_Form):
    """A suggestion put right: a quote that is left empty is one passage less."""

    technique: Words
    modality: Modality
    quote: list[Quote] = Field(default_factory=list, max_length=1000)


class CodeForm(_Form):
    """A code of one's own for words of the report."""

    technique: Words
    quote: Quote
    modality: Modality = Modality.OBSERVED


class AcceptForm(_Form):
    """Several suggestions: those of `ids`, or without any those that the filters show. `sure` does it."""

    ids: list[Words] = Field(default_factory=list, max_length=5000)
    sure: Words = ""
