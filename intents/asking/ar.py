"""Arabic: «هل تنظفون الأسطوانات» is «أبحث عمن ينظف الأسطوانات» as well."""

from collections.abc import Iterator

from intents.asking.shapes import Named, filled, shape

#: What a shop does, "you do" of several, and the doing of it.
_DOING = {
    "تنظفون": "تنظيف",
    "تصلحون": "إصلاح",
    "تغلفون": "تغليف",
    "توصلون": "توصيل",
    "تشحنون": "شحن",
    "تستبدلون": "استبدال",
    "تنقشون": "نقش",
    "تحفرون": "حفر",
    "تؤجرون": "تأجير",
    "ترممون": "ترميم",
    "تركبون": "تركيب",
    "تطبعون": "طباعة",
    "تعدلون": "تعديل",
    "تفحصون": "فحص",
    "تغسلون": "غسل",
    "تصونون": "صيانة",
    "تقيمون": "تقييم",
    "تثمنون": "تثمين",
    "تحولون": "تحويل",
}
_CAN = r"(?:هل\s+)?(?:يمكنكم|بإمكانكم|تستطيعون|ممكن)\s+"
_BY_VERB = r"(?:هل\s+)?(?P<you>" + "|".join(_DOING) + r")\s+(?P<thing>.+)"
_BY_NOUN = rf"(?:{_CAN})?(?P<doing>{'|'.join(_DOING.values())}|تصليح)\s+(?P<thing>.+)"
_PRICES = (
    "كم تكلفة {doing} {thing}",
    "بكم {doing} {thing}",
    "كم سعر {doing} {thing}",
    "كم تأخذون مقابل {doing} {thing}",
)
_TIMES = ("كم يستغرق {doing} {thing}", "كم مدة {doing} {thing}")
_WAYS = (
    "هل يمكنكم {doing} {thing}",
    "هل يمكنني {doing} {thing} عندكم",
    "أريد {doing} {thing}",
    "أحتاج إلى {doing} {thing}",
    "أبحث عن مكان من أجل {doing} {thing}",
    "هل تقدمون خدمة {doing} {thing}",
    "هل من الممكن {doing} {thing}",
    "عندكم خدمة {doing} {thing}",
    "بدي {doing} {thing}",
    "هل بإمكانكم {doing} {thing}",
)
_SERVICE = shape(_BY_VERB, *_WAYS, "أبحث عمن {he} {thing}", price=_PRICES, time=_TIMES)
_NAMED = shape(_BY_NOUN, *_WAYS, price=_PRICES, time=_TIMES)
_BUYS = shape(
    rf"(?:هل\s+)?(?:تشترون|{_CAN}شراء)\s+(?P<thing>.+)",
    "هل يمكنني أن أبيع لكم {thing}",
    "أريد أن أبيع {thing}",
    "أرغب في بيع {thing}",
    "بدي أبيع {thing}",
    "هل تأخذون {thing}",
    "ممكن أبيع لكم {thing}",
    "هل يهمكم شراء {thing}",
    "وين ممكن أبيع {thing}",
    "عايز أبيع {thing}",
    "هل من الممكن بيع {thing} لكم",
    price=("كم تدفعون مقابل {thing}", "بكم تشترون {thing}"),
    time=("كم يستغرق بيع {thing} لكم",),
)
_HAS = shape(
    r"(?:هل\s+)?(?:لديكم|عندكم|يوجد|يتوفر|توجد|تبيعون|توفرون|تقدمون)\s+(?P<thing>.+)",
    "عندكم {thing}",
    "هل لديكم {thing}",
    "أبحث عن {thing}",
    "في عندكم {thing}",
    "بدور على {thing}",
    "هل أجد عندكم {thing}",
    "أريد أن أعرف إن كان لديكم {thing}",
    "حابب أعرف إذا عندكم {thing}",
    "أين أجد {thing}",
    "هل أستطيع أن أجد عندكم {thing}",
    price=("كم سعر {thing}", "بكم {thing}"),
)
_MAY = shape(
    r"(?:هل\s+)?(?:يمكنني|بإمكاني|أستطيع|أقدر|ممكن|يمكن)\s+(?P<doing>(?!أ)\S.+)",
    "هل من الممكن {doing}",
    "أريد {doing}",
    "أرغب في {doing}",
    "هل أستطيع {doing}",
    "هل يجوز {doing}",
    "كيف يمكنني {doing}",
    "ما طريقة {doing}",
    "بدي {doing}",
    "حابب أعرف إذا ممكن {doing}",
    "هل هناك طريقة من أجل {doing}",
    "هل بإمكاني {doing}",
    price=("كم تكلفة {doing}",),
    time=("حتى متى يمكنني {doing}",),
)
_PRICED = shape(
    r"(?:كم\s+(?:تكلفة|سعر|ثمن|يكلف|تكلف)|بكم)\s+(?P<thing>.+)",
    "بكم {thing}",
    "كم سعر {thing}",
    "قديش سعر {thing}",
    "كم أدفع مقابل {thing}",
    "ما سعر {thing}",
    "{thing} بكام",
    "أريد أن أعرف سعر {thing}",
    "كم تأخذون مقابل {thing}",
    "كم ثمن {thing}",
    "ممكن أعرف سعر {thing}",
)
_ALL = (_SERVICE, _BUYS, _NAMED, _HAS, _MAY, _PRICED)


def ways(plain: str, named: Named) -> Iterator[str]:
    """Yield other ways to ask a question, given without its marks."""
    for one in _ALL:
        if match := one.begins.fullmatch(plain):
            parts = match.groupdict(default="")
            if you := parts.get("you"):
                he = "ي" + you.removeprefix("ت").removesuffix("ون")
                parts = {**parts, "doing": _DOING[you], "he": he}
            yield from filled(one, parts, named)
            return
