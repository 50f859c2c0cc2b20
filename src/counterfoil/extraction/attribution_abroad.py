"""Attributions in French, German, Spanish, Russian and Ukrainian by what their words do: who acts for whom, who blames.

The words are in tables; the reader walks from a trigger to the sponsor on one side and to the operation on the other.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from counterfoil.extraction import attribution_words as words
from counterfoil.extraction.attribution_claims import Readers
from counterfoil.extraction.attribution_sponsors import Party
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.names_abroad import is_written_abroad
from counterfoil.extraction.naming import INFLUENCE
from counterfoil.extraction.placed import Mention
from counterfoil.model.extraction import Attribution

_ART = (
    r"(?:la |le |les |l['’]|un |une |el |los |las |una |der |dem |den |die |das |des |einer |einem |eines |ein |"
    r"eine )?"
)
#: Behind these words stands the sponsor; before them the operation, or the body that serves.
_SERVES = Expression(
    r"(?<!\w)(?:(?:pour le compte|au service|à la solde|sur ordre|sur (?:les )?ordres|sur instruction|à la demande|"
    r"au profit|au bénéfice|sous (?:la direction|le contrôle|la supervision|l['’]autorité|la tutelle)|"
    r"par l['’]intermédiaire|aux mains|avec (?:l['’]argent|l['’]appui|le soutien)) (?:de |du |des |d['’])|"
    r"(?:travaill|œuvr|agi|roul|opér)\w* pour |dépend\w* (?:de |du |des |d['’])|rémunérée?s? par |"
    r"[Ii]m (?:direkten )?(?:Auftrag|Dienste?|Sold|Namen|Interesse) (?:von |vom )?|[Aa]uf (?:Geheiß|Anweisung|"
    r"Weisung|"
    r"Befehl|Rechnung) (?:von |vom )?|[Uu]nter (?:der )?(?:Leitung|Kontrolle|Führung|Aufsicht) (?:von |vom )?|"
    r"(?:arbeite|handel)\w* für |unterst(?:eht|ellt|and) (?:direkt )?|bezahlt (?:von|vom) |"
    r"(?:por (?:encargo|cuenta|orden|órdenes|mandato)|a (?:las órdenes|instancias|sueldo)|al servicio|en nombre|"
    r"bajo (?:la dirección|el control|las órdenes|la supervisión)|con (?:dinero|fondos|apoyo|el apoyo)) (?:de |del )|"
    r"(?:trabaj|actu|oper)\w+ para |depend\w+ (?:de |del )|pagad[ao]s? por |"
    r"(?:по (?:заказу|указанию|поручению|приказу|заданию)|в интересах|под (?:руководством|контролем|началом)|"
    r"на деньги|"
    r"от имени|на службе у) |(?:работа\w+|действу\w+) (?:на|по заказу) |подчиня\w+ |подчин[её]н\w+ |"
    r"(?:на (?:замовлення|користь|гроші|службі)|за (?:вказівкою|дорученням|наказом|завданням)|в інтересах|"
    r"під (?:керівництвом|контролем|орудою)|від імені) |(?:працю\w+) на (?:замовлення )?|підпорядков\w+ )"
)
_TIED = Expression(
    r"(?<!\w)(?:(?:liée?s?|reliée?s?|rattachée?s?|affiliée?s?|imputée?s?|imputables?|attribuée?s?|attribuables?) "
    r"(?:par [^,;.\n]{2,50} )?(?:à |au |aux )|"
    r"(?:remont\w+|mèn\w+|mène\w*|conduis\w+|renvo\w+) (?:jusqu['’])?(?:à |au |aux )|"
    r"(?:émane\w*|provien\w+|provenant|vien\w*|venue?s?|venait|origin\w+) (?:de |du |des |d['’])|"
    r"(?:vinculad|ligad|atribuid|relacionad|imputad|asociad|conectad)[ao]s? (?:por [^,;.\n]{2,50} )?(?:a |al |con )|"
    r"(?:conduc\w+|llev\w+|apunt\w+|remit\w+) (?:a |al |hacia )|(?:proced\w+|provien\w+|vin[oe]\w*|"
    r"proviene\w*) (?:de |del )|"
    r"(?:führ\w+|deute\w*|weis\w+) (?:direkt )?(?:zu |zur |zum |nach |auf (?:den |die |das )?)|"
    r"(?:verbunden|in Verbindung) mit |(?:zugeordnet|zugeschrieben|zuzuordnen|zuzuschreiben)|stamm\w+ (?:von |"
    r"vom |aus )|"
    r"(?:связан\w*|аффилирован\w*) (?:с |со )|(?:ведут|вед[её]т|указыва\w+) (?:к |на )|исход\w+ (?:от|из) |"
    r"(?:пов['’]язан\w*|афілійован\w*) (?:з |із |зі )|(?:ведуть|веде|вказу\w+) (?:до |на )|походит\w* (?:від|з) )"
)
#: "Z attributes X to Y": the operation or a pronoun stands between, or before.
_ATTRIBUTES = Expression(
    r"(?<!\w)(?P<verb>attribu(?:e|ons|ent|é|ait)|impute\w*|reli(?:e|ons|ent|é|ait)|rattach\w+|"
    r"atribu(?:imos|ye|yen|yó|yeron)|vincul(?:a|amos|an|ó|aron)|relacion(?:a|amos|an|ó)|imput(?:a|ó|amos)|"
    r"приписыва\w+|связыва(?:ет|ют|ем)|приписую\w*|пов['’]язу(?:є|ють|ємо))"
    r"(?P<object> [^.;\n]{0,120}?)(?:,[^,;.\n]{3,70},)? (?:à |au |aux |a |al |con |с |со |з |із )(?:la |l['’]|"
    r"los |las |el )?",
    re.IGNORECASE,
)
#: „Z ordnet X (mit hoher Sicherheit) Y zu“, „schreibt X Y zu“
_ORDNET = Expression(
    r"(?<!\w)(?P<verb>ordne(?:t|n|te)|schreib(?:t|en)|schrieb) (?P<object>[^.;\n]{2,90}?) (?:mit \w+ \w+ )?"
    r"(?=(?:der|dem|den) (?P<sponsor>(?:[^.;\n]|\.(?! [A-ZÄÖÜ]|\n)){3,120}?)(?:, [^.;\n]{3,90},)? zu(?:[,.;]| |$))"
)
#: „Z sieht Verbindungen von X zu Y“, « Z a établi des liens entre X et Y »
_SEES_TIES = Expression(
    r"(?<!\w)(?P<verb>Verbindung(?:en)?|Bezüge|Beziehungen|liens|connexions|rapports|vínculos|lazos|nexos|"
    r"conexiones|связ[ьи]|"
    r"зв['’]язк[иу])(?P<object> (?:von|der|des|zwischen|de|du|des|entre|между|між|de la|del) [^.;,\n]{2,60}?) "
    r"(?:zu[rm]? |mit |und |et |avec |à |y |con |a |с |з |и |та |та з )(?:der |dem |la |l['’]|el )?"
)
#: « Z les rapproche de Y »
_LIKENS = Expression(r"(?<!\w)(?P<verb>rapproch\w+)(?P<object>(?: [^.;\n]{2,60}?)?) (?:de |du |des |d['’])")
_TIES = tuple("reli ratt rapp vinc rela связ пов' пов’ verb bezü bezi lien conn vínc lazo nexo cone зв'я зв’я".split())
_ACCUSES = Expression(
    r"(?<!\w)(?:accus(?:e|ent|é|ait|ons)|soupçonn\w+|met en cause|acus(?:a|an|ó|aron)|señal(?:a|an|ó|aron)|"
    r"responsabiliz\w+|"
    r"beschuldig(?:t|en|te)|bezichtig(?:t|en|te)|macht|machen|обвин(?:яет|яют|ил|ила|или)|звинува(?:чує|чують|"
    r"тив|тила|тили)) "
    r"(?:(?:jeudi|lundi|mardi|mercredi|vendredi|samedi|dimanche|publiquement|directement|este \w+|el \w+|am \w+) )?"
    r"(?:directamente |a |al )?"
)
_OF_IT = Expression(
    r" (?:(?:de |d['’])[«“\"]?(?:financ|pag|pay|orquest|orchestr|dirig|impuls|promov|manej|mont|organi[sz]|"
    r"coordin|alent|"
    r"aliment|foment|soutenir|téléguid|fabriqu|difund|diffus|interfer|injer|s['’]ingér|sembrar|semer|manipul|"
    r"pilot|crear|"
    r"créer|conspir|oper|gestion|administr|desarroll|exploit|gérer|condui)|d['’]être derrière|d['’]avoir|"
    r"d['’]orchestrer|de mener|de piloter|de conduire|de financer|"
    r"d['’]alimenter|de (?:la|cette)|"
    r"de estar detrás|de dirigir|de organizar|de financiar|de haber|como (?:responsable|autor\w*)|de la |"
    r"hinter|für|die|verantwortlich|,|в |у )"
)
#: Y runs X: the sponsor stands before.
_RUNS = Expression(
    r"(?<!\w)(?:(?:est|sont|était|serait|se cache\w*|se trouve\w*) derrière|a (?:monté|organisé|orchestré|créé|"
    r"commandité|financé|"
    r"lancé|piloté|conçu)|(?:aurait|auraient|ont) (?:monté|organisé|orchestré|financé|administré)|administrai\w+|"
    r"(?:est|está|están|estaba) detrás de|(?:organiz|orquest|financi|dirigi|cre|mont|lanz|encarg|contrat)ó|"
    r"(?:steht|stehen|steckt|stecken|stand|steckte) hinter|(?:betreibt|betrieb|steuert|steuerte|finanziert|"
    r"finanzierte|"
    r"lenkt|lenkte|organisierte|beauftragte)|"
    r"(?:стоит|стоят|стояла|стояли) за|(?:управлял|управляет|создал|организовал|финансировал|запустил|вед[её]т|"
    r"в[её]л|провод|осуществля|"
    r"заказал)\w{0,2}|"
    r"(?:стоїть|стоять|стояла|стояли) за|(?:керує|керувал|створи|організува|фінансува|здійсню|проводи|запусти|"
    r"замови)\w{0,4})(?!\w) ?"
)
#: „das Netzwerk seit April 2022 betrieb“: the verb ends a German clause.
_LAST_VERB = Expression(
    r"(?P<what>das Netzwerk|die Kampagne|die Operation|die Seiten|die Konten|das Netz)(?: [^,;.\n]{2,40}?)? "
    r"(?:betrieb|betreibt|betreibe|steuert|steuerte|finanziert|finanzierte|aufgebaut hat|betrieben hat|lenkt|"
    r"organisierte)(?=[,.;])"
)
#: "Behind X stands Y"
_BEHIND = Expression(
    r"(?<!\w)(?:[Dd]errière|[Dd]etrás de|[Hh]inter|[Зз]а) "
    + _ART
    + r"(?P<what>[^,.;:?\n]{2,50}?)(?:,[^,;.\n]{3,60},)? "
    r"(?:se (?:cache|trouve|dissimule)\w*|il y a|est|está|están|se esconde\w*|se encuentra\w*|hay|steht|stehen|"
    r"steckt|stecken|"
    r"verbirgt sich|стоит|стоят|стояла|стоїть|стоять|стояла|скрывается|ховається)(?:,[^,;.\n]{3,70},)? "
)
_MOST = 170
_NOT_SUBJECT = Expression(
    r"(?:[Ss]elon|[Dd]['’]après|[Ll]aut|[Nn]ach (?:Angaben|Einschätzung|Erkenntnissen)|[Ss]egún|[Пп]о (?:данным|"
    r"словам|оценке)|"
    r"[Зз]а (?:даними|словами|оцінкою)|contre|gegen|contra|против|проти)[^,;:.\n]{0,40}$"
)
_SPEAKS = Expression(
    r"[»”\"]? (?:estime|affirme|indique|assure|conclut|accuse|attribue|relie|a |ont |sagt|teilte|berichtet|"
    r"erklärte|ordnet|"
    r"afirm|asegur|señal|atribuy|вважа|повідом|заяви|сообщ|счита|утвержд|стверд|стверджу|пишет|пише)"
)
_BODY = Expression(
    r"(?:der |dem |den |des |la |le |l['’]|el )?(?P<name>(?:russisch|chinesisch|iranisch|"
    r"belarussisch)\w{1,2} [A-ZÄÖÜ][\w\-]{4,40}|"
    r"(?:présidence|administration présidentielle|ambassade|chancellerie) \w{4,18}|(?:presidencia|cancillería|"
    r"embajada) \w{4,14}|"
    r"(?:російськ|российск|білоруськ|белорусск|китайськ|китайск|іранськ|"
    r"иранск)\w{2,4} (?:[а-яіїєґ]{5,14} )?(?:розвідк\w|разведк\w)|"
    r"(?:[Гг]лавн|[Гг]оловн|[Аа]дминистраци|[Аа]дміністраці|Федеральн|Министерств|Міністерств|Управлени|"
    r"Управлінн|Служб)\w{1,8}"
    r"(?: [а-яіїєґ]{4,20}){0,3}(?: [А-ЯІЇЄҐ][\w]{1,20}(?: [а-яіїєґ]{4,20}){0,2})?(?: РФ| России| Росії)?)(?!\w)"
)
_GROUP = Expression(
    r"(?:угрупован\w{1,3}|группировк\w{1,2}|(?:le |un )?groupe|(?:el |un )?grupo|(?:der |einer )?Gruppe) (?=[A-Z«„])"
)
#: A military unit by its number
_UNIT = Expression(
    r"(?:der |la |l['’])?(?P<name>(?:в/ч|військов\w{2,3} частин\w{1,3}|войсков\w{2,3} част\w{1,3}|[Uu]nidad|"
    r"[Uu]nité|Einheit) "
    r"(?:№ ?)?\d{4,6}(?: (?:ГРУ|ФСБ|СВР|ГУ ГШ)(?: (?:РФ|России|Росії))?)?)"
)
_PLAIN = Expression(
    r"(?:la |le |les |l['’]|el |los |las )?(?:(?:société|agence|entreprise|empresa|agencia|consultora|firma|partido|"
    r"groupe|grupo|parti) )?(?P<name>[«“\"][^«»“”\"\n]{3,40}[»”\"]|[A-ZÀ-Þ][\w’'\-]{2,24}(?: (?:de |du |del |et |y )?"
    r"[A-ZÀ-Þ][\w’'\-]{1,24}){1,4})(?=[,.;:)\n]| (?:en|à|qui|que|con|pour|para|par|et|y|basée?|dont)\b|$)"
)


class _Found(NamedTuple):
    """Where a wording stands, the operation or body it is of, who is behind it, and the verb that tells how strong."""

    place: tuple[int, int]
    whom: Mention
    sponsors: list[Party]
    verb: str
    by: str = ""  #: who says so, where another word than the subject of the verb tells
    names_it: bool = False  #: whether the wording's own subject says so


def claims_abroad(readers: Readers) -> Iterator[Attribution]:
    """The claims in such wordings, in a text that is written in one of these languages."""
    if not is_written_abroad(readers.parties.text):
        return
    abroad = _Abroad(readers)
    for found in (*abroad.served(), *abroad.attributed(), *abroad.accused(), *abroad.run(), *abroad.behind()):
        yield from abroad.claims(found)


class _Abroad:
    """The readers of one text."""

    def __init__(self, readers: Readers) -> None:
        self._readers, self._parties = readers, readers.parties
        self._text = readers.parties.text

    def served(self) -> Iterator[_Found]:
        """« X agit pour le compte de Y », „X handelt im Auftrag von Y“, «X связана с Y»"""
        for pattern, verb in ((_SERVES, "run"), (_TIED, "linked")):
            for match in pattern.finditer(self._text):
                sponsors = self._sponsors(match.end())
                whom = self._subject(match.start()) if sponsors else None
                if whom:
                    yield _Found(match.span(), whom, sponsors, verb)

    def attributed(self) -> Iterator[_Found]:
        """« Z attribue X à Y », „Z ordnet X Y zu“"""
        for pattern in (_ATTRIBUTES, _ORDNET, _SEES_TIES, _LIKENS):
            for match in pattern.finditer(self._text):
                at = match.start("sponsor") if pattern is _ORDNET else match.end()
                sponsors = self._sponsors(at)
                named = self._parties.operation_in(match.start("object"), match.end("object"))
                named = named or self._parties.organisation_first(match.start("object"), match.end("object"))
                if sponsors:
                    whom = named or self._meant(match.start("object"), match.end("object"))
                    if whom is None and self._parties.main and _EFFORT.search(match["object"]):
                        whom = (*match.span("object"), self._parties.main)
                    if whom:
                        tie = "linked" if match["verb"][:4].lower() in _TIES else "run"
                        sees = self._first_body(match.start()) if pattern is _SEES_TIES else ""
                        yield _Found(match.span(), whom, sponsors, tie, sees, names_it=True)

    def _first_body(self, at: int) -> str:
        """The organisation that a sentence names first, up to an offset: who sees ties."""
        body = self._parties.organisation_first(self._readers.clauses.first(at), at)
        return body[2] if body else ""

    def accused(self) -> Iterator[_Found]:
        """« Z accuse Y d'être derrière X »"""
        for match in _ACCUSES.finditer(self._text):
            sponsors = self._sponsors(match.end())[:1]
            end = sponsors[-1].end if sponsors else 0
            if sponsors and _OF_IT.match(self._text, end, end + 30):
                named = self._parties.operation_in(end, self._readers.clauses.last(end))
                whom = named or self._meant(end, end)
                if whom is None and self._parties.main:
                    whom = (match.start(), end, self._parties.main)
                if whom:
                    yield _Found((match.start(), end), whom, sponsors, "alleged", names_it=True)

    def run(self) -> Iterator[_Found]:
        """« Y a monté X », „Y betrieb das Netzwerk“"""
        for match in (*_RUNS.finditer(self._text), *_LAST_VERB.finditer(self._text)):
            first = self._readers.clauses.first(match.start())
            doers = self._readers.sponsors.before(first, match.start())
            doers = [doer for doer in doers if self._parties.may_run(doer.name) and not doer.name[:1].islower()]
            if not doers or match.start() - doers[-1].end > 3:
                yield from self._inverted(match)
                continue
            last = min(self._readers.clauses.last(match.end()), match.end() + 90)
            named = self._parties.operation_in(match.end(), last)
            between = self._text[match.end() : named[0]] if named else ""
            whom = named if named and not re.search(r"[,.;]", between) else self._thing(match)
            if whom:
                yield _Found(match.span(), whom, doers, "run")

    def _inverted(self, match: re.Match[str]) -> Iterator[_Found]:
        """«Операцию X ведёт Y»: who does it stands behind the verb."""
        first = self._readers.clauses.first(match.start())
        if _BEHIND_IT.search(match.group()):  # „steckt hinter X die Firma Y“
            named = self._parties.operation_in(
                match.end(), min(self._readers.clauses.last(match.end()), match.end() + 70)
            )
            end = _skip_quotes(self._text, named[1]) if named else 0
            parties = self._sponsors(end) if named and "," not in self._text[match.end() : named[0]] else []
            if named and parties:
                yield _Found(match.span(), named, parties, "run")
            return
        if match.group().isascii():
            return
        whom = self._readers.clauses.ending(first, match.start() - 1)
        pronoun = _OBJECT_BEFORE.search(self._text, max(first, match.start() - 8), match.start())
        whom = self._meant(*pronoun.span("it")) if pronoun and whom is None else whom
        sponsors = self._sponsors(match.end()) if whom else []
        if whom and sponsors and self._parties.kind_of.get(whom[2]) in INFLUENCE:
            yield _Found(match.span(), whom, sponsors, "run")

    def behind(self) -> Iterator[_Found]:
        """«за X стоит Y», „hinter X steckt Y“"""
        for match in _BEHIND.finditer(self._text):
            sponsors = self._sponsors(match.end())
            named = self._parties.operation_in(match.start("what") - 2, match.end("what") + 2)
            whom = named or (self._meant(*match.span("what")) if _THING.match(match["what"]) else None)
            if sponsors and whom:
                yield _Found(match.span(), whom, sponsors, "run")

    def claims(self, found: _Found) -> Iterator[Attribution]:
        """The claims of one wording, with who makes them."""
        parties, clauses = self._parties, self._readers.clauses
        who = parties.meant(found.whom)
        begin = min(found.place[0], found.whom[0])
        end = max(found.place[1], found.sponsors[-1].end)
        if _ONLY_SAID.search(self._text, max(0, begin - 60), begin + 1):
            return
        near = max(clauses.first(found.place[0]), found.place[0] - 60)
        if not who or words.takes_back(self._text, near, found.place[1]) or self._unproven(end):
            return
        source = self._readers.sources.claim(min(found.place[0], found.sponsors[0].start), end)
        by = found.by or (self._readers.sources.subject_of(found.place[0]) if found.names_it else "") or source.by
        sure = words.confidence_in(self._text, clauses.first(begin), clauses.last(end))
        strength = "alleged" if found.verb == "alleged" else words.strength_of(found.verb, "", source.said)
        for party in found.sponsors:
            operation = parties.kind_of.get(party.name, "state") in INFLUENCE
            if party.name not in (who, by) and not (operation and by in ("", parties.publisher)):
                span = parties.reading.span(max(begin, clauses.first(found.place[0])), end)
                yield Attribution(who, party.name, by, "assessed" if sure else strength, (span,), sure)

    def _unproven(self, end: int) -> bool:
        """Whether the end of the sentence takes it back: „... liegen der Bundesregierung nicht vor“."""
        return _UNPROVEN.search(self._text, end, self._readers.clauses.last(end)) is not None

    def _sponsors(self, at: int) -> list[Party]:
        group = _GROUP.match(self._text, at, at + 24)
        at = group.end() if group else at
        unit = _UNIT.match(self._text, at, at + 60)
        if unit:
            return [Party(unit["name"], unit.start("name"), unit.end("name"))]
        found = self._readers.sponsors.at(at)
        if not found or (found[0].name in self._parties.state_name.values() and _BODY.match(self._text, at, at + 90)):
            for pattern in (_BODY, _PLAIN):
                match = pattern.match(self._text, at, at + 110)
                better = self._parties.organisation_at(match.end() + 1) if match and pattern is _BODY else None
                if match and better and self._text[match.end()] in " (":
                    return [Party(better[2], match.start("name"), better[1])]
                if match and not self._parties.is_platform(match["name"]):
                    name = match["name"].strip('«»“”"')
                    return [Party(self._parties.state_named(name) or name, match.start("name"), match.end("name"))]
        return found

    def _subject(self, at: int) -> Mention | None:
        """The mention nearest before an offset that is no source, else what the sentence before was about."""
        first = self._readers.clauses.first(at)
        for mention in reversed(self._parties.subjects_in(first, at)[-6:]):
            before = self._text[max(first, mention[0] - 60) : mention[0]]
            if _NOT_SUBJECT.search(before) or _SPEAKS.match(self._text, mention[1], mention[1] + 20):
                continue
            if not self._parties.is_onlooker(mention[2]) and self._parties.kind_of.get(mention[2]) != "agency":
                return mention
        pronoun = _PRONOUN.search(self._text, first, at)
        if pronoun is None:
            return None
        earlier = self._parties.reading.sentence(max(0, first - 2))[0]
        firms = [m for m in self._parties.organisations_before(first) if m[0] >= earlier]
        firms = [
            m for m in firms if not self._parties.is_onlooker(m[2]) and self._parties.kind_of.get(m[2]) != "agency"
        ]
        return firms[0] if firms else self._meant(pronoun.start(), pronoun.end())

    def _thing(self, match: re.Match[str]) -> Mention | None:
        what = match.groupdict().get("what") or self._text[match.end() : match.end() + 40]
        return self._meant(match.end(), match.end()) if _THING.match(what) else None

    def _meant(self, start: int, end: int) -> Mention | None:
        who = self._parties.meant_at(start, end)
        return (start, end, who) if who else None


