"""Is a message hardly more than the values in it?"""

import re
from collections.abc import Mapping
from typing import Any

MOST_WORDS_BESIDE = 2
#: Of a short text; where no spaces stand between words a sentence is one of them.
MOST_LETTERS = 10
#: Words beside a number that do not say what is wanted with it.
SAY_NOTHING = frozenset(
    [
        *("order", "ticket", "number", "no", "nr", "ref", "reference"),
        *("my", "the", "is", "it", "its", "it's", "s"),
        *("hi", "hello", "please", "pls"),
        *("pedido", "orden", "número", "numero", "entrada", "boleto", "mi", "el", "la"),
        *("es", "hola", "por", "favor", "de", "del", "este", "aquí", "aqui", "está"),
        *("commande", "numéro", "billet", "ma", "mon", "le", "voici", "voilà", "stp"),
        *("c", "est", "bonjour", "svp"),
        *("طلب", "طلبي", "الطلب", "رقم", "رقمه", "تذكرة", "تذكرتي", "التذكرة", "هو"),
        *("هي", "مرحبا"),
        *("che", "pues", "orden", "ordre", "la", "commande", "est"),
        *("mail", "email", "correo", "courriel", "بريدي", "البريد", "ايميلي", "إيميلي"),
        *("الايميل", "الإيميل", "والايميل", "والإيميل", "وبريدي"),
        *("邮箱", "邮箱是", "我的邮箱", "我的邮箱是"),
        *("and", "for", "about", "re", "y", "para", "sobre"),
        *("et", "pour", "sur", "concernant", "عن", "بخصوص", "关于"),
        *("订单", "订单号", "单号", "号码", "票号", "我的", "你好", "是"),
        *("訂單", "訂單號", "單號", "號碼", "票號", "編號"),
    ]
)
_WORD = re.compile(r"\w+")


def is_bare(text: str, parse: Mapping[str, Any]) -> bool:
    """Whether a text is hardly more than the values in it."""
    return len(_beside(text, parse)) <= MOST_WORDS_BESIDE


def says_nothing_else(text: str, parse: Mapping[str, Any]) -> bool:
    """Whether a text names values, and nothing that is wanted with them."""
    return SAY_NOTHING.issuperset(_beside(text, parse))


def is_short(text: str) -> bool:
    """Whether a text is a word or two: too little to tell what it is about."""
    words = _WORD.findall(text)
    return len(words) <= MOST_WORDS_BESIDE and len("".join(words)) <= MOST_LETTERS


def has_words(text: str) -> bool:
    """Whether a text has a letter or a digit: emoji and signs alone have none."""
    return _WORD.search(text) is not None


def _beside(text: str, parse: Mapping[str, Any]) -> list[str]:
    """Return the words of a text beside the values in it."""
    beside = list(text.casefold())
    for entity in parse["entities"]:
        start, end = entity.get("start") or 0, entity.get("end") or 0
        beside[start:end] = " " * (end - start)
    return _WORD.findall("".join(beside))
