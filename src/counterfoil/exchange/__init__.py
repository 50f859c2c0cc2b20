"""Exchange: incidents written in the formats that partners load, and read from those that they send.

An exporter is one file with an `EXPORTER` and one line here, an importer one with an `IMPORTER`; they stream
what they are handed and never open the knowledge base. The command line's choice and the golden test
follow from the registration
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
        "csv": "counterfoil.exchange.tables_text:CSV",
        "jsonl": "counterfoil.exchange.tables_text:JSON_LINES",
        "xlsx": "counterfoil.exchange.tables_xlsx:EXPORTER",
        "parquet": "counterfoil.exchange.tables_parquet:EXPORTER",
        "disarm": "counterfoil.exchange.disarm_sheets:EXPORTER",
        "misp": "counterfoil.exchange.misp:EXPORTER",
        "report": "counterfoil.exchange.case_report:EXPORTER",
        "docx": "counterfoil.exchange.case_docx:EXPORTER",
        "pdf": "counterfoil.exchange.case_pdf:EXPORTER",
    },
)

IMPORTERS = Registry(
    "importer",
    {
        "stix": "counterfoil.exchange.stix_in:IMPORTER",
        "navigator": "counterfoil.exchange.navigator_in:IMPORTER",
        "misp": "counterfoil.exchange.misp_in:IMPORTER",
        "table": "counterfoil.exchange.sheet_in:IMPORTER",
    },
)  #: asked in this order which of them recognises a file
