"""Attributions in French, Spanish, German, Polish, Russian and Ukrainian, by their wordings."""

from collections.abc import Iterator

from counterfoil.extraction import attribution_words as words
from counterfoil.extraction.attribution_claims import Readers
from counterfoil.extraction.attribution_sponsors import Party
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE
from counterfoil.extraction.phrases import matches_with
from counterfoil.extraction.placed import Mention
from counterfoil.model.extraction import Attribution

#: « Z l'attribue à Y », «Z atribuye X a Y»
_ATTRIBUTES = Expression(
    r"(?P<pronoun>\bl['’]|\bla |\blo )?(?P<verb>attribuent|attribue|attribué|relie|rattache|imputent|impute|imputa|"
    r"responsabiliza|atribuye|atribuyen|atribuyó|"
    r"vincula|vinculó|relaciona|пов[’']язу(?:є|ють)|связыва(?:ет|ют)|приписыва(?:ет|ют)|"
    r"приписує)(?P<object>[^.;\n]{0,110}?)(?: à (?:la |l['’])?| au | aux | a la | al | a | con | з | із | с | со )"
)
_ATTRIBUTE_WORDS = (
    "attribuent attribue imputent imputa responsabiliza attribué relie rattache impute atribuye atribuyen "
    "atribuyó vincula vinculó relaciona пов язує язують связывает связывают приписывает приписывают приписує"
).split()
#: Read behind an actor's name, in other languages.
_PASSIVE = Expression(
    r"(?: ?[”\"»“])?(?: \([^()\n]{1,120}\))?(?:,[^,;.:\n]{1,90},)?,? "
    r"(?:(?:est|sont|étaient|ont été|seraient|son|están|fueron|sind|werden|wurden|était|a été|serait|ist|war|wird|"
    r"wurde|sei|es|era|está|fue|ha sido|jest|była|was|является|была?|"
    r"qui est|que es|die|das|który|która) ){0,2}"
    r"(?P<hedge>(?:\w{4,20}(?:ment|mente|erweise|lich) )?)"
    r"(?P<verb>(?:animé|alimenté|coordonné|organisé|lancé|téléguidé|soutenu|piloté|dirigé|géré|financé|opéré|"
    r"contrôlé|payé|rémunéré|commandé|hébergé|"
    r"orchestré|mené|commandité|conduit|administré)e?s? (?:par|"
    r"pour le compte d[ue]s?)|"
    r"(?:lié|rattaché|attribué|affilié|confié|imputé|imputable|reliée?)e?s? (?:à|au|aux)|(?:émanant|provenant|"
    r"proche)s? (?:de|du|des)|"
    r"(?:dirigid|operad|financiad|controlad|gestionad|orquestad|llevad|ejecutad)[ao]s?(?: a cabo)? por|"
    r"(?:vinculad|ligad|atribuid|relacionad|imputad|asociad)[ao]s? (?:a|al|con)|al servicio de|"
    r"(?:gesteuert|betrieben|finanziert|geführt|kontrolliert|organisiert|orchestriert) (?:von|vom)|"
    r"(?:sterowan|kierowan|finansowan|prowadzon|kontrolowan|powiązan)[aey] (?:przez|z)|"
    r"(?:управля\w{1,6}|финансиру\w{1,6}|контролиру\w{1,6}|руковод\w{1,5}|организован\w{0,3}|організован\w{0,3}|"
    r"керован\w{1,2}|проведен\w{0,2}|здійснен\w{0,2}|керу\w{1,6}|"
    r"фінансу\w{1,6}|контролю\w{1,6}|проводит\w{0,2}|здійсню\w{1,4}|організову\w{1,4}|коорд\w{3,8}|"
    r"підконтрольн\w{1,2}|подконтрольн\w{1,2})|"
    r"(?:связан|пов['’]язан)\w{0,3} (?:с|со|з|із)) "
    r"(?:l['’]|la |le |les |el |los |der |dem |des |die |das )?"
)
#: „wird vom Y gesteuert“: the verb follows whom it is by.
_GERMAN_BY = Expression(
    r"[”\"»“]?(?: \([^()\n]{1,80}\))? (?:wird|wurde|werde|ist|war) (?:\w{2,20} ){0,3}?(?:von|vom) (?:der |dem |den )?"
)
_GERMAN_VERB = Expression(
    r" (?:\w{1,20} ){0,5}?(?:gesteuert|betrieben|finanziert|geführt|kontrolliert|organisiert|orchestriert|gelenkt)\b"
)
#: "Behind X stands Y", in the languages of the field: read before a name, and behind it.
_BEHIND = Expression(
    r"(?:\b(?:[Bb]ehind(?: the)?|[Hh]inter(?: der| dem)?|[Dd]errière(?: la| le)?|[Dd]etrás de(?: la|l)?|[Зз]а|[Zz]a|"
    r"[Rr]esponsibility for(?: the)?)(?: [\w\-]{3,14})?"
    r"|\b[Dd]errière l['’]) ?[“\"«„]?$"
)
_STANDS_THERE = Expression(
    r"[”\"»“]?(?: (?:network|operation|campaign))? (?:is|are|was|were|stands?|stood|steht|stehen|stand|steckt|"
    r"stecken|se trouve|se cache|"
    r"se trouvent|est|está|están|se encuentra|стоїть|стоять|стояла|стоит|стоят|stoi|stoją|(?:lies|rests|lay) with) "
    r"(?:the |an? |der |die |das |la |le |el |l['’])?"
)
#: Read behind who runs it.
_ACTIVE = Expression(
    r"[”\"»“]? (?:(?:a|hat|ha) )?(?P<verb>das Netzwerk|die Kampagne|betrieb|betreibt|steuert|steuerte|finanziert|"
    r"finanzierte|"
    r"est derrière|se cache derrière|está detrás de|steht hinter|steckt hinter|pilote|dirige|finance|contrôle|"
    r"orchestre|gère|dirige|financia|controla|opera|управляет|управляла|финансирует|"
    r"стоит за|стояла за|kieruje|finansuje|prowadzi) "
)


