"""TAXII 2.1 (OASIS, 2021): discovery, API roots, collections, objects, manifests, versions. Read-only."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from counterfoil.kb.feed_pages import Page, time_of
from counterfoil.model.ids import uuid_for
from counterfoil.model.marking import Tlp
from counterfoil.web.bench import Bench, BenchOf
from counterfoil.web.problems import RefusalError
from counterfoil.web.taxii.answers import MEDIA_TYPE, PATH, STIX_MEDIA_TYPE, answer, envelope, is_taxii
from counterfoil.web.taxii.asking import asked
from counterfoil.web.taxii.visitors import VisitorOf, visitor
from counterfoil.workflow.feed import LEVELS, ROOTS
from counterfoil.workflow.feed_tokens import Reader

router = APIRouter(prefix=PATH.rstrip("/"), include_in_schema=False, dependencies=[Depends(visitor)])

_COLLECTION = "/{root}/collections/{collection}/"
_DESCRIPTIONS = {
    "counterfoil": "Everything, with all evidence, so that another Counterfoil can import it.",
    "opencti": "With the ids that OpenCTI's own client makes.",
}


@router.get("/")
def discovery() -> Response:
    """The server and its API roots."""
    roots = [f"{PATH}{root}/" for root in ROOTS]
    description = "Incidents of influence operations, coded with DISARM, as STIX 2.1."
    return answer({"title": "Counterfoil", "description": description, "default": roots[0], "api_roots": roots})


@router.get("/{root}/")
def api_root(bench: BenchOf, root: str) -> Response:
    """An API root."""
    _check_root(root)
    about = {"title": f"Counterfoil, profile {root}", "description": _DESCRIPTIONS[root]}
    return answer({**about, "versions": [MEDIA_TYPE], "max_content_length": bench.settings.form_bytes})


@router.get("/{root}/status/{status}/")
def status(root: str) -> Response:
    """Nothing is ever written here, so there is no status of it."""
    _check_root(root)
    raise RefusalError(404, "There is no such status.")


@router.get("/{root}/collections/")
def collections(bearer: VisitorOf, root: str) -> Response:
    """The collections that the token opens."""
    _check_root(root)
    return answer({"collections": [_about(level) for level in _open_to(bearer)]})


@dataclass(frozen=True, slots=True)
class _Asking:
    """A request to a collection that the token opens."""

    bench: Bench
    request: Request
    root: str
    level: Tlp

    def page(self, identifier: str = "", whole: bool = True) -> Page:
        """The page that is asked for, of one object or of all."""
        asks = asked(self.request.query_params, self.root, self.level, identifier)
        subscription, framework = self.bench.subscription, self.bench.framework
        found = subscription.page(framework, asks.wanted, asks.limit, whole)
        if found is None:
            raise RefusalError(503, "What is served is being brought up to date.", "Ask again in half a minute.")
        if identifier and not subscription.has(self.root, self.level, identifier):
            raise RefusalError(404, "There is no such object.")
        return Page() if asks.nothing else found


def _asking(bench: BenchOf, bearer: VisitorOf, request: Request, root: str, collection: str) -> _Asking:
    _check_root(root)
    for level in _open_to(bearer):
        if collection in (_collection_id(level), _alias(level)):
            return _Asking(bench, request, root, level)
    raise RefusalError(404, "There is no such collection.")


AskingOf = Annotated[_Asking, Depends(_asking)]


@router.get(_COLLECTION)
def collection(asking: AskingOf) -> Response:
    """One of them."""
    return answer(_about(asking.level))


@router.get(f"{_COLLECTION}objects/")
def objects(asking: AskingOf) -> Response:
    """A page of objects, the earliest added first."""
    return _objects(asking.page())


@router.post(f"{_COLLECTION}objects/")
def add_objects(asking: AskingOf) -> Response:
    """Refused: what others send goes through import, where a person looks at it."""
    if not is_taxii(asking.request.headers.get("content-type", "")):
        raise RefusalError(415, f"What is sent has to be {MEDIA_TYPE}.")
    raise RefusalError(403, "This collection is read-only.")


@router.get(f"{_COLLECTION}manifest/")
def manifest(asking: AskingOf) -> Response:
    """When the objects of a page were added, and their versions."""
    found = asking.page(whole=False)
    records = [
        {"id": one.id, "date_added": time_of(one.added), "version": one.version, "media_type": STIX_MEDIA_TYPE}
        for one in found.served
    ]
    return answer({**({"objects": records} if records else {}), **_rest(found)}, _dates(found))


@router.get(f"{_COLLECTION}objects/{{identifier}}/")
def one_object(asking: AskingOf, identifier: str) -> Response:
    """An object."""
    return _objects(asking.page(identifier))


@router.delete(f"{_COLLECTION}objects/{{identifier}}/", dependencies=[Depends(_asking)])
def delete_object() -> Response:
    """Refused."""
    raise RefusalError(403, "This collection is read-only.")


@router.get(f"{_COLLECTION}objects/{{identifier}}/versions/")
def versions(asking: AskingOf, identifier: str) -> Response:
    """The versions of an object: one, as it is now."""
    found = asking.page(identifier, whole=False)
    known = [one.version for one in found.served]
    return answer({**({"versions": known} if known else {}), **_rest(found)}, _dates(found))


def _objects(found: Page) -> Response:
    return envelope([one.content for one in found.served], _rest(found), _dates(found))


def _rest(found: Page) -> dict[str, Any]:
    return {"more": True, "next": str(found.served[-1].added)} if found.more else {}


def _dates(found: Page) -> dict[str, str]:
    if not found.served:
        return {}
    first, last = time_of(found.served[0].added), time_of(found.served[-1].added)
    return {"X-TAXII-Date-Added-First": first, "X-TAXII-Date-Added-Last": last}


def _check_root(root: str) -> None:
    if root not in ROOTS:
        raise RefusalError(404, "There is no such API root.")


def _open_to(bearer: Reader) -> list[Tlp]:
    return [level for level in LEVELS if level.rank <= bearer.level.rank]


def _collection_id(level: Tlp) -> str:
    return str(uuid_for("taxii collection", level.value))


def _alias(level: Tlp) -> str:
    return level.value.replace("+", "-")


def _about(level: Tlp) -> dict[str, Any]:
    return {
        "id": _collection_id(level),
        "title": f"Incidents up to {level.label}",
        "description": f"Incidents marked {level.label} or for more readers, with all that belongs to them.",
        "alias": _alias(level),
        "can_read": True,
        "can_write": False,
        "media_types": [STIX_MEDIA_TYPE],
    }
