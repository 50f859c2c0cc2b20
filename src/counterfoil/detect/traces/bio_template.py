"""Accounts whose descriptions are one template, filled in differently."""

from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="bio_template",
    label="describe themselves by the same template",
    columns=("bio",),
    # Links, names with @, numbers and capitalised words within a sentence are the slots.
    sql="SELECT account, template AS object, account AS message, 0 AS moment FROM (SELECT account, "
    "trim(regexp_replace(lower(regexp_replace(regexp_replace(regexp_replace(regexp_replace(bio, "
    "'https?://[^\\s]+', '§', 'g'), '@[^\\s]+', '§', 'g'), '[0-9]+', '§', 'g'), "
    "'([^\\s.!?]\\s+)\\p{Lu}\\p{Ll}+', '\\1§', 'g')), '\\s+', ' ', 'g')) AS template FROM accounts "
    "WHERE length(bio) >= 30) AS bios WHERE length(replace(template, '§', '')) >= 25",
    techniques=("T0144.002", "T0143.002"),
    of_accounts=True,
    minimum=1,
    caution="Employees and members describe themselves alike.",
)
