"""Platforms: brands of today and before, the world over, with DISARM's technique; and words that are none."""

import json
from importlib.resources import files

import pytest

from counterfoil.extraction.observables import find as find_observables
from counterfoil.extraction.platforms import find
from counterfoil.extraction.reading import Reading
from counterfoil.frameworks.codebook import load_codebook
from counterfoil.model.extraction import Extraction
from counterfoil.model.report import Report


def platforms(text: str) -> dict[str, str]:
    """Name -> technique."""
    reading = Reading.of(Report(text=text, source="-"))
    found = Extraction(observables=find_observables(reading, Extraction()))
    reading = reading.without(span for item in found.observables for span in item.spans)
    return {item.name: item.technique for item in find(reading, found)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "It also posted on PTT and, from October on, on Dcard, a forum popular with students.",
            {"PTT": "T0151.009", "Dcard": "T0151.010"},
        ),
        (
            "Groups on Odnoklassniki, VKontakte and Moi Mir",
            {"Odnoklassniki": "T0151.001", "VKontakte": "T0151.001", "Moi Mir": "T0151.001"},
        ),
        (
            "threads on LIHKG and 5channel, videos on Niconico",
            {"LIHKG": "T0151.009", "5channel": "T0151.012", "Niconico": "T0152.006"},
        ),
        ("Posts on Naver and DC Inside", {"Naver": "T0151.001", "DC Inside": "T0151.009"}),
        (
            "They wrote on Nairaland, on Eitaa and in Rubika channels",
            {"Nairaland": "T0151.009", "Eitaa": "T0151.004", "Rubika": "T0151.004"},
        ),
        (
            "profiles on Orkut, MySpace and Google+ in 2009",
            {"Orkut": "T0151.001", "Myspace": "T0151.001", "Google+": "T0151.001"},
        ),
        ("Its X account, formerly Twitter, was gone", {"X": "T0151.008"}),
        ("It spread from a Discord server to X and was seen often.", {"Discord": "T0151.004", "X": "T0151.008"}),
        ("bromeó en su cuenta de X", {"X": "T0151.008"}),
        ("a mobilisé 1 900 comptes sur X et sur Facebook", {"X": "T0151.008", "Facebook": "T0151.001"}),
        ("Der Beitrag wurde auf X von hundert Konten geteilt; ein X-Konto war neu.", {"X": "T0151.008"}),
        ("в соцсети X и в Телеграме", {"X": "T0151.008", "Telegram": "T0151.004"}),
        (
            "The essay was on Medium; the wiki article was on Wikipedia.",
            {"Medium": "T0152.001", "Wikipedia": "T0152.011"},
        ),
        (
            "He used ChatGPT and Midjourney and left the files on Pastebin.",
            {"ChatGPT": "T0154.001", "Midjourney": "T0154.002", "Pastebin": "T0152.005"},
        ),
        (
            "a channel on MAX, posts on Kick and accounts on Truth Social",
            {"Max": "T0151.004", "Kick": "T0152.008", "Truth Social": "T0151.008"},
        ),
        ("В Одноклассниках и на Пикабу", {"Odnoklassniki": "T0151.001", "Pikabu": "T0151.010"}),
        (
            "The company Telegram removed the channel; the app's users moved on Telegram itself.",
            {"Telegram": "T0151.004"},
        ),
    ],
)
def test_platforms(text: str, wanted: dict[str, str]) -> None:
    assert platforms(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "A spokesperson for Telegram did not reply, and LinkedIn's chief lawyer said no more.",
        "She works for TikTok. X Corp. sued.",
        "Malcolm X, factor X, the X axis, Generation X, Rays of X.",
        "a clear signal on the line, a medium threat, threads of thought, with medium confidence",
        "Signal and noise; Line 4; Session two; Max Holm kicked off, Kick Holm zoomed in",
        "Gareth Bale and a slack rope; the wire reports that an element was missing",
        "the Daily Telegraph, a telegram, the Zimmermann Telegram, the River Kwai",
        "The PTT was Switzerland's post office. MEGA is their slogan. Lemmy sang.",
        "He slammed the parler and the gab of rumble strips, a truth social scientists know",
        "an active element of discord, zoom lenses, focus on Max, on LINE 3 of the form",
    ],
)
def test_words_that_are_no_platforms(text: str) -> None:
    assert platforms(text) == {}


def test_every_technique_is_the_packaged_frameworks() -> None:
    known = load_codebook().framework.techniques
    rows = json.loads((files("counterfoil.extraction") / "gazetteer" / "platforms.json").read_text(encoding="utf-8"))
    assert len({row["name"] for row in rows}) == len(rows) > 300
    for row in rows:
        assert row["technique"] in known or row["name"] == "Change.org", row["name"]


def test_no_surface_stands_for_two_platforms() -> None:
    rows = json.loads((files("counterfoil.extraction") / "gazetteer" / "platforms.json").read_text(encoding="utf-8"))
    surfaces = [surface for row in rows for key in ("names", "common", "hosts") for surface in row.get(key, ())]
    assert len(surfaces) == len(set(surfaces))
