"""Every group of pages and of the API: one file each, one line here."""

from fastapi import APIRouter

from counterfoil.web.api import actors as actors_api
from counterfoil.web.api import casework, incidents, reports, suggestions, techniques
from counterfoil.web.api import imports as imports_api
from counterfoil.web.api import items as items_api
from counterfoil.web.api import search as search_api
from counterfoil.web.pages import (
    actors,
    detection,
    findings,
    imports,
    items,
    judging,
    matrix,
    originals,
    review,
    search,
    sheets,
    start,
)
from counterfoil.web.pages import incidents as incident_pages
from counterfoil.web.pages import reports as report_pages
from counterfoil.web.pages import techniques as technique_pages
from counterfoil.web.taxii import routes as taxii

ROUTERS: tuple[APIRouter, ...] = (
    start.router,
    review.router,
    originals.router,
    judging.router,
    reports.router,
    suggestions.router,
    incidents.router,
    techniques.router,
    search.router,
    search_api.router,
    matrix.router,
    technique_pages.router,
    incident_pages.router,
    casework.router,
    report_pages.router,
    items.router,
    items_api.router,
    actors.router,
    actors_api.router,
    imports.router,
    sheets.router,
    findings.router,
    detection.router,
    imports_api.router,
    taxii.router,
)
