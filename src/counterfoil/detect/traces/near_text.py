"""Accounts that post nearly the same text at the same time."""

from counterfoil.detect.near_acts import narrow_sql, text_acts
from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="near_text",
    label="post nearly the same text",
    columns=("text",),
    # What two accounts share is the group of near texts; that they meet asks for two posts whose own texts are near.
    prepare=text_acts,
    sql="SELECT account, object, message, moment FROM near_text_acts",
    narrow=narrow_sql("near_text_acts", "near_text_docs"),
    techniques=("T0084.001", "T0084.002", "T0049.003"),
    caution="Petitions, share buttons, quotations, headlines and greetings are posted by many with a word changed.",
)
