"""Accounts that post the same text."""

from counterfoil.detect.same_texts import texts_sql
from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="same_text",
    label="post the same text",
    columns=("text",),
    sql=f"SELECT account, same AS object, message, moment FROM ({texts_sql()}) AS texts",
    techniques=("T0084.001", "T0084.002", "T0049.003"),
    caution="Petitions, share buttons, quotations, headlines and songs are posted word for word by many.",
)
