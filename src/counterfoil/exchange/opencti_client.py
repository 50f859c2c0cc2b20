"""Bundles to an OpenCTI, through pycti (extra `opencti`)."""

from counterfoil.errors import FetchError, UsageError
from counterfoil.exchange.remote import Remote, explained


def put_bundle(remote: Remote, name: str, bundle: bytes) -> str:
    """Hand in a bundle as a file to import; returns the file's id there.

    OpenCTI's own importer of STIX files reads it: what it knows by its ids is updated, not doubled.

    Raises:
        UsageError: pycti is not installed.
        FetchError: the OpenCTI cannot be reached or refuses it.
    """
    try:
        from pycti import OpenCTIApiClient
    except ImportError as error:
        raise UsageError("To send to an OpenCTI needs pycti.", "pip install counterfoil[opencti].") from error
    with explained(remote, "a bundle"):
        client = OpenCTIApiClient(
            remote.url,
            remote.secret,
            log_level="critical",
            ssl_verify=remote.verify,
            perform_health_check=False,
            requests_timeout=int(remote.seconds),
        )
        try:
            answer = client.upload_file(file_name=name, data=bundle.decode(), mime_type="application/json")
        except ValueError as error:  # as pycti says whatever OpenCTI refuses
            raise FetchError(f"{remote.host} refused the bundle.", _reason(error)) from error
        return str(answer["data"]["uploadImport"]["id"])


def _reason(error: ValueError) -> str:
    said = error.args[0] if error.args else ""
    return str(said.get("error_message", "") if isinstance(said, dict) else said)[:200]
