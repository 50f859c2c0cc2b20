"""What files declare, on pictures made here; and that no damaged file does harm."""

import io
import json
import struct
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterfoil.cli.provenance import provenance_command
from counterfoil.detect.provenance import DECLARED, INCONSISTENT, TOLD, Examined, examine
from counterfoil.detect.provenance_containers import PIECE, open_container
from counterfoil.detect.provenance_exif import read_exif
from counterfoil.errors import InputError, ReadError, UsageError
from counterfoil.workflow.examining import examine_files

Image = pytest.importorskip("PIL.Image")
PngInfo = pytest.importorskip("PIL.PngImagePlugin").PngInfo
TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description Iptc4xmpExt:DigitalSourceType="{}" '
    'xmp:CreatorTool="{}"/></rdf:RDF></x:xmpmeta>'
)


def _picture(seed: int = 1, size: tuple[int, int] = (96, 64)) -> Any:
    picture = Image.new("RGB", size)
    blocks = 8
    for x in range(size[0]):
        for y in range(size[1]):
            box = (x * blocks // size[0]) * 31 + (y * blocks // size[1]) * 17 + seed * 101
            picture.putpixel((x, y), (box * box % 251, box * 7 % 241, box * 13 % 239))
    return picture


def _exif(values: dict[int, Any], inner: dict[int, Any] | None = None) -> bytes:
    exif = Image.Exif()
    for tag, value in values.items():
        exif[tag] = value
    if inner:
        exif.get_ifd(0x8769).update(inner)
    return bytes(exif.tobytes())


def _words(found: Examined, kind: str = "") -> list[str]:
    return [mark.words for mark in found.marks if not kind or mark.kind == kind]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "one.img"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_source_type_in_xmp(path: Path, form: str) -> None:
    told = XMP.format(TRAINED, "Adobe Firefly 3")
    picture = _picture()
    if form == "PNG":
        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", told, zip=True)
        picture.save(path, form, pnginfo=info)
    else:
        picture.save(path, form, xmp=told.encode())
    found = examine(path)
    assert [mark.kind for mark in found.marks] == [DECLARED, DECLARED]
    assert "made by a trained model" in found.marks[0].words
    assert found.marks[0].techniques == ("T0086.002", "T0145.002")
    assert "names the generator Adobe Firefly" in found.marks[1].words


def test_other_source_types_support_nothing(path: Path) -> None:
    _picture().save(
        path, "JPEG", xmp=XMP.format(TRAINED.replace("trainedAlgorithmicMedia", "digitalCapture"), "").encode()
    )
    (mark,) = examine(path).marks
    assert mark.words == "declared as taken by a digital camera (digitalCapture)"
    assert not mark.techniques


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("parameters", "a castle\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1", "Stable Diffusion's tools"),
        ("prompt", json.dumps({"3": {"class_type": "KSampler", "inputs": {}}}), "workflow of ComfyUI"),
        ("workflow", json.dumps({"nodes": [], "links": []}), "workflow of ComfyUI"),
        ("Comment", json.dumps({"uc": "bad", "sampler": "k", "seed": 3}), "NovelAI"),
        ("invokeai_metadata", json.dumps({"positive_prompt": "x", "seed": 3}), "InvokeAI"),
        ("Software", "Midjourney 6", "names the generator Midjourney"),
        ("Description", "a flux of water over gemstones", ""),
        ("Comment", "Steps: go in, then turn left", ""),
        ("note", "{broken", ""),
    ],
)
def test_texts_of_generators(path: Path, key: str, text: str, words: str) -> None:
    info = PngInfo()
    info.add_text(key, text)
    _picture().save(path, "PNG", pnginfo=info)
    found = _words(examine(path))
    assert any(words in one for one in found) if words else not found


def test_settings_in_exif(path: Path) -> None:
    comment = b"UNICODE\x00" + "a hill Steps: 9, Sampler: DDIM, Seed: 5".encode("utf-16-be")
    _picture().save(path, "JPEG", exif=_exif({}, {0x9286: comment}))
    assert "generator's settings" in _words(examine(path), DECLARED)[0]


def test_exif_that_agrees_is_only_told(path: Path) -> None:
    inner = {0x9003: "2023:05:01 10:00:00", 0xA002: 96, 0xA003: 64}
    _picture().save(path, "JPEG", exif=_exif({0x010F: "Canon", 0x0110: "EOS", 0x0132: "2023:05:01 10:00:00"}, inner))
    found = examine(path)
    assert {mark.kind for mark in found.marks} == {TOLD}
    assert _words(found)[0] == "says it was taken with Canon EOS"


