"""Is a text plainly about what only people can see to, though it sounds like our goals?

Somebody else's parcel has "parcel" and "came" in it, and no order of the customer's;
"your website is down" is like nothing that a model was taught: it gets silly choices.
"""

import re
from typing import Literal, TypeAlias

from bot.phrase import SIGN, Phrase
from intents.text import as_said

#: trouble: something is wrong on our side, and they do us a favour by saying so.
#: offer: they want work, or to sell or play something; no answer of ours is about it.
Matter: TypeAlias = Literal["trouble", "offer"]

#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 40, 60


_EN_GOODS = r"(orders?|parcels?|packages?|packets?|delivery|deliveries|post|stuff|box)"
_EN_NOT_MINE = (
    r"\b(some ?one|some ?body|another (person|customer)|(my )?neighbou?r)( elses?)? s? "
    r"?"
    rf"{_EN_GOODS}\b(?! (to|with|about) (me )?(some|any))"
    rf"|\b{_EN_GOODS} (\w+ ){{0,6}}(for|to|belongs to|addressed to|meant for) "
    r"(some ?(one|body) else|another (person|customer|name)|a different (person|"
    r"name))\b"
    rf"|\b{_EN_GOODS} (\w+ ){{0,5}}"
    r"(isn t|isnt|is not|s not|wasn t|wasnt|was not|aren t|not) "
    r"(mine|ours|for (me|us)|meant for (me|us)|addressed to (me|us)|in my name)\b"
)
_EN_CAME = (
    r"\b(got|gotten|get|received?|delivered|came|come|turned up|arrived|left (here|"
    r"with|at)|"
    r"sent me|gave me|given|dropped)\b"
)
_ES_GOODS = r"(paquetes?|pedidos?|env[ií]os?|encomiendas?|[oó]rden|cajas?|discos?)"
_ES_NOT_MINE = (
    rf"\b{_ES_GOODS} (\w+ ){{0,6}}(no (es|era|son) (m[ií][oa]s?|para m[ií]|nuestro)|"
    r"(de|para|a nombre de) (otr[oa] (persona|client[ea]|se[nñ]ora?)|alguien m[aá]s|"
    r"otr[oa]$|mi vecin[oa])|del vecino|de un vecino|ajeno)\b"
)
_ES_CAME = (
    r"\b(lleg\w+|recib\w+|entreg\w+|traj\w+|tra[ií]do|dej\w+|vino|"
    r"(enviaron|mandaron|enviado|mandado|dieron|dado|tengo))\b"
)
_FR_GOODS = r"(colis|paquets?|commandes?|disques?|livraison)"
_FR_NOT_MINE = (
    rf"\b{_FR_GOODS} (\w+ ){{0,6}}(n )?(est|etait|était|sont) pas "
    r"((à|a|pour) (moi|nous)|(le |la )?mienn?e?|à mon nom)\b"
    rf"|\b{_FR_GOODS} (\w+ ){{0,4}}(de|d|pour|à|au nom de|au nom d|destinée? à) "
    r"(quelqu un d autre|qqn d autre|une? autre (personne|cliente?)|mon voisin)\b"
    rf"|\b{_FR_GOODS} du voisin\b"
)
_FR_CAME = (
    r"\b(re[cç]ue?s?|re[cç]ois|livr[eé]e?s?|arriv[eé]e?s?|d[eé]pos[eé]e?s?|"
    r"donn[eé]e?s?|"
    r"envoy[eé]e?s?|chez moi)\b"
)
_AR_NOT_MINE = (
    r"\b(ال)?(طرد|شحنه|طلب|طلبيه|اوردر)(ا)? (\w+ ){0,4}"
    r"((ليس|ليست|مو|مش|مب) (لي|ليا|الي|حقي|بتاعي|طلبي)|لشخص (اخر|ثاني|تاني)|لغيري|"
    r"(باسم|يخص|تخص|بتاع|حق) (شخص|واحد|حد|احد|ناس) (اخر|ثاني|تاني|غيري)|"
    r"لواحد (ثاني|تاني)|(ل|حق |بتاع )(جاري|الجيران|جارتي))\b"
)
_AR_CAME = r"\bو?(وصل\w*|استلمت\w*|جان\w*|جاء\w*|جا|اجان\w*|سلمون\w*|عندي|توصلت)\b"
_ZH_NOT_MINE = re.compile(
    r"(收到|送来|寄来|拿到|送到|寄给我)(了|的是|的)?\w{0,3}"
    r"(别人|他人|邻居|其他人|另一个人|人家|不是我)的?(包裹|快递|订单|货|件|东西)"
    r"|(收到|送来|寄来|拿到|送到)\w{0,6}(包裹|快递|货|件|东西)"
    r"\w{0,4}(不是我的|是别人的|是邻居的)"
)
_NOT_MINE = (
    (re.compile(_EN_NOT_MINE), re.compile(_EN_CAME)),
    (re.compile(_ES_NOT_MINE), re.compile(_ES_CAME)),
    (re.compile(_FR_NOT_MINE), re.compile(_FR_CAME)),
    (re.compile(_AR_NOT_MINE), re.compile(_AR_CAME)),
)

