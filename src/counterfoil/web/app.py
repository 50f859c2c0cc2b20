"""The application: settings in, FastAPI out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from counterfoil import __version__
from counterfoil.web.bench import Desk
from counterfoil.web.guard import Guard
from counterfoil.web.problems import handle_errors
from counterfoil.web.routers import ROUTERS
from counterfoil.web.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """The workbench on the workspace that the settings name.

    Raises:
        WorkspaceError: the workspace cannot be opened.
        CodebookError: the user's own codebook is broken.
    """
    desk = Desk(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    app = FastAPI(
        title="Counterfoil",
        version=__version__,
        summary="Reports, suggestions, decisions and incidents of one workspace.",
        description="Offsets count Unicode code points of a report's frozen text, end exclusive.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # FastAPI's own pages load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.desk = desk
    app.add_middleware(Guard, settings=settings)
    app.mount("/static", StaticFiles(directory=str(files("counterfoil.web") / "static")), name="static")
    for router in ROUTERS:
        app.include_router(router)
    handle_errors(app)
    return app
