"""Coding: coders that suggest techniques for passages, and how good they are.

A new coder is one file with a `build(codebook)` that returns a `counterfoil.coding.coder.Coder`, and
one line here (third parties: an entry point in the group `counterfoil.coder`).
"""

from counterfoil.registry import Registry

CODERS = Registry(
    "coder",
    {
        "codebook": "counterfoil.coding.codebook:build",
        "similarity": "counterfoil.coding.similarity:build",
    },
)
