"""Does a text want what was booked or ordered to be otherwise, as only people can do?

Another seat, another workshop for the ticket, one more thing into a parcel that has not
left: the words are those of goals of ours, which tell when an event begins, take things
back and say where an order is. No answer of theirs is about that.
"""

import re

from bot.phrase import Phrase, is_longer
from intents.text import as_said

#: What the same words are taken for; whatever else is surely meant is answered.
MISTAKEN = frozenset(
    [
        "cancel_order",
        "event_cancelled",
        "event_when",
        "event_where",
        "faq/product_availability",
        "faq/ticket_transfer",
        "order_contents",
        "order_status",
        "product_availability",
        "product_price",
        "refund",
        "return_item",
        "ticket_price",
        "ticket_refund",
        "ticket_resend",
        "upcoming_events",
    ]
)
#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 40, 60

_EN_SWAP = r"(swap|switch|change|exchange|move|transfer)"
_EN_HELD = r"(tickets?|bookings?|reservations?|places?|spots?|seats?|us|me|it|them)"
_EN_SHOWN = (
    r"(events?|dates?|days?|shows?|concerts?|gigs?|workshops?|class(es)?|sessions?|"
    r"nights?|evenings?|performances?)"
)
_ES_SHOWN = (
    r"(eventos?|fechas?|d[ií]as?|conciertos?|talleres|taller|funci[oó]n|sesi[oó]n)"
)
_FR_SHOWN = (
    r"([eé]v[eé]nement|dates?|jours?|concerts?|ateliers?|s[eé]ance|soir[eé]e|"
    r"spectacles?)"
)
_AR_SHOWN = r"(ورشه|حفله|حفل|فعاليه|موعد|يوم|تاريخ|امسيه|دوره)"
_SWAPS = (
    # Another seat, or seats side by side.
    r"\b(swap|switch|change|move|exchange|upgrade) (my |our |the |these |both )?"
    r"(\w+ )?(seats?|seating)\b(?! to (the |that |another )?(name|person))"
    r"|\b(seats?) (be )?(swapped|switched|changed|moved|upgraded)\b"
    r"|\b(move|put|seat|sit|place|get) (us|me|them|her|him|my \w+|both of us) "
    r"(\w+ ){0,5}(together|next to|beside|side by side)\b"
    r"|\b(can|could|like|want|wanna|possible|chance) (\w+ ){0,6}"
    r"(sit|sat|seated|sitting) (together|next to|beside|side by side)\b"
    r"|\b(cambiar|cambiarme|cambiarnos|cambien|cambi[aá]is) (de )?"
    r"(mi |mis |el |los |nuestros )?(asientos?|butacas?)\b"
    r"|\b(sentarnos|sentarme|ponernos|sienten|pongan) (\w+ ){0,3}(juntos|juntas|al "
    r"lado)\b"
    r"|\b(changer|[eé]changer) (de |nos |mes |ma |mon )?(places? assises?|si[eè]ges?|"
    r"fauteuils?|rang)\b"
    r"|\b(placer|asseoir|mettre) (\w+ ){0,4}([aà] c[oô]t[eé]|c[oô]te [aà] c[oô]te)\b"
    r"|\b(اغير|تغيير|نغير|تغيرو\w*|تبديل|ابدل|نبدل|تبدلو\w*|تنقلو\w*) "
    r"(\w+ )?(مقعدي|مقاعدنا|المقعد|المقاعد|كرسيي|كراسينا|الكرسي|الكراسي)\b"
    r"|\b(نقعد|نجلس|نكون|تقعدونا|تجلسونا) (مع بعض|جنب بعض|سوا|بجانب بعض)\b"
    # Another event for what was booked.
    rf"|\b{_EN_SWAP} (\w+ ){{0,2}}{_EN_HELD} (\w+ ){{0,6}}(to|for|onto|with) "
    rf"(\w+ ){{0,2}}(another|different|other|later|earlier|next) (\w+ ){{0,2}}"
    rf"{_EN_SHOWN}\b"
    rf"|\b(booked|bought|got|chose|picked) (\w+ ){{0,5}}wrong (\w+ ){{0,2}}"
    rf"{_EN_SHOWN}\b(?= (\w+ ){{0,10}}{_EN_SWAP}\b)"
    r"|\b(cambiar|cambiarme|cambiarla|pasar|pasarme|cambien|cambi[aá]is) (\w+ ){0,4}"
    r"(entradas?|boletos?|reservas?|plazas?) (\w+ ){0,4}(a|al|por|para) (\w+ )?"
    rf"(otr[oa]s?) {_ES_SHOWN}\b"
    r"|\b([eé]changer|changer|basculer|transf[eé]rer|d[eé]placer) (\w+ ){0,3}"
    r"(billets?|places?|r[eé]servations?) (\w+ ){0,4}(contre|pour|vers|sur|[aà]) "
    rf"(un|une) autre {_FR_SHOWN}\b"
    r"|\b(اغير|ابدل|تغيير|تبديل|نغير|انقل|نقل|تبدلو\w*|تغيرو\w*|نبدل) (\w+ ){0,2}"
    r"(تذكرتي|التذكره|تذكره|تذاكري|تذاكرنا|التذاكر|حجزي|حجزنا|الحجز) (\w+ ){0,3}"
    rf"(ل|ب|الي |علي |مع )?{_AR_SHOWN} (\w+ )?(اخري|اخر|ثانيه|ثاني|تانيه|تاني)\b"
)
_EN_WISH = (
    r"(can|could|may|might|want|wanna|like|love|possible|able|chance|please|pls|"
    r"forgot|meant|need)"
)
_ADDS = (
    rf"\b{_EN_WISH} (\w+ ){{0,6}}(add|adding|include) (\w+ ){{1,9}}"
    r"(to|in|into|onto|with) (my|our|the|that|this) (\w+ ){0,2}(order|parcel|package)\b"
    rf"|\b{_EN_WISH} (\w+ ){{0,6}}(add|adding) (\w+ ){{0,5}}to (order )?orderno\b"
    r"|\b(a[nñ]adir|agregar|incluir|sumar)(le|me|les)? (\w+ ){1,9}"
    r"(al|a (mi|el|la|ese|este)|en (el|mi|la|ese|este)) (mismo |[uú]ltimo )?"
    r"(pedido|paquete|orden|env[ií]o)\b"
    r"|\b(r?ajouter|inclure) (\w+ ){1,9}([aà]|dans|sur) (ma|la|cette|mon|le|ce) "
    r"(m[eê]me |derni[eè]re )?(commande|colis|paquet)\b"
    r"|\b(اضيف|اضافه|نضيف|تضيفو\w*|ازود|تزودو\w*|ازيد|نزيد|تزيدو\w*) (\w+ ){1,6}"
    r"(ل|علي |ع |الي |مع |في )?(طلبي|طلبيتي|الطلب|للطلب|الطلبيه|للطلبيه|اوردري|الاوردر|"
    r"الطرد|للطرد)\b"
)
#: What is added to an order and is no thing of the shop's: other goals are about that.
_NO_THING = re.compile(
    r"\b(codes?|vouchers?|coupons?|discounts?|address|postcode|phone|numbers?|notes?|"
    r"names?|e ?mail|emailaddress|gift cards?|c[oó]digos?|cup[oó]n|cupones|descuentos?|"
    r"direcci[oó]n|tel[eé]fono|n[uú]mero|correo|nombre|tarjeta|bon|r[eé]duction|"
    r"adresse|num[eé]ro|nom|carte)\b|كود|رمز|خصم|عنوان|رقم|كوبون|قسيم|اسمي|ايميل|ملاحظ"
    r"|折扣|优惠|地址|电话|号码|姓名|邮箱|礼品卡|抬头|发票|备注"
)
#: On a ticket it is changed by who has it.
_NAME_IN_CHINESE = re.compile("[名姓] [字名]")
_ZH_SHOWN = r"(课|工作坊|活动|演出|音乐会|演唱会|场|场次|一天|日期)"
_SWAPS_IN_CHINESE = (
    r"(换|调|改)(一下|个|到|成)?(座位|座儿|位子|位置)|(座位|位子|位置)\w{0,6}(换|调)"
    r"|(坐|安排|调|换)(在|到)?(一起|一块儿?|旁边|隔壁|挨着)(?=\w{0,6}(坐|[吗么]|可以|行))"
    rf"|(换|改)(成|到|去|为)(另(外)?|别的|其他的?|下|后)\w{{0,4}}{_ZH_SHOWN}"
    rf"|(订|买|报|选)(错|成)\w{{1,24}}(换|改)(成|到|去|为)\w{{0,10}}{_ZH_SHOWN}"
)
_ADDS_IN_CHINESE = (
    r"(订单|这单|那单|上一单|同一单|包裹)\w{0,10}(再|多|追|添)?(加|添|补)"
    r"(一|两|二|三|几|1|2|3|多|买)?(件|张|个|样|本|顶|条|双|盒|份|点东西)"
    r"|(再|多|追)加(一|两|二|三|几|1|2|3)?(件|张|个|样|本|顶|条|双|盒|份)"
    r"\w{0,12}(订单|这单|那单|上一单|同一单|包裹)"
)
_SWAPPED = Phrase(re.compile(_SWAPS), re.compile(_SWAPS_IN_CHINESE))
_ADDED = Phrase(re.compile(_ADDS), re.compile(_ADDS_IN_CHINESE))
#: What we left out is none of their wishes: it is missing.
_LEFT_OUT = re.compile(
    r"\b(you|u|they|ye) (\w+ )?(forgot|forgotten|left out)\b|\bvous avez oubli[eé]\b"
    r"|\b(hab[eé]is|han|se (les|os|le)) olvid\w+\b|\bolvidaron\b|نسيتو|你们\w{0,2}忘"
)


def wants_otherwise(text: str) -> bool:
    """Whether a text wants another seat or event, or one more thing in an order."""
    words = as_said(text)
    if is_longer(words, MOST_WORDS, MOST_SIGNS):
        return False
    if _SWAPPED.is_in(text):
        return not _NAME_IN_CHINESE.search(words)
    together = words.replace(" ", "")
    other = _NO_THING.search(words) or _NO_THING.search(together)
    if other or _LEFT_OUT.search(words) or _LEFT_OUT.search(together):
        return False
    return _ADDED.is_in(text)
