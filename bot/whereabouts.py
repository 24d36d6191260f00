"""Does a customer ask, in so many words, where the order is? However angry they are.

Who shouts "WHERE IS MY ORDER, what a shambles" complains, and a person comes for a
complaint; but what they want to know we can tell at once.
"""

import re

from bot.phrase import Phrase

_THING = r"(order|parcel|package|packet|delivery|shipment|stuff|record|records|lp|lps)"
#: As `normalise` writes them.
_ARABIC_THING = (
    "(طلبي|طلبيتي|طلبيه|الطلبيه|الطلب|طردي|الطرد|شحنتي|الشحنه|اوردري|الاوردر|بضاعتي|"
    "اغراضي|الكوموند|كوموندتي)"
)
_COSA = r"(pedido|orden|compra|paquete|encomienda|encargo|env[ií]o|discos?|vinilos?)"
_CHOSE = r"(commande|colis|paquet|livraison|articles?|disques?|vinyles?)"
_SAYS = re.compile(
    r"\bwhere( [\w']+){0,3} (is|s|are|has|have|did) (my|our|the|it)( [\w']+)? ?"
    rf"{_THING}\b"
    rf"|\bwheres (my|our|the) {_THING}\b"
    rf"|\b(my|our) {_THING} (\w+ ){{0,2}}"
    r"(hasn t|hasnt|has not|haven t|never|isn t|not) "
    r"(\w+ )?(come|came|arrived?|here|turned up|shown? up|showed up|been delivered)\b"
    rf"|\b(waiting|waited) (\w+ ){{0,3}}for (my|our|the|this) {_THING}\b"
    r"|\bd[oó]nde( \w+){0,3} (est[aá]n?|andan?|van?|vienen?|qued[oó]|para)( \w+)? "
    rf"(mi|mis|el|los|nuestro|nuestra) {_COSA}\b"
    rf"|\b(mi|el) {_COSA} (\w+ ){{0,3}}(no|sin) (me )?(ha |han )?"
    r"(llegado|llega|lleg[oó]|llegar|aparece)\b"
    r"|\bno (me |nos )?(ha |han )?(llegado|llegan?|lleg[oó]|llegaron|aparece) "
    rf"(todav[ií]a |a[uú]n )?(mi|mis) {_COSA}\b"
    r"|\bo[uù]( \w+){0,3} (est|sont|en est|se trouve|reste)( pass[eé]e?s?| rendue?s?)? "
    rf"(ma|mon|mes|la|le) {_CHOSE}\b"
    rf"|\b(est|sont) (rendue?s? )?o[uù] (ma|mon|mes) {_CHOSE}\b"
    rf"|\b(ma|mon|mes) {_CHOSE} ((elle|il|en|ils|elles) )*(est|sont) (où|ou$)"
    rf"|\b(ma|mon) {_CHOSE} (\w+ ){{0,4}}pas (encore )?(arriv|re[cç]u|l[aà]|livr)"
    rf"|\b(rien|pas) (encore |toujours )?re[cç]ue?s? (ma|mon|mes) {_CHOSE}\b"
    rf"|\b[وف]?(وين|فين|اين|وينه|فينه|وينها) (هو |هي |صار |صارت )?{_ARABIC_THING}\b"
    rf"|\b{_ARABIC_THING} ((وينه|فينه|وينها|فينها)\b|(وين|فين)( وصلت?| صارت?)?$)"
    rf"|\b{_ARABIC_THING} (\w+ ){{0,2}}"
    r"(ما|لم|مو|مش|ماوصل\w*) ?(وصل\w*|يصل|تصل|اجا|جا|جاني|اجت)\b"
    # "If the order does not come" asks for something else.
    r"|(?<!اذا )(?<!لو )(?<!ان )\b(لم|ما|مو) ?(وصل\w*|يصل\w*|تصل\w*|اجا\w*|اجت\w*|"
    rf"استلم\w*) (بعد |لسه )?{_ARABIC_THING}\b"
)
_IN_CHINESE = re.compile(
    # Not "where is the number of my order", "where do I change the address".
    r"(订单|包裹|快递|唱片|(?<![退收发])货)((?!单?号|地址)\w){0,4}(在哪|到哪|去哪|哪里|哪儿|哪去|还没到|还没收到|没到|没收到)"
)
#: How far it is: "an update on my order", "has my order shipped yet".
_HOW_FAR = re.compile(
    rf"\b(status|progress|update|news) (of|on|about|for|regarding) "
    rf"(my |the |our |this |an? )?{_THING}\b"
    r"(?! (refund|return|cancel)\w*)"
    rf"|\b(did|has|have|is|are|was) (my|the|our) {_THING} (\w+ )?"
    r"(ship|shipped|ships|been shipped|been sent|sent|dispatched|gone out|on its way)\b"
    rf"|\b(estado|estatus|status|situaci[oó]n) (del?|de mi|de la|del?l? mi) (\w+ "
    rf")?{_COSA}\b"
    rf"|\b(sali[oó]|enviaron|mandaron|despacharon|enviado|mandado) (ya )?(mi|el) "
    rf"{_COSA}\b"
    rf"|\b([eé]tat|statut|avancement|suivi) (de|du) (la |ma |mon |cette )?{_CHOSE}\b"
    rf"|\b(ma|mon) {_CHOSE} (est|a)( t)? (elle |il )?(d[eé]j[aà] )?"
    r"(partie?|exp[eé]di[eé]e?|envoy[eé]e?)\b"
    rf"|\b(حاله|وضع|اخبار) {_ARABIC_THING}\b"
)
_HOW_FAR_IN_CHINESE = re.compile(
    r"(订单|包裹|快递)的?(状态|进度|情况|进展)|(订单|包裹)(发货|寄出|发出)了?(吗|没)"
)
#: The same of what was spoken of before: "where is it", "tell me where it is".
_OF_IT = re.compile(
    r"\bwhere( \w+){0,1} (it|its|they|it s)( is| are| now| got to| gone)?\b"
    r"|\bwhere (is|s|are|has) (it|they|mine)\b"
    r"|\bd[oó]nde (est[aá]n?|anda|andan|va|van|qued[oó])( ahora)?$"
    r"|\bo[uù] (en )?(il|elle|ils|elles|ça|ca) (en )?(est|sont)\b"
    r"|\bo[uù] (en )?(est|sont) (il|elle|ils|elles)\b"
    r"|\b(il|elle|ils|elles) (en )?(est|sont) (où|ou$)"
    r"|\b(وين|فين|اين) (هو|هي|صار|صارت|وصل|وصلت)\b|\b(وينه|وينها|فينه|فينها)\b"
)
_OF_IT_IN_CHINESE = re.compile(
    r"(告诉我|它|东西|那|现在)(它|现在)?(在哪|到哪|在什么地方)|^(它)?(到哪|在哪)(里|儿)?了?(呢)?$"
)

