"""Counterfoil: the open, local-first workbench for people who investigate influence operations."""

__version__ = "0.1.0"
