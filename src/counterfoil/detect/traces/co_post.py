"""Accounts that post at the same time, whatever they post."""

from counterfoil.detect.definition import SECOND
from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="co_post",
    label="post at the same time",
    columns=(),
    sql="SELECT account, 'post' AS object, post AS message, moment FROM posts",
    techniques=("T0049.003", "T0146.007"),
    minimum=10,
    window=SECOND,
    caution="Busy hours and scheduled posting at the full hour bring posts together.",
)
