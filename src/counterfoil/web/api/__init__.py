"""The JSON API: the same steps as the pages, under /api."""
