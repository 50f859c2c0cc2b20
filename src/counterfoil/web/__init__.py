"""The workbench: local pages and a JSON API over one workspace.

    app.create_app(settings)   the FastAPI application
    routers.ROUTERS            every group of pages and of the API, one file each
    guard.Guard                who may come in, and what every answer carries
    problems                   the one place that turns errors into HTTP
    bench.Bench                what handlers share: workspace, codebook, framework, intake

Handlers parse, call `workflow` and render (docs/workbench.md). FastAPI and Jinja2 are imported only when a
module of this package is, so that the command line starts fast.
"""
