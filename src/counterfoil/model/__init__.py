"""Counterfoil's domain types: plain, frozen, without I/O."""
