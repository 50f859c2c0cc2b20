"""What figures count, and how their numbers are hedged, in the words of six languages."""

import re

from counterfoil.extraction.expressions import Expression

_UNITS = {
    "accounts": "accounts profiles sockpuppets comptes profils Konten Accounts Profile Profilen Benutzerkonten "
    "cuentas perfiles "
    "аккаунт аккаунта аккаунтов аккаунты профиль профилей профиля акаунт акаунти акаунтів акаунта профілів профілі",
    "bots": "bots Bots ботов боты ботів боти",
    "personas": "personas personae",
    "pages": "pages Seiten páginas страниц страницы страница сторінок сторінки сторінку",
    "groups": "groups groupes Gruppen grupos групп группы группу груп групи",
    "channels": "channels chaînes canaux Kanäle Kanälen canales канал канала каналов каналы канали каналів",
    "servers": "servers serveurs Server servidores",
    "followers": "followers subscribers fans abonnés followeurs Follower Followern Abonnenten seguidores suscriptores "
    "подписчик подписчика подписчиков подписчики підписник підписників підписники підписника",
    "members": "members membres Mitglieder Mitgliedern miembros участников участника учасників учасники",
    "posts": "posts tweets publications messages toots Beiträge Beiträgen Posts Tweets Nachrichten "
    "publicaciones mensajes tuits "
    "публикация публикаций публикации постов поста посты сообщений сообщения дописів дописи допису публікацій "
    "публікації "
    "повідомлень повідомлення",
    "comments": "comments replies commentaires Kommentare Kommentaren comentarios комментариев комментария комментарии "
    "коментарів коментарі",
    "likes": "likes reactions лайков лайків",
    "shares": "shares reposts retweets partages Shares compartidos репостов репоста репостів поширень",
    "interactions": "interactions engagements interacciones Interaktionen",
    "views": "views impressions pageviews vues visionnages Aufrufe Aufrufen vistas visualizaciones reproducciones "
    "просмотр просмотра просмотров просмотры перегляд перегляди переглядів",
    "visits": "visits visitors visites visiteurs Besuche Besucher visitas посещений посетителей відвідувань",
    "domains": "domains domaines Domains Domänen dominios домен домена доменов домены доменів домени",
    "websites": "websites sites webpages outlets portals Webseiten Websites sitios сайт сайта сайтов сайты "
    "сайтів сайти",
    "blogs": "blogs Blogs блогов блогів",
    "urls": "URLs links liens Links enlaces ссылок посилань",
    "articles": "articles stories Artikel Artikeln artículos статья статей статьи стаття статей статті",
    "videos": "videos clips reels vidéos Videos vídeos видео видеороликов ролик роликов ролика відео "
    "відеороликів роликів",
    "images": "images photos memes pictures Bilder Fotos imágenes memes изображений фотографий зображень",
    "advertisements": "ads adverts advertisements commercials publicités annonces Anzeigen Werbeanzeigen "
    "anuncios объявлений "
    "объявления оголошень оголошення",
    "hashtags": "hashtags Hashtags хештегов хештегів",
    "emails": "emails e-mails E-Mails courriels correos писем листів",
    "petitions": "petitions",
    "employees": "employees staff staffers workers trolls salariés employés Mitarbeiter Mitarbeitern "
    "Beschäftigte Angestellte "
    "empleados trabajadores сотрудников сотрудника сотрудники работников працівників співробітників",
    "people": "people persons personnes Menschen Personen personas usuarios человек людей осіб",
    "users": "users utilisateurs Nutzer Nutzern internautes пользователей пользователя користувачів",
}
#: Word of a text -> unit. Spanish "personas" are people, English ones are invented.
UNITS = {word: unit for unit, words in _UNITS.items() for word in words.split()}
UNITS |= {
    form: unit for unit, words in _UNITS.items() for word in words.split() if word.isascii()
    for form in (word.capitalize(), word.upper()) if form not in UNITS
}  # fmt: skip
UNITS["personas"] = "personas"
#: One of them, where the number is a digit ("1 Page").
SINGULAR = {"account": "accounts", "Account": "accounts", "page": "pages", "Page": "pages", "group": "groups",
            "Group": "groups", "compte": "accounts", "cuenta": "accounts", "Konto": "accounts", "channel": "channels",
            "website": "websites", "domain": "domains", "event": "events", "Event": "events"}  # fmt: skip
#: Units of which prose has many that no analyst wants: they need a word of this field in their sentence.
ELSEWHERE = {
    "pages": Expression(
        r"facebook|instagram|meta\b|vk|account|group|follow|like|compte|konto|konten|cuenta|аккаунт|акаунт|груп|подпис|"
        r"підпис|network|réseau|netzwerk|\bред\b|fake|removed|suppr|entfern|(?-i:Pages)", re.I),
    "groups": Expression(r"facebook|whatsapp|telegram|account|page|member|compte|konten|cuenta|аккаунт|акаунт|"
    "removed|vk", re.I),
    "members": Expression(r"groups?\b|channel|server|chat|community|telegram|whatsapp|discord|groupe|gruppe|"
    "grupo|канал|групп|груп", re.I),
    "people": Expression(
        r"reach|follow|subscrib|joined|employ|hire|worked|staff|saw|seen|view|touch|atteint|erreich|alcanz|suiv|"
        r"gefolgt|"
        r"employait|beschäftig|emplea|охват|подпис|просмотр|работа|трудоустр|працю", re.I),
    "images": Expression(r"post|shared|account|meme|generated|publish|upload|spread", re.I),
    "emails": Expression(r"phish|sent|spam|envoy|отправ|розісла|hack|leak", re.I),
    "servers": Expression(r"discord|host|rented|infrastructure|command", re.I),
}  # fmt: skip
#: Before "pages": what has pages of paper.
PAPER = Expression(
    r"\b(?:report|document|dossier|book|memo\w{0,6}|indictment|file|brochure|manuscript|thesis|study|leak|pdf|"
    r"manual|letter|"
    r"rapport|livre|bericht|buch|informe|libro|доклад\w?|отчёт\w?|отчет\w?|звіт\w?)\b", re.I)  # fmt: skip