@pytest.mark.parametrize(
    ("values", "inner", "words"),
    [
        ({0x0132: "2023:04:01 10:00:00"}, {0x9003: "2023:05:01 10:00:00"}, "before it was taken"),
        ({0x0132: "2093:04:01 10:00:00"}, {}, "cannot be"),
        ({}, {0x9003: "1970:01:01 00:00:00"}, "cannot be"),
        ({0x0132: "yesterday"}, {}, "is no time"),
        ({}, {0xA002: 4000, 0xA003: 3000}, "made with 3000 by 4000 pixels and has 96 by 64"),
        ({}, {0x829A: 0.01}, "names no camera"),
    ],
)
def test_exif_that_does_not_agree(path: Path, values: dict[int, Any], inner: dict[int, Any], words: str) -> None:
    _picture().save(path, "JPEG", exif=_exif(values, inner))
    assert any(words in one for one in _words(examine(path), INCONSISTENT))


def test_no_marks_and_no_pictures(path: Path) -> None:
    _picture().save(path, "PNG")
    assert examine(path).marks == ()
    path.write_text("hello")
    with pytest.raises(ReadError, match="is no picture"):
        examine(path)
    with pytest.raises(ReadError, match="cannot be read"):
        examine(path.parent / "absent.png")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def test_bombs_are_cut(path: Path) -> None:
    start = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
    bomb = _chunk(b"zTXt", b"parameters\x00\x00" + zlib.compress(b"x" * 60_000_000))
    path.write_bytes(start + bomb + _chunk(b"IEND", b""))
    found = examine(path)
    assert any("is cut at" in one for one in found.remarks)
    assert "cannot be read as a picture" in examine_files([path]).problems[0]
    path.write_bytes(start + _chunk(b"IDAT", zlib.compress(b"\0" * 1_000)) + _chunk(b"IEND", b""))
    assert "more than" in examine_files([path]).problems[0]  # its pixels are not unpacked either
    path.write_bytes(start + struct.pack(">I4s", 0xFFFFFFFF, b"eXIf") + b"II")
    assert examine(path).remarks == ("the file is cut off",)
    assert PIECE < 10_000_000


def _samples() -> Iterator[bytes]:
    for form in ("JPEG", "PNG", "WEBP"):
        out = io.BytesIO()
        told = XMP.format(TRAINED, "x").encode()
        exif = _exif({0x010F: "Canon", 0x0132: "2023:04:01 10:00:00"}, {0x9003: "2023:05:01 10:00:00"})
        _picture(size=(16, 16)).save(out, form, exif=exif, **({} if form == "PNG" else {"xmp": told}))
        yield out.getvalue()
    film = b"\x00\x00\x00\x10\xa9too\x00\x04\x00\x00Sora"
    yield b"\x00\x00\x00\x10ftypisom\x00\x00\x00\x00" + struct.pack(">I4s", 8 + len(film), b"moov") + film


SAMPLES = list(_samples())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SAMPLES), st.integers(0, 2_000), st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 255))))
def test_damaged_files_do_no_harm(tmp_path: Path, whole: bytes, cut: int, changes: list[tuple[int, int]]) -> None:
    content = bytearray(whole if cut > len(whole) else whole[:cut])
    for place, value in changes:
        if place < len(content):
            content[place] = value
    path = tmp_path / "damaged.png"
    path.write_bytes(content)
    (tmp_path / "whole.png").write_bytes(SAMPLES[1])
    found = examine_files([path, tmp_path / "whole.png"])
    assert len(found.files) + len(found.problems) >= 2
    assert all(one.isprintable() for one in "".join(mark.words for mark in found.files[0].marks))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_no_exif_at_worst(content: bytes) -> None:
    for order in (b"II*\x00", b"MM\x00*"):
        read_exif(order + content)


def test_notes_of_a_film(path: Path) -> None:
    path.write_bytes(SAMPLES[3])
    assert open_container(path).texts == {"encoder": "Sora"}
    (mark,) = examine(path).marks
    assert mark.techniques == ("T0087.001",)


