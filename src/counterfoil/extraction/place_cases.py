"""The cases of place names in Russian, Ukrainian and Polish, and the genitive in German.

Rules for the usual endings; what they do not cover is written out in the gazetteer. A form that no text has does
no harm, as names are looked up with a capital and as whole words.
"""

from collections.abc import Iterator

_UKRAINIAN_SOFT = {"г": "з", "к": "ц", "х": "с"}
_POLISH_SOFT = {
    "r": "rz", "t": "ci", "d": "dzi", "k": "c", "g": "dz", "ł": "l", "n": "ni", "w": "wi", "s": "si", "z": "zi",
    "m": "mi", "p": "pi", "b": "bi", "f": "fi",
}  # fmt: skip
_VOWELS = "аеёиоуыэюяіїєaeiouyąęó"


def cases(name: str, language: str) -> Iterator[str]:
    """The other cases of a name; `language` is "ru", "uk", "pl" or "de"."""
    if " " in name:
        return  # of names in two words the cases are written out
    if language == "de":
        if name[-1] not in "szxß":
            yield name + "s"
    elif language == "pl":
        yield from _polish(name)
    else:
        yield from _cyrillic(name, language)


def _cyrillic(name: str, language: str) -> Iterator[str]:
    stem, last = name[:-1], name[-1]
    endings: tuple[str, ...] = ()
    if last == "а":
        endings = ("ы", "и", "е", "у", "ой", "ою", "і")
        if language == "uk" and stem[-1] in _UKRAINIAN_SOFT:
            yield stem[:-1] + _UKRAINIAN_SOFT[stem[-1]] + "і"
    elif last == "я":
        endings = ("и", "е", "ю", "ей", "ею", "і", "ї", "єю", "ям", "ями", "ях")
    elif last in "ьй":
        endings = ("я", "ю", "ем", "е", "и", "ью", "і", "єм", "ї", "ём")
    elif last == "ы" or (last == "и" and (language == "uk" or stem[-1] in "гкхжчшщ")):
        endings = ("", "ов", "ів", "ам", "ами", "ах")
    elif last in "еє" and stem[-1] in "ьн":
        endings = ("я", "ю", "ем")
    elif last not in _VOWELS:
        yield from (name + ending for ending in ("а", "у", "ом", "е", "і", "ові"))
        if language == "uk" and name.endswith(("ів", "їв")):
            base = name[:-2] + ("о" if name.endswith("ів") else "є") + "в"
            yield from (base + ending for ending in ("а", "у", "ом", "і", "ові"))
            soft = name[:-2] + "єв"
            yield from (soft + ending for ending in ("а", "у", "ом", "і"))
        return
    else:
        return
    yield from (stem + ending for ending in endings)
    if name.endswith(("ець",)):
        yield from (name[:-3] + "ц" + ending for ending in ("я", "ю", "ем", "і"))


def _polish(name: str) -> Iterator[str]:
    stem, last = name[:-1], name[-1]
    if name.endswith("ia"):
        yield from (stem + ending for ending in ("i", "ę", "ą", "o"))
        yield name[:-1]
    elif name.endswith("ja"):
        yield from (stem + ending for ending in ("i", "ę", "ą"))
    elif last == "a":
        yield from (stem + ending for ending in ("y", "i", "ę", "ą"))
        if stem[-1] in _POLISH_SOFT:
            yield stem[:-1] + _POLISH_SOFT[stem[-1]] + "e"
    elif last not in _VOWELS:
        yield from (name + ending for ending in ("a", "u", "em", "iem", "owi"))
        if last in _POLISH_SOFT and last not in "kg":
            yield stem + _POLISH_SOFT[last] + "e"
        if last == "ń":
            yield from (stem + ending for ending in ("nia", "niu", "niem"))
            if stem.endswith("s"):
                yield from (stem + "k" + ending for ending in ("a", "u"))
        if last == "ż":
            yield name + "e"
