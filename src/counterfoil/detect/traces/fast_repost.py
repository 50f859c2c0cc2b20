"""Accounts that repost a source's posts within seconds of their appearing."""

from counterfoil.detect.definition import SECOND
from counterfoil.detect.trace import Trace

SOON = 10 * SECOND  #: after the source's post

TRACE = Trace(
    name="fast_repost",
    label="repost the same source within seconds",
    columns=("repost_of",),
    sql="SELECT reposts.account, CAST(sources.account AS VARCHAR) AS object, reposts.post AS message, reposts.moment "
    "FROM posts AS reposts JOIN posts AS sources ON reposts.repost_of = sources.post_key "
    "WHERE reposts.account <> sources.account AND reposts.moment >= sources.moment "
    f"AND reposts.moment - sources.moment <= {SOON}",
    techniques=("T0049.003", "T0146.007"),
    caution="Notifications and feeds make followers fast; official repeaters say what they are.",
)
