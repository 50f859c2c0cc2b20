"""What a sender's technique is called here: which version of the framework they mean, and what became of it since.

DISARM has reused ids with other meanings, so an id is believed only together with the version that it is of, or
with the name that goes with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from counterfoil.errors import UsageError
from counterfoil.model.framework import Code, Framework
from counterfoil.model.parcel import ArrivedCode

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Meant:
    """What a sender's technique is: its codes here (none: nobody can tell) and, if it is not as they wrote it, why."""

    codes: tuple[Code, ...]
    why: str = ""


@dataclass(frozen=True)
class Meanings:
    """All versions of frameworks that are known here, by their techniques' names; `framework` is the one in use."""

    framework: Framework
    names: Mapping[str, Mapping[str, Mapping[str, str]]]  #: framework -> version -> id -> name
    _seen: dict[tuple[Code, str, bool], Meant] = field(default_factory=dict)

    def meant(self, arrived: ArrivedCode) -> Meant:
        """What an arrived code stands for. One with the sender's decision keeps its version (`framework migrate`)."""
        key = (arrived.suggestion.code, arrived.name, arrived.judged is None)
        if key not in self._seen:
            self._seen[key] = self._found(*key)
        return self._seen[key]

    def _found(self, code: Code, name: str, open_: bool) -> Meant:
        versions = self._spelt.get(code.framework.casefold())
        if versions is None:
            return Meant((), f"{code.framework or 'an unnamed framework'} is not here: load it (framework add)")
        framework, known = versions
        exact = Code(framework, *self._version_of(code, name, known)) if known else code
        if not exact.version:
            return Meant((), f"no version of {framework} that is known here has {_said(code, name)}")
        meant = self._today(exact) if open_ else Meant((exact,))
        called = self.names[framework].get(exact.version, {}).get(exact.id, "")
        if name and called and _bare(name) != _bare(called):
            return Meant(
                meant.codes,
                f"the sender calls {exact.id} “{name}”; in {exact.version} it is “{called}”. {meant.why}".strip(),
            )
        return meant

    def _version_of(self, code: Code, name: str, known: Mapping[str, Mapping[str, str]]) -> tuple[str, str]:
        """Version and id; two empty texts if no known version has it."""
        order = [version for version in (self.framework.version, *reversed(list(known))) if version in known]
        bare = _bare(name)
        given = known.get(code.version, {}).get(code.id)
        if given is not None and (not name or _bare(given) == bare):
            return code.version, code.id
        if code.id and bare:
            for version in order:
                if _bare(known[version].get(code.id, "")) == bare:
                    return version, code.id
        elif bare:
            for version in order:
                named = [one for one, called in known[version].items() if _bare(called) == bare]
                if len(named) == 1:
                    return version, named[0]
        fitting = [code.version] if code.version else order
        return next(((version, code.id) for version in fitting if code.id in known.get(version, {})), ("", ""))

    def _today(self, code: Code) -> Meant:
        """The code in the version in use, as far as the shipped table can carry it there."""
        from counterfoil.frameworks.migration import Verdict, migrate

        if code.framework != self.framework.name or code.version == self.framework.version:
            return Meant((code,))
        try:
            (moved,) = migrate([code], code.version, self.framework.version, code.framework)
        except UsageError as error:
            return Meant((code,), f"stays {code}: {error.message}")
        if moved.verdict is Verdict.REVIEW:
            return Meant((code,), f"stays {code}: {moved.why}")
        named = ", ".join(one.id for one in moved.successors)
        changed = "" if named == code.id else f" ({moved.why})"
        return Meant(moved.successors, f"{code} is {named} in {self.framework.version}{changed}")

    @cached_property
    def _spelt(self) -> dict[str, tuple[str, Mapping[str, Mapping[str, str]]]]:
        """Frameworks by their names in any case."""
        return {name.casefold(): (name, versions) for name, versions in self.names.items()}


def meanings(connection: "Connection", framework: Framework) -> Meanings:
    """Everything by which a sender's codes can be understood in this workspace."""
    from counterfoil.frameworks.releases import known_names
    from counterfoil.kb.frameworks import get_framework, list_frameworks

    names: dict[str, dict[str, dict[str, str]]] = {"DISARM": {}}
    names["DISARM"] |= {version: dict(known) for version, known in known_names("DISARM").items()}
    loaded = [get_framework(connection, row.name, row.version) for row in list_frameworks(connection)]
    for one in [*(found.framework for found in loaded if found), framework]:
        techniques = {technique.id: technique.name for technique in one.techniques.values()}
        names.setdefault(one.name, {})[one.version] = techniques
    return Meanings(framework, names)


def with_code(arrived: ArrivedCode, code: Code) -> ArrivedCode:
    """The same for what the code stands for here."""
    if code == arrived.suggestion.code:
        return arrived
    return replace(arrived, suggestion=replace(arrived.suggestion, code=code))


def _bare(name: str) -> str:
    """Names are compared by their letters and digits."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _said(code: Code, name: str) -> str:
    version = f" (of {code.version})" if code.version else ""
    return " ".join(filter(None, (code.id, f"“{name}”" if name else ""))) + version
