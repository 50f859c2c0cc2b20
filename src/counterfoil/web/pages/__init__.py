"""Pages: forms in, HTML out; each works without a script."""
