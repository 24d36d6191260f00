"""Does a customer ask, in so many words, where the order is? However angry they are.

Who shouts "WHERE IS MY ORDER, what a shambles" complains, and a person comes for a
complaint; but what they want to know we can tell at once.
"""

import re

from intents.text import bare, normalise

_THING = r"(order|parcel|package|packet|delivery|shipment|stuff|record|records|lp|lps)"
_SAYS = re.compile(
    r"\bwhere( [\w']+){0,3} (is|s|are|has|have|did) (my|our|the|it)( [\w']+)? ?"
    rf"{_THING}\b"
    rf"|\bwheres (my|our|the) {_THING}\b"
    rf"|\b(my|our) {_THING} (\w+ ){{0,2}}"
    r"(hasn t|hasnt|has not|haven t|never|isn t|not) "
    r"(\w+ )?(come|came|arrived?|here|turned up|shown? up|showed up|been delivered)\b"
    rf"|\b(waiting|waited) (\w+ ){{0,3}}for (my|our|the|this) {_THING}\b"
    r"|\bd[oó]nde( \w+){0,3} (est[aá]n?|anda|qued[oó]|para)( \w+)? (mi|mis|el|nuestro) "
    r"(pedido|paquete|env[ií]o|discos?)\b"
    r"|\b(mi|el) (pedido|paquete|env[ií]o) (\w+ ){0,3}(no|sin) (me )?(ha |han )?"
    r"(llegado|llega|lleg[oó]|llegar|aparece)\b"
    r"|\bo[uù]( \w+){0,3} (est|sont|en est|se trouve|reste) (ma|mon|mes|la|le) "
    r"(commande|colis|paquet|disques?|vinyles?)\b"
    r"|\b(ma commande|mon colis) (\w+ ){0,4}pas (encore )?(arriv|re[cç]u|l[aà]|livr)"
    r"|\b(toujours|encore) (rien|pas) re[cç]u (ma commande|mon colis)\b"
    r"|\b(وين|فين|اين|وينه|فينه|وينها) (هو |هي |صار |صارت )?"
    r"(طلبي|طلبيتي|طلبيه|الطلبيه|الطلب|طردي|الطرد|شحنتي|الشحنه|اوردري|الاوردر|بضاعتي)\b"
    r"|\b(طلبي|طلبيتي|الطلب|طردي|شحنتي|الشحنه|الاوردر|اوردري) (\w+ ){0,2}"
    r"(ما|لم|مو|مش|ماوصل\w*) ?(وصل\w*|يصل|تصل|اجا|جا|جاني|اجت)\b"
)
_IN_CHINESE = re.compile(
    r"(订单|包裹|快递|唱片|货)(\w{0,4})(在哪|到哪|去哪|哪里|哪儿|哪去|还没到|还没收到|没到|没收到)"
)


def asks_for_order(text: str) -> bool:
    """Whether a text asks, in any of the languages, where an order is."""
    words = bare(normalise(text))
    return bool(_SAYS.search(words) or _IN_CHINESE.search(words.replace(" ", "")))
