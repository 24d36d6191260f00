"""Does a customer say that something was missing from what came? In so many words.

"The box was there but the cable is missing" has more of a lost parcel in it, for a
model that counts words, than of one that came in part.
"""

import re

from intents.text import as_said

#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 24, 32

#: What is looked up, sent again or paid back where it is missing: other goals do that.
_EN_OTHER = (
    r"(orders?|parcels?|packages?|deliver(y|ies)|shipments?|box(es)?|letter|refunds?|"
    r"money|tickets?|(e ?)?mails?|confirmation|invoice|receipt|code|link|button|"
    r"website|page|address|name|number|nothing|anything|everything)"
)
_EN_THING = (
    r"(part|piece|item|cable|screw|plug|charger|cord|wire|lid|battery|manual|bolt|nut|"
    r"accessory|adapter|cover|stand|needle|sleeve|poster|page|instruction)s?"
)
_EN_HELD = r"(box(es)?|parcel|package|packet|bag|carton|envelope|order|set|kit)"
_EN = (
    rf"\b(?!{_EN_OTHER}\b)\w+ (is|are|was|were|s|seems to be) (still |also )?missing\b"
    rf"|\b{_EN_THING} (\w+ )?missing\b|\bmissing (\w+ ){{0,2}}{_EN_THING}\b"
    rf"|\b(there s|there is|there are|theres) (\w+ ){{1,3}}missing (from|in|out of)\b"
    rf"|\b(it s|its|is|was|are|{_EN_HELD}) missing (a|an|the|one|its|some|two|1|2) "
    rf"(?!{_EN_OTHER}\b)\w+"
    r"|\b(you|u|they) (\w+ )?(forgot|forgotten) to (include|pack|add|send|put)( in)? "
    rf"(the|a|an|one|my|his|her) (?!{_EN_OTHER}\b)\w+"
    rf"|\b(?!{_EN_OTHER}\b)\w+ (wasn t|isn t|weren t|aren t|was not|is not|not) "
    rf"(included )?(in|inside) (the|my|that) {_EN_HELD}\b"
    r"|\b(came|arrived|delivered|sent) (\w+ ){0,2}without (a|an|the|its|any) "
    rf"(?!{_EN_OTHER}\b)\w+"
)
_ES_OTHER = (
    r"(reembolso|reintegro|devoluci[oó]n|dinero|plata|entradas?|boletos?|pases?|correo|"
    r"e ?mail|c[oó]digo|n[uú]mero|factura|recibo|confirmaci[oó]n|pedido|paquete|"
    r"env[ií]o|caja|d[ií]as?|horas?|semanas?|minutos?|mucho|poco|paso|respeto|l[ií]nea|"
    r"enlace|destino|direcci[oó]n|talla|otr[oa]|nada|mitad|resto|"
    r"libras?|euros?|pesos|d[oó]lares|justificante|adjunto|eternidad)"
)
_ES_ARTICLE = r"(el|la|los|las|un|una|uno|unos|unas|dos|tres|varios|varias|mi|1|2|3)"
_ES_THING = (
    r"(piezas?|partes?|tornillos?|cables?|cargador|accesorios?|art[ií]culos?|"
    r"productos?|instrucciones|manual|tapas?|enchufe)"
)
_ES = (
    rf"\bfalt(a|an|aba|aban|ó) ({_ES_THING}|{_ES_ARTICLE} (?!{_ES_OTHER}\b)\w+)\b"
    rf"|\b(olvid\w+) (de )?(incluir|meter|poner|echar|a[nñ]adir)(me|nos)? "
    rf"{_ES_ARTICLE} (?!{_ES_OTHER}\b)\w+"
    rf"|\bno (ven[ií]an?|tra[ií]an?|inclu[ií]an?) {_ES_ARTICLE} (?!{_ES_OTHER}\b)\w+"
    rf"|\b(vino|lleg[oó]|vinieron|llegaron|ha llegado|ha venido) sin "
    rf"({_ES_ARTICLE} )?(?!{_ES_OTHER}\b)\w+"
)
_FR_OTHER = (
    r"(remboursement|argent|billets?|places?|e ?mail|mail|confirmation|code|num[eé]ro|"
    r"facture|re[cç]u|commande|colis|livraison|paquet|carton|temps|jours?|heures?|"
    r"ligne|"
    r"destination|croix|lien|info\w*|adresse|rien|moiti[eé]|reste|euros?|horaires|"
    r"r[eé]ponse|chemin|envie)"
)
_FR_ARTICLE = r"(le|la|les|l|un|une|des|deux|trois|plusieurs|mon|ma|mes|1|2|3)"
_FR = (
    rf"\b(il|lui|me|nous|qu il|y) manqu(e|ent|ait) {_FR_ARTICLE} (?!{_FR_OTHER}\b)\w+"
    rf"|\b{_FR_ARTICLE} (?!{_FR_OTHER}\b)\w+ manqu(e|ent|ait)\b"
    rf"|\boubli[eé]e? (de |d )?(mettre|inclure|joindre|ajouter) {_FR_ARTICLE} "
    rf"(?!{_FR_OTHER}\b)\w+"
    r"|\b(arriv[eé]e?s?|re[cç]ue?s?|livr[eé]e?s?) sans "
    rf"({_FR_ARTICLE} )?(?!{_FR_OTHER}\b)\w+"
    rf"|\b{_FR_ARTICLE} (?!{_FR_OTHER}\b)\w+ (n |ne )?([eé]tait|est|[eé]taient) pas "
    r"(dans|dedans)( (le|la|mon) (bo[iî]te|carton|colis|paquet))?\b"
)
_AR_OTHER = (
    r"(مبلغ|فلوس\w*|رصيد|تذكره|تذاكر|ايميل|بريد|كود|رمز|رقم|فاتوره|طلب|طلبي|طرد|شحنه|"
    r"اوردر|شي|استرداد|وقت|حفله|حفل|من|عن|شقه|عنوان|توصيل|حساب\w*)"
)
_AR_THING = rf"(?!(ال)?{_AR_OTHER}\b)\w+"
_AR_HELD = r"(علبه|كرتون|صندوق|طرد|باكيت|طلب|طلبيه|كيس)"
_AR = (
    rf"\b(ناقص|ناقصه|ناقصها|ناقصني|نقص|ينقصه|ينقصها) {_AR_THING}\b"
    rf"|\b(?!(ال)?{_AR_OTHER}\b)\w+ (ناقص|ناقصه|مفقود|مفقوده)\b"
    r"|\bنسيتو?ا?ا? (تحط\w*|تضع\w*|ترسل\w*|تبعت\w*|ترفق\w*) "
    rf"{_AR_THING}\b"
    rf"|\b{_AR_THING} (مو|مش|غير|ليس|ما كان) موجوده? (فيه|فيها|(في|داخل|ب) ?(ال)?"
    rf"{_AR_HELD})\b"
)
_SAID = re.compile("|".join((_EN, _ES, _FR, _AR)))
_ZH_OTHER = r"(钱|款|票|积分|邮件|优惠|折扣|天|月|小时|时间|东西收|块钱|元|到|收)"
_IN_CHINESE = re.compile(
    rf"(少|缺|漏)(了|发了?|寄了?|装了?|放了?)(?!\w{{0,4}}{_ZH_OTHER})\w"
    rf"|缺(一|两|二|三|几|个|件|块|根)(?!\w{{0,3}}{_ZH_OTHER})"
    rf"|(盒子?|箱子?|包裹|袋子?)(里|中)面?(都)?没有?(?!\w{{0,3}}{_ZH_OTHER})\w"
)
#: What may be missing one day, is not, or is no thing that was sent.
_NOT = re.compile(
    r"\b(if|what if|is anything|nothing|will|would|si|nada|rien|pas mal|"
    r"festival|concert|concierto|show|venue|when|cu[aá]ndo|quand|لو|اذا|هل|كم|متي|"
    r"امتي|ايمتي)\b"
    r"|\b(refund|ticket|website|site|app)s? (\w+ ){0,2}missing\b"
)
_NOT_IN_CHINESE = re.compile(
    "退款|如果|万一|会不会|演出|门票|缺货|什么时候|几号|哪天|另一|还没|钱包"
)


def says_so(text: str) -> bool:
    """Whether a text says, in any of the languages, that not all was there."""
    said = as_said(text)
    together = said.replace(" ", "")
    if _IN_CHINESE.search(together):
        return len(together) <= MOST_SIGNS and not _NOT_IN_CHINESE.search(together)
    if len(said.split()) > MOST_WORDS or _NOT.search(said):
        return False
    return _SAID.search(said) is not None
