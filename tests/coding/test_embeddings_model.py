"""Which model of embeddings is used: its settings, where it is found, and the real library where it is installed."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from counterfoil.coding import embeddings_model
from counterfoil.coding.embeddings import EmbeddingsCoder
from counterfoil.coding.embeddings_model import SIGN, digest_of, find, load
from counterfoil.coding.embeddings_settings import EmbeddingsSettings
from counterfoil.coding.linear import Floats
from counterfoil.config import Config, load_config
from counterfoil.errors import UsageError
from counterfoil.model.codebook import Codebook
from counterfoil.workflow.kit import load_kit
from tests.coding.words_encoder import DIMENSIONS, WordsEncoder, with_sentences

# --- settings -----------------------------------------------------------------------------------


def test_settings_come_from_the_file_and_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[embeddings]\nmodel = "here"\nbatch = 8\ndownload = true\n', encoding="utf-8")
    assert load_config({}, file).embeddings == EmbeddingsSettings("here", 8, "cpu", download=True)
    environment = {"COUNTERFOIL_EMBEDDINGS_MODEL": "there", "COUNTERFOIL_EMBEDDINGS_DOWNLOAD": "no"}
    assert load_config(environment, file).embeddings == EmbeddingsSettings("there", 8, "cpu", download=False)
    assert load_config({}, _empty(tmp_path)).embeddings == EmbeddingsSettings()


def _empty(folder: Path) -> Path:
    path = folder / "empty.toml"
    path.write_text("", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "line",
    [
        "batch = 0",
        "batch = 1.5",
        "batch = true",
        'device = "the gpu"',
        'download = "perhaps"',
        "model = 3",
        'model = " x"',
        "modell = 'x'",
    ],
)
def test_settings_that_cannot_be_are_refused(line: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"[embeddings]\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"batch|device|download|model"):
        load_config({}, file)


# --- finding and loading a model, with stand-ins for the libraries ----------------------------------


class Libraries:
    """What stands in for sentence-transformers and huggingface_hub, and what they were asked."""

    def __init__(self, hub: Path) -> None:
        self.hub = hub  #: what was downloaded
        self.fetched: list[str] = []
        self.opened: list[tuple[str, dict[str, Any]]] = []
        self.fails: Exception | None = None
        self.remote: set[str] = set()

    def snapshot(self, name: str, *, local_files_only: bool = False, ignore_patterns: object = ()) -> str:
        from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

        folder = self.hub / name
        if local_files_only:
            if not folder.is_dir():
                raise LocalEntryNotFoundError(name)
        else:
            self.fetched.append(name)
            if name not in self.remote:
                raise HfHubHTTPError("404: no such model\nand more")
            _model(folder)
        return str(folder)

    def transformer(self, folder: str, **options: Any) -> WordsEncoder:
        self.opened.append((folder, options))
        if self.fails:
            raise self.fails
        return _Reader()


class _Reader(WordsEncoder):
    def encode(self, texts: Sequence[str], **options: Any) -> Floats:
        assert options == {
            "batch_size": 32,
            "show_progress_bar": False,
            "normalize_embeddings": True,
            "convert_to_numpy": True,
        }
        return super().encode(texts)


@pytest.fixture
def libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Libraries:
    made = Libraries(tmp_path / "hub")
    errors = {name: type(name, (kind,), {}) for name, kind in _ERRORS.items()}
    modules: dict[str, dict[str, object]] = {
        "sentence_transformers": {"SentenceTransformer": made.transformer, "__version__": "6.2.0"},
        "huggingface_hub": {"snapshot_download": made.snapshot},
        "huggingface_hub.errors": dict(errors),
        "safetensors": {"SafetensorError": type("SafetensorError", (Exception,), {})},
        "transformers": {},
        "transformers.utils": {"logging": ModuleType("logging")},
    }
    modules["transformers.utils"]["logging"].disable_progress_bar = lambda: None  # type: ignore[attr-defined]
    for name, content in modules.items():
        module = ModuleType(name)
        module.__spec__ = ModuleSpec(name, None)
        module.__dict__.update(content)
        monkeypatch.setitem(sys.modules, name, module)
    return made


_ERRORS: dict[str, type[Exception]] = {
    "LocalEntryNotFoundError": OSError,
    "HfHubHTTPError": OSError,
    "HFValidationError": ValueError,
}


def _model(folder: Path, weights: bytes = b"weights") -> Path:
    folder.mkdir(parents=True)
    (folder / SIGN).write_text("[]", encoding="utf-8")
    (folder / "model.safetensors").write_bytes(weights)
    return folder


def test_a_folder_is_loaded_from_where_it_is(libraries: Libraries, tmp_path: Path) -> None:
    folder = _model(tmp_path / "small-model")
    model = load(EmbeddingsSettings(str(folder), download=True), offline=False)
    assert (model.name, model.digest) == ("small-model", digest_of(folder))
    assert libraries.opened == [(str(folder), {"device": "cpu", "local_files_only": True, "trust_remote_code": False})]
    assert libraries.fetched == []
    assert model.encode(["Money."]).shape == (1, DIMENSIONS)


@pytest.mark.parametrize("name", ["some/model", "model"])
def test_a_name_is_what_was_downloaded(name: str, libraries: Libraries) -> None:
    full = name if "/" in name else f"sentence-transformers/{name}"
    folder = _model(libraries.hub / full)
    assert load(EmbeddingsSettings(name), offline=True).name == "model"
    assert libraries.opened[0][0] == str(folder)
    assert libraries.fetched == []


@pytest.mark.parametrize(("download", "offline"), [(False, False), (False, True), (True, True)])
def test_nothing_is_downloaded_unasked_or_offline(download: bool, offline: bool, libraries: Libraries) -> None:
    libraries.remote = {"some/model"}
    with pytest.raises(UsageError, match="not on this machine") as caught:
        load(EmbeddingsSettings("some/model", download=download), offline)
    assert ("offline" in caught.value.message) == offline
    assert libraries.fetched == []


def test_a_model_is_downloaded_where_that_is_allowed(libraries: Libraries) -> None:
    libraries.remote = {"some/model"}
    settings = EmbeddingsSettings("some/model", download=True)
    assert load(settings, offline=False).name == "model"
    assert load(settings, offline=False).name == "model"
    assert libraries.fetched == ["some/model"]
    with pytest.raises(UsageError, match=r"cannot be downloaded: 404: no such model\.$"):
        load(replace(settings, model="some/other"), offline=False)


def test_a_folder_that_is_no_model_is_said(libraries: Libraries, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=SIGN):
        find(EmbeddingsSettings(str(tmp_path)), offline=False)
    for absent in (str(tmp_path / "absent"), "./absent/model", "a/b/c"):
        with pytest.raises(UsageError, match="There is no folder"):
            find(EmbeddingsSettings(absent), offline=False)
    (libraries.hub / "some" / "torn").mkdir(parents=True)
    with pytest.raises(UsageError, match="not on this machine"):
        find(EmbeddingsSettings("some/torn"), offline=False)


@pytest.mark.parametrize("error", [OSError("torn\nmore"), RuntimeError("torn"), AssertionError("torn")])
def test_a_model_that_cannot_be_loaded_is_said(error: Exception, libraries: Libraries, tmp_path: Path) -> None:
    libraries.fails = error
    with pytest.raises(UsageError, match=r"cannot be loaded on cuda: torn\.$"):
        load(EmbeddingsSettings(str(_model(tmp_path / "m")), device="cuda"), offline=False)


def test_a_library_that_would_run_a_models_code_is_refused(
    libraries: Libraries, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["sentence_transformers"], "__version__", "5.6.1")
    with pytest.raises(UsageError, match=r"5\.6\.1 is too old"):
        load(EmbeddingsSettings(str(_model(tmp_path / "m"))), offline=False)
    assert libraries.opened == []


def test_a_model_is_known_by_its_content(tmp_path: Path) -> None:
    one, same, other = (_model(tmp_path / name, weights) for name, weights in [("a", b"1"), ("b", b"1"), ("c", b"2")])
    (same / "README.md").write_text("read me", encoding="utf-8")
    (same / "onnx").mkdir()
    (same / "onnx" / "config.json").write_text("{}", encoding="utf-8")
    assert digest_of(one) == digest_of(same) != digest_of(other)


def test_the_extra_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings_model, "find_spec", lambda name: None)
    config = Config(workspace=tmp_path, cache=tmp_path, embeddings=EmbeddingsSettings("some/model"))
    with pytest.raises(UsageError, match="not installed") as caught:
        load_kit(config)
    assert "pip install 'counterfoil[embeddings]'" in caught.value.hint


def test_the_kit_has_the_coder_only_if_a_model_is_named(libraries: Libraries, tmp_path: Path) -> None:
    config = Config(workspace=tmp_path, cache=tmp_path / "cache")
    assert list(load_kit(config).panel.coders) == ["codebook", "similarity"]
    assert libraries.opened == []
    named = replace(config, embeddings=EmbeddingsSettings(str(_model(tmp_path / "m"))))
    kit = load_kit(named)
    assert list(kit.panel.coders) == ["codebook", "similarity", "embeddings"]
    assert "+embeddings m " in kit.panel.label
    assert len(list((tmp_path / "cache" / "embeddings").iterdir())) == 1


def test_nothing_heavy_is_imported_without_need() -> None:
    code = "import sys, counterfoil.coding.embeddings_model; print({'torch', 'transformers'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


# --- the real library -----------------------------------------------------------------------------


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A real model, too small to know anything, made here."""
    if find_spec("sentence_transformers") is None:
        pytest.skip("sentence-transformers is not installed (the extra counterfoil[embeddings])")
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    raw, folder = tmp_path / "raw", tmp_path / "tiny-model"
    raw.mkdir()
    letters = [*"abcdefghijklmnopqrstuvwxyz.,:", *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")]
    (raw / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]))
    torch.manual_seed(1)
    shape = BertConfig(
        vocab_size=5 + len(letters),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    BertModel(shape).save_pretrained(raw)
    BertTokenizer(str(raw / "vocab.txt")).save_pretrained(raw)
    transformer = Transformer(str(raw), max_seq_length=64)
    SentenceTransformer(modules=[transformer, Pooling(16)], device="cpu").save(str(folder))
    return folder


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # the libraries' own
def test_the_real_library(tiny: Path, codebook: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    model = load(EmbeddingsSettings(str(tiny), batch=4), offline=True)
    vectors = model.encode(["Helpers took money each week.", "x", "Helpers took money each week."])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert vectors[0] == pytest.approx(vectors[2], abs=1e-5)
    coder = EmbeddingsCoder(with_sentences(codebook), model, tmp_path / "cache")
    found = coder.score("Helpers took money each week.")
    (paid,) = [scored for scored in found if scored.technique == "T0002"]
    assert paid.clues[0].text == "like “Helpers took money each week.”"
    again = EmbeddingsCoder(
        with_sentences(codebook), load(EmbeddingsSettings(str(tiny)), offline=True), tmp_path / "cache"
    )
    assert again.score("Helpers took money each week.") == found


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_torn_real_model_is_said(tiny: Path, tmp_path: Path) -> None:
    torn: dict[str, Callable[[Path], object]] = {
        "weights": lambda folder: _cut(folder / "model.safetensors"),
        "no weights": lambda folder: (folder / "model.safetensors").unlink(),
        "settings": lambda folder: (folder / "config.json").write_text("{", encoding="utf-8"),
        "modules": lambda folder: (folder / SIGN).write_text('[{"type": "no.such.Thing"}]', encoding="utf-8"),
    }
    for name, tear in torn.items():
        folder = tmp_path / name.replace(" ", "-")
        shutil.copytree(tiny, folder)
        tear(folder)
        with pytest.raises(UsageError, match="cannot be loaded on cpu"):
            load(EmbeddingsSettings(str(folder)), offline=True)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_no_code_of_a_model_is_run(tiny: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    (tiny / "own.py").write_text(f"open({str(trace)!r}, 'w').close()\nclass Thing: pass\n", encoding="utf-8")
    own = '[{"idx": 0, "name": "0", "path": "", "type": "own.Thing"}]'
    (tiny / SIGN).write_text(own, encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be loaded"):
        load(EmbeddingsSettings(str(tiny)), offline=True)
    assert not trace.exists()


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def test_the_manual_names_every_setting() -> None:
    text = (Path(__file__).parents[2] / "docs" / "embeddings.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    EmbeddingsSettings(**tomllib.loads(block)["embeddings"])
    for field in fields(EmbeddingsSettings):
        row = rf"\| `{field.name}` \| `COUNTERFOIL_EMBEDDINGS_{field.name.upper()}` \| .* \| (.*) \|"
        (default,) = re.findall(row, text)
        assert default == {"": "none: no embeddings", False: "false"}.get(field.default, str(field.default))
