"""The TAXII 2.1 server: what is marked for sharing, for programs that bear a token (docs/taxii.md)."""
