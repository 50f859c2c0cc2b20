"""Frameworks: the packaged codebook, and readers of the forms in which frameworks are published.

A reader is one file with a `READER` (see `source.FrameworkReader`) and one line here; third parties use an
entry point in the group `counterfoil.framework_reader`. `load.load` asks each in turn.
"""

from counterfoil.registry import Registry

FRAMEWORK_READERS = Registry(
    "framework_reader",
    {
        "disarm-workbook": "counterfoil.frameworks.disarm_workbook:READER",
        "stix": "counterfoil.frameworks.stix_bundle:READER",
        "misp": "counterfoil.frameworks.misp_galaxy:READER",
    },
)
