"""What a picture or film declares about where it comes from. Nothing here looks at the picture itself.

A mark is something that the file says (declared), or two things that do not go together (inconsistent). Marks can be
taken out by anybody with one click, and put in, too: their absence proves nothing, and their presence is what somebody
wrote, unless a Content Credential's signature vouches for it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from counterfoil.detect.provenance_containers import Container, open_container
from counterfoil.detect.provenance_exif import Exif, disagreements, read_exif

DECLARED, INCONSISTENT, TOLD = "declared", "inconsistent", "told"
#: IPTC's digital source types that say that a trained model made or changed it -> in words
MADE_BY_MODEL = {
    "trainedAlgorithmicMedia": "made by a trained model",
    "compositeWithTrainedAlgorithmicMedia": "put together with parts made by a trained model",
}
#: the other ones of IPTC's vocabulary (2024) -> in words
SOURCES = {
    "algorithmicMedia": "made by an algorithm that was not trained on samples",
    "compositeSynthetic": "put together with synthetic parts",
    "composite": "put together of several parts",
    "compositeCapture": "put together of several photographs",
    "digitalCapture": "taken by a digital camera",
    "computationalCapture": "taken by a digital camera and computed from several shots",
    "multiFrameComputationalCapture": "taken by a digital camera and computed from several shots",
    "negativeFilm": "scanned from a negative",
    "positiveFilm": "scanned from a slide",
    "print": "scanned from a print",
    "humanEdits": "changed by a person",
    "minorHumanEdits": "slightly changed by a person",
    "algorithmicallyEnhanced": "enhanced by an algorithm",
    "dataDrivenMedia": "drawn from data",
    "digitalArt": "drawn by a person",
    "digitalCreation": "drawn by a person",
    "screenCapture": "a picture of a screen",
    "softwareImage": "made by software",
    "virtualRecording": "recorded in a virtual world",
}
MODEL_TECHNIQUES = {"image": ("T0086.002", "T0145.002"), "video": ("T0087.001",)}
#: names of generators as they stand in metadata
GENERATORS = re.compile(
    r"\b(stable[ -]?diffusion|midjourney|dall[-·. ]?e ?[23]?|openai|chatgpt|gpt-4o|gpt-image|adobe firefly|firefly|"
    r"novelai|comfyui|invokeai|automatic1111|fooocus|easy diffusion|draw things|leonardo\.?ai|ideogram|"
    r"bing image creator|designer image creator|google ai|imagen|gemini|nano banana|flux\.?1|black forest labs|"
    r"recraft|runway(?:ml)?|sora|pika labs|kling(?: ?ai)?|luma dream machine|synthesia|heygen|grok|aurora by xai)\b",
    re.IGNORECASE,
)
EDITORS = re.compile(
    r"photoshop|gimp|affinity|pixelmator|lightroom|snapseed|picsart|facetune|canva|faceapp|meitu", re.I
)
_SOURCE = re.compile(r"digitalsourcetype/(\w{3,60})", re.IGNORECASE)
_TOOL = re.compile(r"(?:CreatorTool|softwareAgent|Software)(?:=\"|>|=')\s*([^<\"']{1,200})", re.IGNORECASE)
_SETTINGS = re.compile(r"\bSteps: \d+.{0,400}?\b(?:Sampler|CFG scale|Seed|Model(?: hash)?): ", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that tells where a file comes from.

    Args:
        kind: declared, inconsistent or told (what says nothing by itself: a camera, an editor).
        where: in which metadata it stands.
        words: what it says.
        techniques: DISARM 1.6 techniques that it can support, if what it says is true and the use deceives.
    """

    kind: str
    where: str
    words: str
    techniques: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Examined:
    """A file and its marks.

    Args:
        remarks: what could not be read, and why.
        credentials: whether Content Credentials are embedded.
    """

    path: Path
    form: str
    marks: tuple[Mark, ...]
    remarks: tuple[str, ...] = ()
    credentials: bool = False


def examine(path: Path) -> Examined:
    """Read what a file declares.

    Raises:
        ReadError: it cannot be read, or is of no kind that is known.
    """
    held = open_container(path)
    exif = read_exif(held.exif)
    remarks = [*held.remarks, *(["its Exif is damaged"] if exif.damaged else [])]
    marks = [*_sources(held), *_generators(held, exif), *_plain(exif)]
    marks += [Mark(INCONSISTENT, "Exif", words) for words in disagreements(exif, held.width, held.height)]
    if held.credentials:
        from counterfoil.detect.provenance_credentials import read_credentials

        signed, trouble = read_credentials(path, held.form)
        marks = [*signed, *marks]
        remarks += trouble
    return Examined(path, held.form, tuple(dict.fromkeys(marks)), tuple(remarks), held.credentials)


