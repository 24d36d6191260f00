"""How else might customers ask this in Arabic? Other ways to say it, by rule.

Customers write the language of newspapers, or that of their street: the forms turn a
question of the one into the other, of the Levant, of Egypt and of the Gulf. What a verb
needs and what a noun needs is told apart, so that no form meets the wrong one.
"""

import re
from collections.abc import Iterator

#: "I do", of a verb: what is not it is a noun, "the paying".
_I = r"(?:أن\s+)?(?P<verb>أ\w+(?:\s.+)?)"
_NOUN = r"(?P<noun>(?!أ)\S.*)"
#: "You do", of several: ``توصلون`` is ``توصلوا`` in the street, ``بتوصلوا`` as a habit.
_YOU = r"(?P<you>ت\w+)ون(?P<rest>(?:\s.+)?)"
_CAN = r"(?:أستطيع|يمكنني|بإمكاني|أقدر|ممكن)"

#: How a question begins, and how else it could.
_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        rf"(?:هل\s+)?{_CAN}\s+الحصول على\s+(?P<noun>.+)",
        ("ممكن {noun}", "بدي {noun}", "أريد {noun}", "محتاج {noun}", "عايز {noun}"),
    ),
    (
        rf"(?:هل\s+)?{_CAN}\s+{_I}",
        ("ممكن {verb}", "بقدر {verb}", "أقدر {verb}", "ينفع {verb}", "فيني {verb}"),
    ),
    (
        rf"(?:هل\s+)?{_CAN}\s+{_NOUN}",
        (
            "ممكن {noun}",
            "هل يمكنني {noun}",
            "أريد {noun}",
            "بدي {noun}",
            "محتاج {noun}",
        ),
    ),
    (
        rf"كيف\s+{_CAN}\s+{_NOUN}",
        ("ما طريقة {noun}", "شو طريقة {noun}", "كيف ممكن {noun}", "إيه طريقة {noun}"),
    ),
    (
        rf"كيف\s+(?:{_CAN}\s+)?{_I}",
        (
            "كيف ممكن {verb}",
            "ازاي {verb}",
            "شلون {verb}",
            "بدي {verb}",
            "أريد أن {verb}",
        ),
    ),
    (
        r"(?:هل\s+)?(?:لديكم|عندكم|يوجد|هناك|توجد|تبيعون|توفرون)\s+(?P<noun>.+)",
        (
            "عندكم {noun}",
            "في عندكم {noun}",
            "هل لديكم {noun}",
            "أبحث عن {noun}",
            "بدور على {noun}",
        ),
    ),
    (
        rf"(?:هل\s+)?{_YOU}",
        (
            "بـ{you}وا{rest}",
            "ممكن {you}وا{rest}",
            "{you}ون{rest}",
            "تقدرون {you}ون{rest}",
        ),
    ),
    (
        rf"(?:متى|في أي وقت)\s+{_YOU}",
        (
            "إيمتى بـ{you}وا{rest}",
            "أي ساعة {you}ون{rest}",
            "امتى بـ{you}وا{rest}",
            "الساعة كم {you}ون{rest}",
        ),
    ),
    (r"متى\s+(?P<noun>.+)", ("إيمتى {noun}", "في أي وقت {noun}", "امتى {noun}")),
    (
        r"كم(?:\s+من الوقت)?\s+(?:يستغرق|تستغرق|يأخذ|تأخذ)\s+(?P<noun>.+)",
        (
            "كم مدة {noun}",
            "{noun} كم ياخذ",
            "قديش بياخد {noun}",
            "{noun} بياخد كام يوم",
        ),
    ),
    (
        r"(?:كم\s+(?:تكلفة|سعر|ثمن|يكلف|تكلف)|بكم)\s+(?P<noun>.+)",
        (
            "بكم {noun}",
            "كم سعر {noun}",
            "قديش سعر {noun}",
            "{noun} بكام",
            "كم يكلف {noun}",
        ),
    ),
    (
        r"أين\s+(?:يقع\s+|تقع\s+|يوجد\s+)?(?P<noun>\w+كم)",  # what is yours: a place
        ("وين {noun}", "فين {noun}", "ما عنوان {noun}", "كيف أصل إلى {noun}"),
    ),
    (r"أين\s+(?P<noun>.+)", ("وين {noun}", "فين {noun}", "وين صار {noun}")),
    (
        r"(?:ما|ماذا)\s+(?:هي\s+|هو\s+)?(?P<noun>(?!ال)\S.*)",
        ("شو {noun}", "إيش {noun}", "{noun} ايه", "حابب أعرف عن {noun}"),
    ),
    (
        r"(?:هل\s+)?(?:هو|هي)\s+(?P<noun>.+)",
        ("{noun} عندكم", "لسا {noun}", "{noun} ولا لأ"),
    ),
    (
        rf"لا (?:أستطيع|يمكنني|أقدر)\s+{_NOUN}",
        ("عندي مشكلة في {noun}", "لا يمكنني {noun}", "{noun} ما يزبط معي"),
    ),
    (
        r"لم تنجح\s+(?P<noun>.+)",
        ("{noun} ما نجحت", "ما زبطت معي {noun}", "فشلت {noun}"),
    ),
    (r"كيف\s+(?P<noun>.+)", ("شلون {noun}", "ازاي {noun}", "بأي طريقة {noun}")),
    (
        r"(?P<noun>.+)\s+لا يعمل",
        ("{noun} ما يشتغل", "{noun} مش شغال", "ليش {noun} ما يشتغل"),
    ),
)
#: The same in other words, each way round: in a shop, and with whose it is or without.
_SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("التوصيل", "الشحن"),
    ("توصلون", "تشحنون"),
    ("متجركم", "محلكم", "المحل"),
    ("طلبي", "الطلب", "طلبيتي"),
    ("تذكرتي", "التذكرة"),
    ("فاتورتي", "الفاتورة"),
    ("شحنتي", "الشحنة", "الطرد"),
    ("عنواني", "العنوان"),
    ("الإرجاع", "الترجيع"),
    ("استرداد المبلغ", "استرجاع الفلوس", "رجوع الفلوس"),
    ("بطاقات الهدايا", "كروت الهدايا", "قسائم الهدايا"),
    ("رمز الخصم", "كود الخصم"),
    ("فاتورة", "إيصال"),
    ("تغيير", "تعديل"),
    ("تكلفة", "سعر"),
    ("لشخص آخر", "لواحد ثاني", "لحد تاني"),
    ("إلى خارج البلاد", "برا البلد", "لخارج البلد"),
    ("مشغلات الأسطوانات", "أجهزة الأسطوانات"),
    ("مستعملة", "قديمة"),
)
_ASKS_WHETHER = re.compile(r"هل\s+")
_ASKS_WHAT = re.compile(r"(?:ما|ماذا|كم|كيف|متى|أين|بكم|من|لماذا|شو|وين)\s")
#: A letter that joins the next is written with it.
_JOINED = "بـ"


