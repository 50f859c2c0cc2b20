"""Accounts whose profile pictures are nearly the same, by perceptual hash."""

from counterfoil.detect.near_acts import narrow_sql
from counterfoil.detect.near_pictures import picture_acts
from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="near_picture",
    label="have nearly the same profile picture",
    columns=("picture",),
    prepare=picture_acts,
    sql="SELECT account, object, message, moment FROM near_picture_acts",
    narrow=narrow_sql("near_picture_acts", "near_picture_docs"),
    techniques=("T0145.001", "T0144.002"),
    of_accounts=True,
    minimum=1,
    caution="Logos, campaign badges, flags and placeholders are many accounts' picture; plain pictures hash alike.",
)
