"""Extraction: actors, dates, places, platforms, observables, ... from a report's frozen text.

Rules and word lists only: the same text gives the same items on every machine, without a network.
"""

from counterfoil.extraction.all_kinds import CODER, KINDS, extract

__all__ = ["CODER", "KINDS", "extract"]