_BEHIND_IT = Expression(r"(?:hinter|derrière|detrás de|за) ?$")
_OBJECT_BEFORE = Expression(r"(?<!\w)(?P<it>нею|ним|ней|им|ею|ними|ими) $")


def _skip_quotes(text: str, at: int) -> int:
    """An offset behind the quotation marks and the space that follow a name."""
    while text[at : at + 1] in ("“", "”", "»", '"', " ") and text[at : at + 1]:
        at += 1
    return at


_UNPROVEN = Expression(
    r"\bnicht (?:vor|bestätig\w*|belegt|nachweisbar|erwiesen|bewiesen)\b|n['’](?:est|a|ont|"
    r"sont) pas (?:encore )?(?:été )?"
    r"(?:prouv|établi|confirm|démontr)\w*|\bno (?:está|están|fue|ha sido|se ha) (?:prob|confirm|demostr|acredit)\w*|"
    r"\bне (?:доказ|подтвер|довед|підтвер)\w*"
)
_ONLY_SAID = Expression(
    r"(?:Vorwurf|Vorwürfe|Behauptung|Unterstellung|accusations?|allégations?|acusaci\w+|обвинени\w+|"
    r"звинувачен\w+)[^.;\n]{0,40}$"
)
_THING = Expression(
    r"(?:la |le |les |l['’]|cette |ces |el |los |las |esta |das |die |der |dem |den |этой |этими |цією )?"
    r"(?:\w{3,14} )?(?:réseau|opération|campagne|comptes|sites|pages|manœuvre|manoeuvre|dispositif|red|"
    r"operación|campaña|"
    r"cuentas|páginas|sitios|Netzwerk|Kampagne|Operation|Netz|Konten|Seiten|сет\w{1,3}|кампани\w{1,3}|операци\w{1,3}|"
    r"аккаунт\w{0,3}|мереж\w{1,3}|кампані\w{1,3}|операці\w{1,3}|акаунт\w{0,3}|розсилк\w{1,2}|рассылк\w{1,2})\b"
)
#: What is attributed with an operation: „die technische Umsetzung“, «частину інфраструктури»
_EFFORT = Expression(
    r"\b(?:Umsetzung|Urheberschaft|Steuerung|Verantwortung|Auftragnehmer\w?|Infrastruktur|Infrastruktur\w*|"
    r"Konten|Inhalte|"
    r"infrastructures?|paternité|responsabilité|infraestructura|autoría|responsabilidad|інфраструктур\w|"
    r"инфраструктур\w|"
    r"серверн?\w*|mêmes comptes|mismas cuentas)\b|^ ?$"
)
_PRONOUN = Expression(
    r"(?<!\w)(?:[Ii]l|[Ee]lle|[Ee]lles|[Ii]ls|qui|celle-ci|celui-ci|l['’]agence|la société|[Ss]ie|[Ee]r|"
    r"[Dd]iese|die Agentur|die Firma|"
    r"que|quien|[Ee]sta|[Оо]на|[Оо]н|[Оо]ни|котор\w{2,3}|[Вв]она|[Вв]ін|[Вв]они|як(?:[аеиі]|ий|ої|ого|ою|их))(?!\w)"
)
