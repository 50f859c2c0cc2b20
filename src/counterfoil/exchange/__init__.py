"""Exchange: incidents written in the formats that partners load.

An exporter is one file with an `EXPORTER` and one line here; it streams what it is handed and never
opens the knowledge base. The command line's choice and the golden test follow from the registration
(third parties: an entry point in the group `counterfoil.exporter`).
"""

from counterfoil.registry import Registry

EXPORTERS = Registry(
    "exporter",
    {
        "stix": "counterfoil.exchange.stix:EXPORTER",
        "page": "counterfoil.exchange.page:EXPORTER",
        "json": "counterfoil.exchange.native:EXPORTER",
        "navigator": "counterfoil.exchange.navigator:EXPORTER",
    },
)
