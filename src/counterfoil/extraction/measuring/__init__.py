"""Measuring extraction: what was found in annotated reports against what an expert records of them."""

from counterfoil.extraction.measuring.annotated import Annotated, Item, annotated
from counterfoil.extraction.measuring.compare import Score
from counterfoil.extraction.measuring.measure import KINDS, Fact, Measured, Mistake, measure, total

__all__ = ["KINDS", "Annotated", "Fact", "Item", "Measured", "Mistake", "Score", "annotated", "measure", "total"]
