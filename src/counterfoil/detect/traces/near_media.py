"""Accounts that post nearly the same picture at the same time, by its perceptual hash."""

from counterfoil.detect.near_acts import narrow_sql
from counterfoil.detect.near_pictures import media_acts
from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="near_media",
    label="post nearly the same picture",
    columns=("media",),
    prepare=media_acts,
    sql="SELECT account, object, message, moment FROM near_media_acts",
    several=True,
    narrow=narrow_sql("near_media_acts", "near_media_docs"),
    techniques=("T0084", "T0115.001", "T0049"),
    caution="Memes, press pictures, logos and plain screenshots look alike and are posted by many.",
)