def source_mark(written: str, where: str, form: str) -> Mark:
    """A digital source type in words; one that is not known is told as it stands."""
    name = written.rpartition("/")[2]
    by_name = {one.lower(): one for one in (*MADE_BY_MODEL, *SOURCES)}
    name = by_name.get(name.lower(), name)
    if name in MADE_BY_MODEL:
        return Mark(DECLARED, where, f"declared as {MADE_BY_MODEL[name]} ({name})", by_model(form))
    told = f" ({name})" if name in SOURCES else ""
    return Mark(DECLARED, where, f"declared as {SOURCES.get(name, name)}{told}")


def by_model(form: str) -> tuple[str, ...]:
    """The techniques that media made by a model can support."""
    return MODEL_TECHNIQUES.get(form.partition("/")[0], ())


def _sources(held: Container) -> Iterator[Mark]:
    for written in dict.fromkeys(_SOURCE.findall(held.xmp)):
        yield source_mark(written, "XMP", held.form)


def _generators(held: Container, exif: Exif) -> Iterator[Mark]:
    """What names a generator, or is laid out as only a generator lays it out."""
    techniques = by_model(held.form)
    for where, text in (
        *(("XMP", tool) for tool in _TOOL.findall(held.xmp)),
        ("IPTC", _program(held.iptc)),
        *((f"Exif {name}", exif.said.get(name, "")) for name in ("software", "make", "model", "artist", "description")),
        *((f"text {key!r}", text[:2_000]) for key, text in held.texts.items() if key.lower() in _NAMING),
    ):
        if named := GENERATORS.search(text):
            yield Mark(DECLARED, where, f"names the generator {named[0]}: {_short(text)}", techniques)
    for where, text in ((f"text {key!r}", text) for key, text in held.texts.items()):
        if made := _laid_out(where, text):
            yield Mark(DECLARED, where, made, techniques)
    if _SETTINGS.search(exif.said.get("comment", "")[:20_000]):
        words = f"holds a generator's settings: {_short(exif.said['comment'])}"
        yield Mark(DECLARED, "Exif comment", words, techniques)


_NAMING = frozenset("software source generator comment description title author encoder make model".split())


def _laid_out(where: str, text: str) -> str:
    """What a text is, if it is laid out as a generator's."""
    if _SETTINGS.search(text[:20_000]):
        return f"holds a generator's settings, as Stable Diffusion's tools write them: {_short(text)}"
    if text[:1] != "{":
        return ""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    if any(isinstance(one, dict) and "class_type" in one for one in told.values()) or (
        isinstance(told.get("nodes"), list) and "links" in told
    ):
        return "holds a workflow of ComfyUI"
    if "uc" in told and "sampler" in told:
        return "holds a generator's settings, as NovelAI writes them"
    if "invokeai" in where.lower() or ("positive_prompt" in told and "seed" in told):
        return "holds a generator's settings, as InvokeAI writes them"
    return ""


def _program(iptc: bytes) -> str:
    """IPTC's originating program (2:65)."""
    place = iptc.find(b"\x1c\x02\x41")
    if place < 0 or place + 5 > len(iptc):
        return ""
    size = int.from_bytes(iptc[place + 3 : place + 5], "big")
    return iptc[place + 5 : place + 5 + min(size, 200)].decode("utf-8", "replace")


def _plain(exif: Exif) -> Iterator[Mark]:
    """What Exif says without saying anything about truth: camera, editor, time."""
    camera = " ".join(exif.said[name] for name in ("make", "model") if exif.said.get(name))
    if camera:
        yield Mark(TOLD, "Exif", f"says it was taken with {_short(camera)}")
    if EDITORS.search(exif.said.get("software", "")):
        yield Mark(TOLD, "Exif", f"was saved by an editor: {_short(exif.said['software'])}")
    if exif.said.get("taken", "").strip(" :0"):
        yield Mark(TOLD, "Exif", f"says it was taken at {_short(exif.said['taken'])}")


def _short(text: str) -> str:
    plain = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return plain if len(plain) <= 120 else plain[:119] + "…"