_SITE = (
    r"(?<!tracking )(?<!courier )(web ?sites?|sites?|web ?pages?|home ?page|web ?shop|"
    r"online (shop|store)|app)"
)
_SITIO = (
    r"(web|p[aá]gina( web)?|sitio( web)?|tienda (online|en l[ií]nea)|app|aplicaci[oó]n)"
)
_SITE_FR = (
    r"(?<!tracking )(?<!courier )(site( web| internet)?|boutique en ligne|"
    r"appli(cation)?)"
)
_SITE_AR = r"(موقعكم|موقعك|الموقع|صفحتكم|متجركم|التطبيق|تطبيقكم|الابلكيشن|السايت)"
_DOWN = re.compile(
    rf"\b{_SITE} (\w+ ){{0,3}}(down|broken|crash\w*|frozen|freez\w*|offline|hacked|"
    r"not (working|loading|opening|responding))\b"
    rf"|\b{_SITE} (\w+ ){{0,2}}(isn t|isnt|won t|wont|doesn t|doesnt|does not|will not|"
    r"can t|cant) (even )?(work|working|load|loading|open|opening|respond|responding)\b"
    rf"|\b(can t|cant|cannot|couldn t) (even )?(open|load|get (on|onto|into)|access|"
    rf"reach) "
    rf"(to )?(your |the ){_SITE}\b"
    rf"|\b{_SITIO} (\w+ ){{0,2}}(no (me |nos )?(funciona|carga|abre|anda|va|responde|"
    r"sirve|jala)|(est[aá]|sigue) (ca[ií]d[ao]|rot[ao]|en blanco|fuera de servicio|"
    r"bloquead[ao])|se (cae|cay[oó]|ha ca[ií]do|cuelga|bloquea|queda en blanco))\b"
    rf"|\bno (me |nos )?(funciona|carga|abre|anda|va|jala) (bien )?(la|el|su|vuestra|"
    rf"tu) "
    rf"{_SITIO}\b|\bno puedo (entrar (en|a)|abrir) (la|el|su|vuestra|tu) {_SITIO}\b"
    rf"|\b{_SITE_FR} (\w+ ){{0,2}}(marche|fonctionne|charge|s ouvre|r[eé]pond) "
    r"(pas|plus|mal)\b"
    rf"|\b{_SITE_FR} (\w+ ){{0,2}}(en panne|down|hs|hors service|plant[eé]e?|plante|"
    r"bloqu[eé]e?|inaccessible|bug\w*)\b"
    rf"|\b{_SITE_AR} (\w+ ){{0,2}}(لا|ما|مو|مش|لم) ?(ي|ت|بي|بت)?(عمل|شتغل|شغال|شغاله|"
    r"فتح|حمل|ستجيب)\b"
    rf"|\b{_SITE_AR} (\w+ ){{0,2}}(معطل|واقع|طايح|خربان|معلق|متوقف|عطلان)\b"
    rf"|\b(لا|ما|مو|مش) ?(ي|بي)(عمل|شتغل|فتح) (معي |عندي )?{_SITE_AR}\b"
)
_DOWN_IN_CHINESE = re.compile(
    r"(网站|网页|网店|官网|小程序)\w{0,4}(打不开|崩了|崩溃|进不去|加载不|坏了|挂了|出错|"
    r"报错|没反应|无法(打开|访问|加载)|用不了)|打不开(你们的?)?(网站|网页|网店|官网)"
)

