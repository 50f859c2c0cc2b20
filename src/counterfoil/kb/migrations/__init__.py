"""Alembic migrations, run when a workspace is opened for writing."""
