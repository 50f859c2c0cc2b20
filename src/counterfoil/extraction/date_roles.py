"""What the text says of a date: activity began, ended or peaked, a report was published, accounts were removed."""

import re
from bisect import bisect_left
from functools import lru_cache

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.story_day import HEAD, is_head
from counterfoil.extraction.written import Written

#: Verbs and nouns that say what happened then, by role; the nearest to the date wins.
_CUES: tuple[tuple[str, str], ...] = (
    (
        "peaked",
        r"peak(?:ed|ing|s)?|height|most active|busiest|surged?|spiked?|culminat\w{2,4}|high point|climax|highest|"
        r"most (?:posts|accounts|messages|activity)|"
        r"intensified|"
        r"le plus (?:actif|grand nombre)|pic|apogée|culminé|paroxysme|Höhepunkt|am meisten|die meisten Beiträge|"
        r"am aktivsten|Spitze|pico|mayor (?:número|actividad)|apogeo|punto álgido|máximo|"
        r"больше всего|найбільше|наибольшее число|пик\w{0,2}|пік\w{0,2}|піку|наиболее активн\w{1,2}|"
        r"найактивніш\w{1,3}|najwięcej|szczyt\w{0,3}|kulminac\w{1,3}|ذروة|"
        r"ذروتها",
    ),
    (
        "removed",
        r"removed?|removal|took down|taken down|takedown|suspended|banned|deleted|deplatformed|disabled|purged|"
        r"disrupted|"
        r"seized|blocked|supprimée?s?|suspendue?s?|bloquée?s?|gelöscht|gesperrt|entfernt\w{0,2}|löschte\w?|"
        r"sperrte\w?|"
        r"eliminó|eliminaron|eliminad[oa]s?|suspendió|suspendid[oa]s?|bloqueó|"
        r"удалил\w{0,2}|удален\w{0,2}|заблокирова\w{1,4}|видалил\w{0,2}|видален\w{0,2}|заблокува\w{1,4}|"
        r"usun\w{2,6}|zablokowa\w{1,4}|حذفت|أزالت",
    ),
    (
        "ended",
        r"ended|ending|ceased?|stopped|stops|went (?:dark|quiet|silent|offline|dormant)|fell silent|dormant "
        r"last (?:seen|active|posted|observed)|disappeared|vanished|concluded|wound down|shut down|abandoned|"
        r"taken offline|s['’]est arrêtée?|s['’]arrêter|cessé|pris fin|terminée?|disparu\w{0,2}|"
        r"endete\w?|beendet|eingestellt|verschwand\w{0,2}|verstummte\w?|zuletzt|"
        r"terminó|cesó|cesaron|finalizó|desaparec\w{2,5}|concluyó|"
        r"прекратил\w{0,3}|завершил\w{0,3}|закончил\w{0,3}|исчез\w{0,4}|замолчал\w|затих\w{0,3}|стих\w{0,3}|"
        r"припинил\w{0,3}|завершил\w{0,3}|зник\w{0,3}|zakończył\w{0,3}|ustał\w|انتهت",
    ),
    (
        "began",
        r"began|begins?|beginning|begun|started|starting|starts|start|as early as|dating back to|"
        r"dates? (?:back )?(?:from|to)|"
        r"emerged|launched|resurfaced|reappeared|first (?:\w{3,12} )?(?:saw|seen|observed|appeared|posted|detected|"
        r"identified|active|reported|spotted|noticed|"
        r"recorded|published|described|documented|surfaced|messages|posts|accounts|articles|signs|traces)|first|"
        r"onset|"
        r"activity (?:in|from)|debuted|came online|went (?:live|online)|"
        r"débuté|commencé|lancée?|apparue?s?|premi(?:er|ère)s?|"
        r"begann\w?|begonnen|startete\w?|tauchte\w?|entstand\w?|erstmals|gestartet|"
        r"comenzó|empezó|comenzaron|inició|surgió|aparec\w{2,5}|lanzó|lanzad[oa]|primer[oa]?s?|"
        r"начал\w{0,4}|появил\w{0,3}|запущен\w{0,2}|запустил\w{0,2}|стартовал\w{0,2}|впервые|возникл\w|"
        r"почал\w{0,3}|розпочал\w{0,3}|з'явил\w{0,3}|з’явил\w{0,3}|запущен\w{0,2}|вперше|"
        r"rozpocz\w{2,6}|zaczę\w{2,4}|pojawi\w{2,5}|uruchomi\w{2,5}|po raz pierwszy|بدأت",
    ),
    (
        "published",
        r"published|dated|released|issued|unveiled|declassified|publiée?s?|datée?s?|paru\w{0,2}|"
        r"veröffentlicht\w{0,2}|erschienen\w{0,1}|"
        r"publicó|publicad[oa]s?|fechad[oa]|опубликова\w{1,4}|датирован\w{1,3}|вышел|опублікова\w{1,4}|"
        r"оприлюдн\w{2,5}|"
        r"opublikowa\w{1,4}|datowan\w{1,3}|نشرت",
    ),
    (
        "event",
        r"elections?|referend(?:um|ums|a)|votes?|voting|vote|runoff|run-off|midterms?|primar(?:y|ies)|ballot|polls|"
        r"summit|inauguration|"
        r"invasion|conference|olympics|games|protests?|coup|attacks?|earthquake|assassination|general election|"
        r"presidential|"
        r"election day|inaugurated|world cup|"
        r"élections?|législatives|présidentielle|scrutin|sommet|référendum|municipales|européennes|"
        r"[A-Z]?\w{0,14}[Ww]ahl(?:en)?|Gipfel|Volksabstimmung|Referendum|Stichwahl|"
        r"elecciones|comicios|referéndum|cumbre|balotaje|"
        r"выбор\w{0,3}|референдум\w{0,2}|саммит\w{0,2}|голосовани\w|вторжени\w|"
        r"вибор\w{0,3}|виборчи\w{1,2}|саміт\w{0,2}|голосуванн\w|вторгненн\w|"
        r"wybor\w{1,3}|wybory|referendum|szczyt NATO|głosowani\w{1,2}|الانتخابات|انتخابات",
    ),
)
_WORDS = Expression(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{role}>{words})" for role, words in _CUES) + r")(?![\w-])", re.IGNORECASE
)
_EAST_ASIAN = Expression(
    "(?P<peaked>高峰|顶峰|峰值)|(?P<removed>删除|封禁|移除)|(?P<ended>结束|停止|消失)|(?P<began>开始|出现|起活跃|首次|启动)|"
    "(?P<published>发布|发表|公布)|(?P<event>选举|選舉|大选|公投|峰会)"
)
#: Prepositions that say by themselves that something began or ended, right before the date.
_FROM_THEN = Expression(
    r"\b(?:since|as of|starting|beginning|from|depuis|dès|à partir d[eu]|seit|ab|desde|a partir de|начиная с|"
    r"починаючи з|с|со|з|із|od|"
    r"منذ)(?: at least| about| around| early| late| mid| le| la| el| dem| der| au moins| mindestens| al menos| in|"
    r" on){0,3}"
    r"[ -]$|自$",
    re.IGNORECASE,
)
_UP_TO = Expression(
    r"\b(?:until|till|up to|through|jusqu[’'](?:à|au|en)|bis(?: zum)?|hasta|do końca|по)"
    r"(?: at least| about| around| early| late| mid| le| la| el| dem| the end of){0,3}[ -]$",
    re.IGNORECASE,
)
_ONWARDS = Expression(r" (?:on|onwards?)\b")
_STOP = Expression(
    r"[;:.]\s|, (?!\d)| and | et | und | y | и | і | та | that | which | who | while | dass | que | qui | die | что |"
    r" що "
)
_LEFT, _RIGHT = 64, 42  #: letters before and behind a date in which a cue counts
_EVENT_RIGHT = 34
#: All that may stand between an event and its date: "the election, which is due on 3 May".
_EVENT_TO_DATE = Expression(
    r"[,( ]+(?:(?:[^\W\d_]{1,4}|which|scheduled|planned|taking|place|early|late|next|this|year|начнутся|пройдут|"
    r"прошли|"
    r"состоятся|відбудуться|пройшли|пройдуть|odbędą|odbyły|auront|pourraient|tenir|lieu|celebradas|previstas|prévues|"
    r"provinciales|législatives|présidentielles?|législative|stattfinden|finden)[ ,(]+){0,7}"
)
_OPENING = 14  #: letters before a date that opens its sentence
_SIDE = 12  #: how much nearer a cue behind the date must be


