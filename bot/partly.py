"""Is only a part of an order to be called off, and the rest kept?

"Keep the record but cancel the shirt" takes no wish back, and wants no order cancelled:
both would do what nobody asked for. Which things an order has, and what is left to pay,
is for people.
"""

import re

from bot.phrase import Phrase

#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 30, 40

#: What is called off by itself, and is no thing in an order.
_EN_OTHER = (
    r"(?!(of )?(the |my |these )?(\w+ )?(orders?(?! orderno)|thing|lot|parcels?|"
    r"packages?|returns?|refunds?|exchange|tickets?|seats?|places?|bookings?|"
    r"reservations?|reminders?|subscription|account|"
    r"payments?|deliver\w+|address\w*|codes?|vouchers?|discounts?|names?|notes?|"
    r"request|cancell?ation|whole|entire|rest|money|cash|deposit|concerts?|shows?|"
    r"gigs?|events?|"
    r"night|workshops?|first|second|third|other|last|latest|duplicate)\b)"
)
_EN_THING = rf"(the|my|that|this|those|these|both|one|1|two|2) {_EN_OTHER}\w+"
_EN_KEEP = r"(keep|leave|still (want|need|like)|want to keep|send me)"
_EN_OFF = r"(cancel|remove|drop|scrap)"
_EN = (
    rf"\b{_EN_KEEP} {_EN_THING} (\w+ ){{0,6}}{_EN_OFF} (only |just )?{_EN_THING}\b"
    rf"|\b{_EN_OFF} (only |just )?{_EN_THING} (\w+ ){{0,8}}{_EN_KEEP} "
    rf"((the )?(rest|others?|other one|everything)|{_EN_THING})\b"
    rf"|\b(cancel|remove) (only|just) {_EN_THING}\b"
    rf"|\b(only|just) (cancel|remove) {_EN_THING}\b"
    r"|\b(don t|dont|do not) cancel (it all|all|everything|the whole \w+|"
    rf"the entire \w+|{_EN_THING}) (\w+ ){{0,4}}(only|just) {_EN_THING}\b"
    rf"|\b{_EN_OFF} (a )?(part|half|some) of (my|the|this|that|it)\b"
    rf"|\b{_EN_OFF} (just |only )?(one|1|some|two|2) (of (the|my) )?"
    r"(\w+ )?(items?|things?|products?|articles?)\b"
    rf"|\b(remove|take|cancel|drop|delete) {_EN_THING} (\w+ ){{0,4}}"
    r"(from|off|out of) (my|the|that|this|our) (\w+ )?order\b"
    rf"|\b(remove|take|cancel|drop|delete) {_EN_THING} (\w+ ){{0,4}}"
    r"(from|off|out of) (order )?orderno\b"
)
_EN += (
    r"|^(?!.*\borders\b).*\bcancel (just |only )?(one|some|1) of (them|those|these)\b"
    rf"|\bcancel (\w+ ){{0,5}}but (\w+ ){{0,3}}(still (like|want|need)|keep|leave) "
    rf"{_EN_THING}\b"
)
_ES_OTHER = (
    r"(?!(\w+ )?(pedidos?|orden|compra|paquete|env[ií]o|devoluci[oó]n|reembolso|cambio|"
    r"entradas?|boletos?|plazas?|asientos?|reservas?|recordatorios?|suscripci[oó]n|"
    r"cuenta|pago|direcci[oó]n|c[oó]digo|cup[oó]n|descuento|nombre|tarjeta|solicitud|"
    r"cancelaci[oó]n|resto|todo|dinero|plata|conciertos?|funci[oó]n|eventos?|taller|"
    r"espect[aá]culo|primer[oa]?|segund[oa]|otr[oa]|[uú]ltim[oa]|duplicad[oa])\b)"
)
_ES_THING = rf"(el|la|los|las|mi|un|una|uno|ese|esa|dos) {_ES_OTHER}\w+"
_ES_KEEP = (
    r"(me quedo( con)?|qu[eé]d\w+( con)?|d[eé]j\w+|mant[eé]n\w*|cons[eé]rv\w+|"
    r"quiero|s[ií] quiero)"
)
_ES_OFF = r"(cancel\w+|anul\w+|quit\w+|elimin\w+)"
_ES_ONLY = r"(solo|s[oó]lo|solamente|[uú]nicamente|nada m[aá]s)"
_ES = (
    rf"\b{_ES_KEEP} {_ES_THING} (\w+ ){{0,6}}{_ES_OFF} ({_ES_ONLY} )?{_ES_THING}\b"
    rf"|\b{_ES_OFF} ({_ES_ONLY} )?{_ES_THING} (\w+ ){{0,8}}{_ES_KEEP} "
    rf"((el )?resto|lo dem[aá]s|los? otr[oa]s?|{_ES_THING})\b"
    rf"|\b{_ES_OFF} {_ES_ONLY} {_ES_THING}\b"
    rf"|\b{_ES_ONLY} (\w+ ){{0,2}}{_ES_OFF} {_ES_THING}\b"
    rf"|\bno (me )?{_ES_OFF} (todo|todos|toda|{_ES_THING}) (\w+ ){{0,4}}"
    rf"{_ES_ONLY} {_ES_THING}\b"
    rf"|\b{_ES_OFF} (una )?parte de(l| mi| la)\b"
    rf"|\b{_ES_OFF} (un[oa]?|alg[uú]n\w*) de (los|las|mis) "
    r"(art[ií]culos?|productos?|cosas?)\b"
    rf"|\b{_ES_OFF} {_ES_THING} (\w+ ){{0,3}}(del|de mi|de la|de este|de ese) "
    r"(pedido|compra|orden)\b"
)
_FR_OTHER = (
    r"(?!(\w+ )?(commandes?|achat|colis|paquet|livraison|retour|remboursement|"
    r"[eé]change|billets?|places?|si[eè]ges?|r[eé]servations?|rappels?|abonnement|"
    r"compte|"
    r"paiement|adresse|code|coupon|r[eé]duction|nom|carte|demande|annulation|reste|"
    r"tout|argent|concerts?|spectacle|atelier|soir[eé]e|premi[eè]re?|seconde?|"
    r"deuxi[eè]me|autre|derni[eè]re?|doublon)\b)"
)
_FR_THING = rf"(le|la|les|l|mon|ma|un|une|deux|ce|cette) {_FR_OTHER}\w+"
_FR_KEEP = r"(gard\w+|laiss\w+|conserv\w+|veux (toujours|encore|quand m[eê]me))"
_FR_OFF = r"(annul\w+|enlev\w+|retir\w+|supprim\w+)"
_FR_ONLY = r"(seulement|uniquement|juste|que|simplement)"
_FR = (
    rf"\b{_FR_KEEP} {_FR_THING} (\w+ ){{0,6}}{_FR_OFF} ({_FR_ONLY} )?{_FR_THING}\b"
    rf"|\b{_FR_OFF} ({_FR_ONLY} )?{_FR_THING} (\w+ ){{0,8}}{_FR_KEEP} "
    rf"((le )?reste|les autres|l autre|{_FR_THING})\b"
    rf"|\b{_FR_OFF} {_FR_ONLY} {_FR_THING}\b"
    rf"|\b{_FR_ONLY} {_FR_OFF} {_FR_THING}\b"
    rf"|\b{_FR_OFF} pas (tout|toute la \w+|{_FR_THING}) (\w+ ){{0,4}}"
    rf"{_FR_ONLY} {_FR_THING}\b"
    rf"|\b{_FR_OFF} une partie de (ma|la|cette)\b"
    rf"|\b{_FR_OFF} (un|une) (des|seul) (articles?|produits?)\b"
    rf"|\b{_FR_OFF} {_FR_THING} (\w+ ){{0,3}}de (ma|la|cette) commande\b"
)
_AR_OTHER = (
    r"(?!ال(طلب\w*|اوردر\w*|طرد|شحنه|ارجاع|استرجاع|استبدال|استرداد|تذكره|تذاكر|"
    r"تذكير\w*|"
    r"حجز|مقعد|اشتراك|حساب|دفع|عنوان|كود|خصم|كوبون|اسم|بطاقه|الغاء|"
    r"فلوس|مبلغ|حفل\w*|فعاليه|ورشه|اول|اولي|ثاني|ثانيه|تاني|تانيه|اخر|اخري)\b)"
)
_AR_THING = rf"{_AR_OTHER}ال\w+"
_AR_KEEP = r"و?(خلو|خلوا|خلي|خليلي|اتركو?ا?|ابقو?ا?|احتفظ ب?|اريد|ابي|ابغي|بدي|عايزه?)"
_AR_OFF = (
    r"و?(الغو?ا?|الغي|الغاء|تلغ\w+|شيلو?ا?|تشيل\w+|احذفو?ا?|تحذف\w+|حذف|كنسلو?ا?|"
    r"تكنسل\w*)"
)
_AR_ONLY = r"(بس|فقط)"
_AR = (
    rf"\b{_AR_KEEP} {_AR_THING} (\w+ ){{0,4}}{_AR_OFF} {_AR_THING}\b"
    rf"|\b{_AR_OFF} {_AR_THING} {_AR_ONLY}\b|\b{_AR_ONLY} {_AR_OFF} {_AR_THING}\b"
    rf"|\b{_AR_OFF} {_AR_ONLY} {_AR_THING}\b"
    rf"|\b{_AR_OFF} {_AR_THING} (\w+ ){{0,4}}{_AR_KEEP} {_AR_THING}\b"
    rf"|\b(لا|ما|بلاش) [تن]لغ\w* (كل\w*|الكل|{_AR_THING}) (\w+ ){{0,3}}{_AR_ONLY} "
    rf"{_AR_THING}\b"
    rf"|\b{_AR_OFF} (جزء|قسم|قطعه|غرض|منتج) (\w+ )?من\b"
    rf"|\b{_AR_OFF} {_AR_THING} (\w+ )?من (ال)?(طلب\w*|اوردر\w*)\b"
)
_ZH_OTHER = (
    r"(?!这?(个|笔|份|张|一)?(订单|单子?\b|退货|退款|换货|提醒|票|座位|演出|活动|音乐会|钱|第|另|预约|预订|订阅|账户|"
    r"付款|地址|优惠|折扣|备注|整))"
)
_ZH_OFF = r"(取消|去掉|删掉|删除|退掉|拿掉)"
_ZH_KEEP = r"(保留|留着|留下|留著)"
_ZH = (
    rf"{_ZH_KEEP}(?!订单)\w{{0,10}}?{_ZH_OFF}{_ZH_OTHER}"
    rf"|{_ZH_OFF}{_ZH_OTHER}\w{{1,10}}(?<!订单){_ZH_KEEP}"
    rf"|(只|仅|单独)(是|想|要|需要)?(取消|去掉|退掉){_ZH_OTHER}\w"
    r"|(只|仅)(是|想|要|需要)?(把|将)(?!订单|票|提醒)\w{1,8}(取消|去掉|退掉|删掉)"
    r"|取消(订单(里|中)(面)?的?)?(其中|里面|部分|一部分)(?!\w{0,3}(票|订单|座))"
    r"|取消(订单|单子)(里|中)(面)?的?(一|两|几|那|这|某)"
    r"|(从|在)?(订单|单子)(里|中)面?(把|将)?(?!的?(地址|优惠|折扣|备注))\w{0,8}(去掉|删掉|"
    r"删除|拿掉)"
)
_PART = Phrase(
    re.compile("|".join((_EN, _ES, _FR, _AR))),
    re.compile(_ZH),
    MOST_WORDS,
    MOST_SIGNS,
)