_EN_WARES = r"(records?|vinyls?|lps?|cds?|albums?|collection|music)"
_OFFERS = re.compile(
    r"\b(are|r) (you|u|ye) (\w+ ){0,2}(hiring|recruiting)\b"
    r"|\b(any|have|got|offer) (\w+ )?(jobs?|vacanc(y|ies)|internships?|work "
    r"experience)\b"
    r"|\b(job|apply|applying|application)( \w+){0,3} (a |the )?(job|position|vacancy)\b"
    r"|\b(hand in|drop off|send you|send in) (my|a) (cv|resume|r[eé]sum[eé])\b"
    r"|\b(do|would|will) (you|u|ye)( \w+){0,2} buy (\w+ ){0,2}"
    rf"(second ?hand|secondhand|used|old|my|our|back) ?(\w+ )?{_EN_WARES}?\b"
    rf"|\b(sell|selling) (you |u )?(my|our) (\w+ ){{0,2}}{_EN_WARES}\b"
    rf"|\b(stock|sell|carry|distribute) (my|our) (\w+ )?(ep|book|zine|{_EN_WARES})\b"
    r"|\b(my|our) (band|group|choir)( \w+){0,3} (play|perform|gig)\b"
    r"|\b(tienen|ten[eé]is|hay|ofrecen) (\w+ )?(trabajo|empleos?|vacantes?|"
    r"pr[aá]cticas)\b"
    r"|\b(busca|buscan|busc[aá]is|necesitan) (personal|gente|empleados|"
    r"dependient[ea]s?)\b"
    r"|\b(enviar|mandar|dejar)( \w+){0,3} (curr[ií]cul\w*|cv)\b"
    r"|\b(compran|compr[aá]is) (\w+ ){0,2}(usad[oa]s|de segunda mano|viejos|antiguos)\b"
    r"|\b(vender(les|os|te)?|vendo) (mis|mi|unos) (\w+ )?"
    r"(discos|vinilos|colecci[oó]n|cds)\b"
    r"|\b(mi|nuestr[oa]) (grupo|banda|coro)( \w+){0,4} (tocar|actuar|toque)\b"
    r"|\b(recrutez|embauchez)\b|\bcandidature spontan[eé]e\b|\boffres? d emploi\b"
    r"|\b(d[eé]poser|envoyer|laisser)( \w+){0,2} (cv|candidature)\b"
    r"|\b(achetez|reprenez|rachetez)( \w+){0,3} (d occasion|vieux|anciens)\b"
    r"|\bvendre (mes|ma) (\w+ )?(disques|vinyles|collection|cds?)\b"
    r"|\b(mon|notre) (groupe|ch[oœ]ur)( \w+){0,4} jouer\b"
    r"|\b(عندكم|فيه|في|يوجد|توجد|عندك) (اي )?(وظايف|وظيفه|شغل|توظيف|فرص عمل)\b"
    r"|\b(تشترون|بتشتروا|تشتروا|تشتري) (\w+ ){0,3}(مستعمل\w*|قديم\w*)\b"
    r"|\b(ابيع|بيع) (لكم |عليكم )?(اسطواناتي|مجموعتي|فينيلاتي)\b"
)
_OFFERS_IN_CHINESE = re.compile(
    r"(还|在|你们)?(招人|招聘|招工|招员工)[吗么]?|(应聘|求职|投简历)"
    r"|(收|回收|收购)(二手|旧)的?(黑胶|唱片|cd)?|卖(给你们)?(我的|自己的)(唱片|黑胶|收藏)"
    r"|我们?的?乐队\w{0,6}(演出|表演|演)"
)
_IS_DOWN = Phrase(_DOWN, _DOWN_IN_CHINESE)
_OFFERED = Phrase(_OFFERS, _OFFERS_IN_CHINESE)


def matter(text: str) -> Matter | None:
    """Return what a text is about that only people see to, in any of the languages."""
    words = as_said(text)
    together = words.replace(" ", "")
    if _is_long(text, words):
        return None
    if _not_mine(words, together) or site_is_down(text):
        return "trouble"
    return "offer" if _OFFERED.is_in(text) else None


def not_mine(text: str) -> bool:
    """Whether a text says that what came is somebody else's."""
    words = as_said(text)
    return _not_mine(words, words.replace(" ", ""))


def site_is_down(text: str) -> bool:
    """Whether a text says that the shop's own site does not work."""
    return _IS_DOWN.is_in(text)


def _not_mine(words: str, together: str) -> bool:
    said = any(what.search(words) and came.search(words) for what, came in _NOT_MINE)
    return said or bool(_ZH_NOT_MINE.search(together))


def _is_long(text: str, words: str) -> bool:
    in_chinese = SIGN.search(text) is not None
    return len(words.split()) > (MOST_SIGNS if in_chinese else MOST_WORDS)