def date_roles(reading: Reading, items: list[Written]) -> list[str]:
    """The role of each date, in order; empty where nothing is said of it."""
    ends = sorted(item.end for item in items)
    starts = sorted(item.start for item in items)
    return [_role(reading, item, starts, ends) for item in items]


def _role(reading: Reading, item: Written, starts: list[int], ends: list[int]) -> str:
    text = reading.text
    is_its_day = item.value == reading.report.published and item.precision in ("day", "month")
    if is_head(text, item) or (is_its_day and item.start < HEAD):
        return "published"
    if item.precision == "interval":
        return ""
    first, _ = reading.sentence(item.start)
    earlier = bisect_left(ends, item.start + 1)
    first = max(first, item.start - _LEFT, ends[earlier - 1] if earlier else 0)
    later = bisect_left(starts, item.end)
    last = min(
        reading.sentence(item.end - 1)[1], item.end + _RIGHT, starts[later] if later < len(starts) else len(text)
    )
    return _told(text[first : item.start], text[item.end : last])


@lru_cache(maxsize=4096)  # in tables and lists the same words stand beside every date
def _told(before: str, after: str) -> str:
    """The role, given the words on the two sides of a date within its sentence."""
    before = before[max(before.rfind("; "), before.rfind(": ")) + 1 :]
    is_from = before.endswith("from ") and not _ONWARDS.match(after)
    if _FROM_THEN.search(before) and not is_from:
        return "began"
    if _UP_TO.search(before):
        return "ended"
    # "Mi-novembre, l'opération a atteint son apogée": the clause goes on behind the first comma.
    stop = _STOP.search(after, 2 if len(before) <= _OPENING else 0)
    return _nearest(before, after[: stop.start()] if stop else after)


def _nearest(before: str, after: str) -> str:
    """The role of the cue nearest to a date, given the words on its two sides."""
    best, role = _LEFT + _SIDE, ""
    for side, words in (("before", before), ("after", after)):
        for pattern in (_WORDS, _EAST_ASIAN) if words else ():
            for match in pattern.finditer(words):
                cue = match.lastgroup or ""
                gap = len(words) - match.end() if side == "before" else match.start()
                if cue == "event" and not _is_its_event(side, words, match):
                    continue
                gap += 0 if side == "before" else _SIDE
                if gap < best or (gap == best and side == "before"):
                    best, role = gap, cue
    return role


def _is_its_event(side: str, words: str, cue: re.Match[str]) -> bool:
    """Whether an election near a date is that of the date, and not the subject of a report or campaign."""
    if side == "before":
        return _EVENT_TO_DATE.fullmatch(words, cue.end()) is not None
    return cue.start() <= _EVENT_RIGHT and "," not in words[: cue.start()]
