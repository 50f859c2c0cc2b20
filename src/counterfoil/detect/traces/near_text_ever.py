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
    null="For nearly the same texts at any time, chance means: every account posts as often as it did, but which "
    "accounts stand behind which posts is dealt at random; shared interests are not answered.",
    caution="Without a window it is tested against activity and popularity only: shared interests explain much of it.",
)