#: Words with one of which such a clause must be.
_STANDS = Expression(
    r"\b(?:réseau|opération|campagne|mode opératoire|activité|ingérence|manœuvre|red|operación|campaña|actividad|"
    r"сеть|кампани[юя]|операци[юя]|мережу|кампанію|операцію)\b"
)
_CONFIDENT = Expression(r"(?i)confiance|confianza")
_UNTIL_NAME = Expression(r"(?:[a-zà-ÿа-яєіїґ][\w’'\-]{1,20} ){0,4}[“\"«„]?")


def foreign_claims(readers: Readers) -> Iterator[Attribution]:
    """The claims in such wordings."""
    if not _FOREIGN.search(readers.parties.text):
        return
    for start, end, who in readers.parties.subjects:
        mention = (start, end, who)
        if (who and readers.parties.kind_of.get(who) not in INFLUENCE) or not readers.clauses.is_claimed(start, start):
            continue
        yield from _passive(readers, mention)
        yield from _stands_behind(readers, mention)
        yield from _german(readers, mention)
        yield from _led_by(readers, mention)
    yield from _active(readers)
    yield from _attributes(readers)


_FOREIGN = Expression(
    r"[а-яєіїґ]{4}|\b(?:der|die|und|vom|von|les|des|une|par|selon|los|las|una|por|según|która|przez|sieć)\b"
)


def _yield(readers: Readers, mention: Mention, parties: list[Party], said: tuple[str, str]) -> Iterator[Attribution]:
    """Claims of one operation; `said` are its verb and hedge."""
    who = readers.parties.meant(mention)
    for party in parties if who else ():
        if party.name == who or not party.name:
            continue
        begin, end = min(mention[0], party.start), max(mention[1], party.end)
        claim = readers.sources.claim(begin, end)
        first, last = readers.clauses.first(begin), readers.clauses.last(end)
        sure = words.confidence_in(readers.parties.text, first, last)
        strength = "assessed" if sure else words.strength_of(said[0], said[1], claim.said)
        yield Attribution(who, party.name, claim.by, strength, (readers.parties.reading.span(begin, end),), sure)


def _passive(readers: Readers, mention: Mention) -> Iterator[Attribution]:
    match = _PASSIVE.match(readers.parties.text, mention[1], mention[1] + 300)
    if match:
        yield from _yield(readers, mention, readers.sponsors.at(match.end()), (match["verb"], match["hedge"] or ""))