def rewordings(plain: str) -> Iterator[str]:
    """Yield other ways to ask a question, given without its marks."""
    forms, swapped = [*_other_forms(plain)], [*_with_synonyms(plain)]
    yield from forms
    yield _ASKS_WHETHER.sub("", plain, count=1)
    yield from swapped
    yield from (form for one in swapped[:2] for form in [*_other_forms(one)][:2])
    yield from _around(plain)


def _other_forms(plain: str) -> Iterator[str]:
    for begins, others in _FORMS:
        if match := re.fullmatch(begins, plain):
            said = match.groupdict(default="")
            yield from (other.format(**said).replace(_JOINED, "ب") for other in others)
            return


def _with_synonyms(plain: str) -> Iterator[str]:
    for words in _SYNONYMS:
        said = next((one for one in words if _word(one).search(plain)), None)
        for other in words if said else ():
            if said is not None and other != said:
                yield _word(said).sub(other, plain)


def _word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


def _around(plain: str) -> Iterator[str]:
    """Yield the question as people begin one; "whether" stands for its particle."""
    shorter = _ASKS_WHETHER.sub("", plain, count=1)
    yield f"السلام عليكم، {shorter}"
    if _ASKS_WHAT.match(plain):
        yield f"{shorter} لو سمحت"
        yield f"ممكن أعرف {shorter}"
    elif shorter != plain:
        yield f"{shorter} لو سمحت"
        if not re.match(_CAN, shorter):  # "to know whether I can" nobody says
            yield f"ممكن أعرف إذا {shorter}"