def test_matches(tmp_path: Path) -> None:
    picture = _picture(3, (256, 256))
    picture.save(tmp_path / "a.png")
    picture.resize((200, 200)).save(tmp_path / "b.jpg", quality=60)
    (tmp_path / "c.png").write_bytes((tmp_path / "a.png").read_bytes())
    _picture(8, (256, 256)).save(tmp_path / "d.png")
    Image.new("RGB", (80, 80), "white").save(tmp_path / "e.png")
    Image.new("RGB", (90, 90), "black").save(tmp_path / "f.png")
    found = {(match.one.name, match.other.name): match.bits is None for match in examine_files([tmp_path]).matches}
    assert found == {("a.png", "c.png"): True, ("a.png", "b.jpg"): False}
    with pytest.raises(UsageError):
        examine_files([])
    with pytest.raises(InputError, match="cannot be read"):
        examine_files([tmp_path / "absent.png"])


def test_command(tmp_path: Path) -> None:
    path = tmp_path / "one.jpg"
    _picture().save(path, "JPEG", xmp=XMP.format(TRAINED, "\u202eevil").encode())
    ran = CliRunner().invoke(provenance_command, [str(path), str(tmp_path / "absent.jpg")])
    assert ran.exit_code == 0
    assert "T0145.002" in ran.stdout
    assert "\u202e" not in ran.output
    assert "left out" in ran.stderr
    assert "no marks prove nothing" in ran.stderr
    told = json.loads(CliRunner().invoke(provenance_command, [str(path), "--format", "json"]).stdout)
    assert told["files"][0]["marks"][0]["kind"] == DECLARED


def _signer() -> Any:
    """A signer with a certificate made on the spot."""
    c2pa = pytest.importorskip("c2pa")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID

    def certificate(name: str, key: Any, issuer: Any = None, by: Any = None) -> Any:
        subject = x509.Name([
            x509.NameAttribute(x509.NameOID.COMMON_NAME, name),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Invented Press"),
        ])  # fmt: skip
        built = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(datetime.now(UTC) - timedelta(days=1))
            .not_valid_after(datetime.now(UTC) + timedelta(days=30))
            .add_extension(x509.BasicConstraints(issuer is None, None), True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key((by or key).public_key()), False)
            .add_extension(x509.KeyUsage(True, False, False, False, False, issuer is None, False, False, False), True)
        )
        if issuer:
            built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), True)
        return built.sign(by or key, hashes.SHA256())

    top, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate("Test Root", top)
    own = certificate("Test Signer", leaf, root, top)
    pem = serialization.Encoding.PEM
    return c2pa.Signer.from_info(
        c2pa.C2paSignerInfo(
            alg=c2pa.C2paSigningAlg.ES256,
            sign_cert=own.public_bytes(pem) + root.public_bytes(pem),
            private_key=leaf.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
            ta_url=None,
        )
    )


def _signed(path: Path, form: str) -> None:
    c2pa = pytest.importorskip("c2pa")
    plain = io.BytesIO()
    _picture().save(plain, form.removeprefix("image/").upper())
    plain.seek(0)
    actions = {"actions": [{"action": "c2pa.created", "digitalSourceType": TRAINED}]}
    manifest = {
        "claim_generator_info": [{"name": "Invented Generator", "version": "1"}],
        "assertions": [{"label": "c2pa.actions", "data": actions}],
    }
    signed = io.BytesIO()
    with _signer() as signer, c2pa.Builder(manifest) as builder:
        builder.sign(signer, form, plain, signed)
    path.write_bytes(signed.getvalue())


@pytest.mark.parametrize("form", ["image/jpeg", "image/png", "image/webp"])
def test_content_credentials(path: Path, form: str) -> None:
    _signed(path, form)
    found = examine(path)
    assert found.credentials
    words = _words(found)
    assert any("Invented Generator" in one and "signature is whole" in one for one in words)
    assert any("made by a trained model" in mark.words and "T0145.002" in mark.techniques for mark in found.marks)
    assert not found.remarks


def test_credentials_of_a_changed_file_are_no_longer_whole(path: Path) -> None:
    _signed(path, "image/jpeg")
    content = bytearray(path.read_bytes())
    content[-40] ^= 0x55
    path.write_bytes(content)
    assert any("does not hold" in one for one in _words(examine(path), INCONSISTENT))


def test_credentials_without_the_extra_are_told_of(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _signed(path, "image/jpeg")
    monkeypatch.setitem(__import__("sys").modules, "c2pa", None)
    found = examine(path)
    assert "were not read" in _words(found)[0]
    assert "pip install" in found.remarks[0]
