"""Names of plug-ins, and the one place that imports them.

A capability package lists its built-ins as ``name -> "module:attribute"``; third parties add theirs
with an entry point in the group ``counterfoil.<kind>``. Nothing is imported until it is asked for,
so that the command line starts fast.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from counterfoil.errors import UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


@dataclass(frozen=True)
class Registry:
    """The plug-ins of one kind ("reader", "coder", "exporter", ...)."""

    kind: str
    builtins: Mapping[str, str]

    @cached_property
    def _third_party(self) -> "dict[str, EntryPoint]":
        found = _entry_points().select(group=f"counterfoil.{self.kind}")
        return {point.name: point for point in found if point.name not in self.builtins}

    def names(self) -> list[str]:
        """Every name that `load` takes: built-ins in their listed order, then third parties by name."""
        return [*self.builtins, *sorted(self._third_party)]

    def load(self, name: str) -> Any:
        """Import and return what `name` stands for.

        Raises:
            UsageError: nothing of that name is registered.
        """
        if name in self.builtins:
            module, _, attribute = self.builtins[name].partition(":")
            return getattr(import_module(module), attribute)
        if name in self._third_party:
            try:
                return self._third_party[name].load()
            except (ImportError, AttributeError) as error:
                raise UsageError(
                    f"The {self.kind} {name!r} of another package cannot be loaded: {error}.", "Update or remove it."
                ) from error
        raise UsageError(f"There is no {self.kind} named {name!r}.", f"Choose one of: {', '.join(self.names())}.")


@cache  # looking through every installed package takes as long as reading a report
def _entry_points() -> Any:
    from importlib.metadata import entry_points

    return entry_points()
