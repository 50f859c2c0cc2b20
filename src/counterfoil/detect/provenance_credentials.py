"""Content Credentials (C2PA): who signed what about how a file was made. Read offline; needs the extra `media`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from counterfoil.detect.provenance import DECLARED, INCONSISTENT, Mark, by_model, source_mark

LARGEST = 500_000_000  #: bytes of a file whose credentials are checked
WHERE = "Content Credentials"
OFFLINE = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
#: states of a manifest -> in words
STATES = {
    "Trusted": "the signature is whole, and by a certificate of the trust list",
    "Valid": "the signature is whole; whether the signer is who it says is not known, no trust list is consulted",
    "Invalid": "the signature or what it covers does not hold: the file or its credentials were changed",
}


def read_credentials(path: Path, form: str) -> tuple[list[Mark], list[str]]:
    """The marks of a file's Content Credentials, and what could not be read."""
    try:
        import c2pa
    except ImportError:
        there = Mark(DECLARED, WHERE, "are embedded, and were not read")
        return [there], ["Content Credentials need another package: pip install 'counterfoil[media]'"]
    if path.stat().st_size > LARGEST:
        return [], [f"its Content Credentials were not checked: it has more than {LARGEST:,} bytes"]
    try:
        with (
            path.open("rb") as file,
            c2pa.Context(settings=c2pa.Settings.from_dict(OFFLINE)) as context,
            c2pa.Reader(form, file, context=context) as reader,
        ):
            told = json.loads(reader.json())
    except (c2pa.C2paError, ValueError, OSError) as error:
        words = " ".join(str(error).split())[:160]
        return [], [f"its Content Credentials cannot be read: {words}"]
    return list(_marks(told, form)), []


def _marks(told: Any, form: str) -> Iterator[Mark]:
    """The active manifest and those of what it was made from."""
    if not isinstance(told, dict) or not isinstance(told.get("manifests"), dict):
        return
    state = str(told.get("validation_state") or "")
    active = told.get("active_manifest")
    for name, manifest in list(told["manifests"].items())[:50]:
        if not isinstance(manifest, dict):
            continue
        signer = manifest.get("signature_info") or {}
        who = signer.get("issuer") or signer.get("common_name") or "nobody that is named"
        made = manifest.get("claim_generator_info") or [{}]
        tool = made[0].get("name") if isinstance(made, list) and made and isinstance(made[0], dict) else None
        tool = tool or manifest.get("claim_generator") or "unknown software"
        if name == active:
            kind = INCONSISTENT if state == "Invalid" else DECLARED
            yield Mark(kind, WHERE, f"signed by {who} with {tool}: {STATES.get(state, state or 'not checked')}")
        for action in _actions(manifest):
            source = action.get("digitalSourceType")
            if isinstance(source, str):
                part = "" if name == active else "of a part: "
                mark = source_mark(source, WHERE, form)
                yield Mark(mark.kind, mark.where, part + mark.words, mark.techniques)
            elif action.get("action") == "c2pa.edited" and "generative" in json.dumps(action).lower():
                yield Mark(DECLARED, WHERE, "changed by a generative tool", by_model(form))


def _actions(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for assertion in manifest.get("assertions") or []:
        if isinstance(assertion, dict) and str(assertion.get("label", "")).startswith("c2pa.actions"):
            data = assertion.get("data")
            actions = data.get("actions") if isinstance(data, dict) else None
            yield from (one for one in actions or [] if isinstance(one, dict))
