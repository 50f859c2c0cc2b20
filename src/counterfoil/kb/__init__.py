"""The knowledge base: a workspace folder with a database and the original files beside it."""