#: Said where all of it is to be cancelled, it is for a part; elsewhere it is nothing.
_NARROWED = Phrase(
    re.compile(
        r"((no|actually|wait|sorry|oh|well|but|please) )*((not (all( of (it|them))?|"
        r"everything|the (whole|entire) (order|thing|lot))( |$))(please)?|"
        rf"(not (all( of (it|them))?|everything|the whole (order|thing)) )?(only|just) "
        rf"{_EN_THING}( \w+){{0,3}})"
        r"|((no|espera|perd[oó]n|en realidad|pero) )*(no tod[oa]s?( el pedido)?|"
        rf"(no tod[oa]s?( el pedido)? )?{_ES_ONLY} {_ES_THING}( \w+){{0,3}})"
        r"|((non|en fait|attendez|mais) )*(pas (tout|toute la commande)|"
        rf"(pas (tout|toute la commande) )?(juste|seulement|uniquement) {_FR_THING}"
        r"( \w+){0,3})"
        r"|((لا|بس|لحظه) )*(مو|مش|ليس) (كله|كلها|كل شي|الكل|كل الطلب)"
        rf"( {_AR_ONLY} {_AR_THING}( \w+){{0,2}})?|((لا|لحظه) )*{_AR_ONLY} "
        rf"{_AR_THING}( \w+){{0,2}}"
    ),
    re.compile(
        r"(不|等等|不好意思)*(不是|不用|不要)(全部|都|整单|整个订单)(取消)?((只|就|仅)(是|要|取消)?"
        r"\w{1,8})?|(不|等等)*(只|就|仅)(取消)?(那|这|其中一?)(件|个|张|样)\w{0,6}"
    ),
)


def calls_off_part(text: str) -> bool:
    """Whether a text wants a part of an order cancelled, in any of the languages."""
    return _PART.is_in(text)


def narrows(text: str) -> bool:
    """Whether a text says that it is about a part only, of what is to be cancelled."""
    return _NARROWED.is_all_of(text)
