"""Accounts that post nearly the same texts, at whatever time."""

from counterfoil.detect.near_acts import text_acts_ever
from counterfoil.detect.trace import EVER, Trace

TRACE = Trace(
    name="near_text_ever",
    label="post nearly the same texts at any time",
    columns=("text",),
    prepare=text_acts_ever,
    sql="SELECT account, object, message, moment FROM near_text_ever_acts",
    techniques=("T0084.001", "T0084.002"),
    window=EVER,
    minimum=3,
    caution="Without a window it is tested against activity and popularity only: shared interests explain much of it.",
)