#: When that comes which was spoken of, and no more than that.
_WHEN = re.compile(
    r"\bwhen (will|does|do|is|are|s|should|can) (it|they|that|this|mine) "
    r"(be |going to |gonna )*(come|coming|arrive|arriving|get here|here|delivered)"
    r"( then)?$"
    r"|\bwhen (will|does|do|is|are|s) (it|they|that|this|mine) (be |get |going to )*"
    r"(sent|send|ships?|shipped|dispatched|leave|leaving|posted|going out|go out)"
    r"( out)?$"
    r"|\bwhen (should|can|will|do) i (expect|get|receive) (it|them|that)( then)?$"
    r"|^(y |pero |entonces )*cu[aá]ndo (me |nos )?(va a |van a )?"
    r"(llega|llegar[aá]?|llegan|llegar[aá]n|viene|vendr[aá])$"
    r"|^(y |pero |entonces )*cu[aá]ndo (me |se )?(lo |la )?"
    r"(sale|saldr[aá]|env[ií]an?|enviar[aá]n|mandan?|mandar[aá]n|despachan?)$"
    r"|\b(il|elle|ils|elles|[cç]a) (va |vont |me )*(arriv|vien)\w+ (quand|kan)$"
    r"|\b(quand|kan) (est ce )?(qu |que )?(il|elle|ils|elles|[cç]a) "
    r"(va |vont |me )*(arriv|vien)\w+$"
    r"|\b(quand|kan) (est ce )?(qu |que )?(il|elle|ils|elles|[cç]a) "
    r"(est |sera |sont |va |part )*(part|partir|exp[eé]di\w+|envoy\w+)$"
    r"|\b(quand|kan) arriver?a?i? t (il|elle)$"
    r"|^(و|طيب|بس|ف)? ?[وف]?(متي|امتي|امتا|ايمتي|ايمتا|ايمت|وقتاش|فوقاش) "
    r"(راح |رح |غادي )?[\u0621-\u064a]{0,3}(وصل|صل|جي)(ني|نا|ه|ها)?$"
    r"|^(و|طيب|بس|ف)? ?[وف]?(متي|امتي|امتا|ايمتي|ايمتا|ايمت) (راح |رح |غادي )?"
    r"[\u0621-\u064a]{0,3}(شحن|رسل|بعت|طلع)(و|وا|ون|ونه|ونها|وه|وها|ه|ها)?$"
)
_WHEN_IN_CHINESE = re.compile(
    r"^(那|它|请问|大概|大约|预计|要|还要|还)*(什么时候|啥时候|何时|几时|几号|哪天|几天|多久|甚么时候)"
    r"(才|会|可以|能|可|到底)*(到|送到|到货|收到|送达|寄到|发货|发出|寄出|發貨|寄出去)(呢|啊|呀|了|我)*$"
)
_ORDER = Phrase(_SAYS, _IN_CHINESE)
_FAR = Phrase(_HOW_FAR, _HOW_FAR_IN_CHINESE)
_IT = Phrase(_OF_IT, _OF_IT_IN_CHINESE)
_COMES = Phrase(_WHEN, _WHEN_IN_CHINESE)


def asks_for_it(text: str) -> bool:
    """Whether a text asks where that is which was spoken of, or when it comes."""
    return _IT.is_in(text) or _COMES.is_in(text)


def asks_for_order(text: str) -> bool:
    """Whether a text asks, in any of the languages, where an order is."""
    return _ORDER.is_in(text)


def asks_how_far(text: str) -> bool:
    """Whether a text asks, in any of the languages, how far an order is."""
    return _FAR.is_in(text)