def _stands_behind(readers: Readers, mention: Mention) -> Iterator[Attribution]:
    """„Hinter X steht Y“, «за X стоїть Y»"""
    text = readers.parties.text
    if _BEHIND.search(text, max(0, mention[0] - 40), mention[0]):
        stands = _STANDS_THERE.match(text, mention[1], mention[1] + 60)
        if stands:
            inserted = _SAYS_INSERTED.match(text, stands.end(), stands.end() + 120)
            at = inserted.end() if inserted else stands.end()
            yield from _yield(readers, mention, readers.sponsors.at(at), ("", ""))


_SAYS_INSERTED = Expression(
    r"(?:,? ?(?:nach Angaben|nach Erkenntnissen|laut|selon|según|за даними|по данным) [^,.;\n]{3,70}?(?:, | (?=der |"
    r"die |das )))"
    r"(?:der |die |das )?"
)


def _german(readers: Readers, mention: Mention) -> Iterator[Attribution]:
    text = readers.parties.text
    by = _GERMAN_BY.match(text, mention[1], mention[1] + 150)
    for party in readers.sponsors.at(by.end()) if by else ():
        if by and _GERMAN_VERB.match(text, party.end, party.end + 120):
            yield from _yield(readers, mention, [party], ("", by.group()))


#: «операцію виконувала компанія Y», «розсилку організував Y»: the object comes first.
_DONE_BY = Expression(
    r"[”\"»“]? (?P<verb>(?:організува|викону|провод|проводи|фінансу|запусти|здійсню|створи|организова|проводи|"
    r"финансирова|"
    r"запусти|созда|вела|вел|вёл|управля|курирова|курува)\w{0,6}) "
)


def _led_by(readers: Readers, mention: Mention) -> Iterator[Attribution]:
    done = _DONE_BY.match(readers.parties.text, mention[1], mention[1] + 40)
    if done:
        yield from _yield(readers, mention, readers.sponsors.at(done.end()), (done["verb"], ""))


def _active(readers: Readers) -> Iterator[Attribution]:
    parties, text = readers.parties, readers.parties.text
    for match in matches_with(text, _ACTIVE, _ACTIVE_WORDS, 6, 60):
        until = _UNTIL_NAME.match(text, match.end(), match.end() + 90)
        named = parties.operation_in(match.end(), (until.end() if until else match.end()) + 50)
        if named is None or named[0] > (until.end() if until else match.end()):
            continue
        first = readers.clauses.first(match.start())
        doers = [doer for doer in readers.sponsors.before(first, match.start()) if parties.may_run(doer.name)]
        if doers and readers.clauses.is_claimed(doers[0].start, match.start()):
            yield from _yield(readers, named, doers, (match["verb"], ""))


_ACTIVE_WORDS = (
    "betrieb betreibt steuert steuerte finanziert finanzierte derrière detrás steht steckt pilote dirige finance "
    "contrôle "
    "orchestre gère financia controla opera управляет управляла финансирует стоит стояла kieruje finansuje prowadzi "
    "Netzwerk Kampagne"
).split()


def _attributes(readers: Readers) -> Iterator[Attribution]:
    parties, text = readers.parties, readers.parties.text
    for match in matches_with(text, _ATTRIBUTES, _ATTRIBUTE_WORDS, 4, 170):
        named = parties.operation_in(match.start("object"), match.end("object"))
        who = named[2] if named else parties.meant_at(match.start(), match.start())
        told = named or match["pronoun"] or _STANDS.search(match["object"])
        if not (who and told and readers.clauses.is_claimed(match.start(), match.end("verb"))):
            continue
        by = readers.sources.subject_of(match.start())
        sure = words.confidence_in(text, match.start(), match.end())
        strength = "assessed" if _CONFIDENT.search(match["object"]) else words.strength_of(match["verb"], "")
        for party in readers.sponsors.at(match.end()):
            if parties.kind_of.get(party.name) not in INFLUENCE and party.name != who:
                span = parties.reading.span(match.start(), party.end)
                yield Attribution(who, party.name, by, strength, (span,), sure)
