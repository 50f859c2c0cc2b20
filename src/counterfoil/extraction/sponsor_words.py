"""Words that tell whether a noun phrase names somebody who may stand behind an operation."""

#: Heads of phrases that name somebody who may stand behind an operation, with a name or without.
HEADS = frozenset(
    "firm company agency consultancy contractor subcontractor bureau ministry directorate department office unit "
    "service party government group foundation institute organisation organization corporation conglomerate holding "
    "broadcaster outlet newspaper channel factory farm army military militia police embassy council committee "
    "parliament court commission authority administration presidency movement church union front league association "
    "start-up startup business businessman businesswoman oligarch tycoon politician banker financier entrepreneur "
    "officer contractor minister president leader body entity "
    "state regime provider vendor studio shop network think-tank university "
    "command brigade corps division branch section cell wing centre center apparatus organ firm collective "
    "client".split()
)

#: Words with which no person's name begins.
NOT_GIVEN = frozenset(
    "The A An In On At By For From With To Of As And Or But If When While After Before Since Although Because Last "
    "This That These Those It He She They We Operation Storm Project Network Group Mr Mrs Ms New North South East West "
    "Former Foreign Prime Central National Federal United State General Chinese Russian Iranian".split()
)

#: Words in which no person's name ends.
NOT_SURNAME = frozenset(
    "Media Agency Group Network Operation Party Ministry Strategies Digital Analytics Communications Times Post News "
    "Institute Center Centre Observatory Army Forces Front Movement Bureau Council Committee Commission Service Group "
    "Intelligence Affairs Desk Typhoon Blizzard Sandstorm Sleet Tempest Flood Army Guard Corps Embassy Foundation "
    "Broadcasting Television Radio Solutions Consulting Partners Holding Technologies Labs Security Union".split()
)