CURRENCIES = {
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "R$": "BRL", "HK$": "HKD",
    "NT$": "TWD", "$": "USD", "€": "EUR", "£": "GBP", "₽": "RUB", "₴": "UAH", "¥": "CNY", "₹": "INR", "₺": "TRY",
    "USD": "USD", "EUR": "EUR", "GBP": "GBP", "RUB": "RUB", "UAH": "UAH", "CHF": "CHF", "CNY": "CNY", "RMB": "CNY",
}  # fmt: skip
MONEY_WORDS = {
    "dollars": "USD", "dollar": "USD", "Dollar": "USD", "dólares": "USD", "долларов": "USD", "доллара": "USD",
    "доларів": "USD", "euros": "EUR", "euro": "EUR", "Euro": "EUR", "евро": "EUR", "євро": "EUR", "pounds": "GBP",
    "roubles": "RUB", "rubles": "RUB", "Rubel": "RUB", "rublos": "RUB", "рублей": "RUB", "рубля": "RUB",
    "рублів": "RUB",
    "hryvnias": "UAH", "hryvnia": "UAH", "гривень": "UAH", "гривен": "UAH", "yuan": "CNY", "renminbi": "CNY",
    "lei": "MDL", "francs": "CHF", "USDT": "USDT", "bitcoin": "BTC", "bitcoins": "BTC", "rupees": "INR", "lira": "TRY",
}  # fmt: skip
TIME_WORDS = {
    "minutes": "minutes", "hours": "hours", "days": "days", "weeks": "weeks", "months": "months", "heures": "hours",
    "jours": "days", "semaines": "weeks", "mois": "months", "Minuten": "minutes", "Stunden": "hours", "Tage": "days",
    "Tagen": "days", "Wochen": "weeks", "Monate": "months", "Monaten": "months", "minutos": "minutes", "horas": "hours",
    "días": "days", "semanas": "weeks", "meses": "months", "минут": "minutes", "часов": "hours", "часа": "hours",
    "дней": "days", "дня": "days", "недель": "weeks", "хвилин": "minutes", "годин": "hours", "години": "hours",
    "днів": "days", "дні": "days",
}  # fmt: skip
TIMES = Expression(r" (?:times|fois|Mal|mal|veces|раз|раза|разів|рази)(?!\w)")
#: What was done so many times -> the unit.
DONE_TIMES = {
    "views": Expression(
        r"view|watch|seen|\bsaw|played|\bvue?s?\b|visionn|regard|angesehen|gesehen|aufgerufen|vist[oa]|reproduc|"
        r"просмотр|перегля",
        re.I),
    "shares": Expression(
        r"shar|repost|retweet|forward|partag|relay|geteilt|weiterverbreitet|comparti|репост|поделил|пошир|"
        r"поділил|переслан", re.I),
    "downloads": Expression(r"download|install|télécharg|heruntergeladen|descarg|скач|завантаж", re.I),
}  # fmt: skip

_QUALIFIERS = {
    "at least": "at least|more than|over|upwards of|no fewer than|no less than|not less than|in excess of|exceeding|"
    "a minimum of|well over|plus de|plus d['’]|au moins|pas moins de|mehr als|über|mindestens|más de|al menos|"
    "por lo menos|"
    "более чем|более|больше|свыше|не менее чем|не менее|не меньше|как минимум|по меньшей мере|понад|більше ніж|більше|"
    "більш ніж|щонайменше|не менше|принаймні",
    "at most": "at most|up to|fewer than|less than|under|no more than|a maximum of|jusqu['’]à|moins de|moins "
    "d['’]|au plus|"
    "bis zu|weniger als|höchstens|hasta|menos de|como máximo|не более чем|не более|менее чем|менее|меньше|до|не "
    "більше|менше|"
    "менш ніж",
    "about": "about|around|approximately|approx\\.|roughly|some|nearly|almost|close to|an estimated|estimated|"
    "circa|ca\\.|c\\.|"
    "~|≈|just under|just over|or so|environ|près de|près d['’]|quelque|quelques|autour de|presque|rund|etwa|ungefähr|"
    "zirka|knapp|fast|gut|unos|unas|cerca de|alrededor de|aproximadamente|casi|около|примерно|приблизительно|"
    "почти|порядка|"
    "близько|приблизно|майже|орієнтовно|a few|several",
}
_QUALIFIER = Expression(
    r"(?<!\w)(?:"
    + "|".join(rf"(?P<{name.replace(' ', '_')}>{words})" for name, words in _QUALIFIERS.items())
    + r") ?(?:a |an |the |total of |une? |un |una )?$",
    re.I,
)


def qualifier_before(text: str, start: int) -> tuple[str, int]:
    """How a number is hedged ("about", "at least", "at most" or nothing) and where the hedge begins."""
    match = _QUALIFIER.search(text, max(0, start - 28), start)
    if not match:
        return "", start
    return (match.lastgroup or "").replace("_", " "), match.start()
