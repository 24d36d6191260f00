"""Does a customer say that they have no order number? Before it is asked for, as well.

A number of something else, of a parcel or a phone, is not meant.
"""

import re

from bot.phrase import Phrase

#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 24, 40

_SAYS = re.compile(
    r"\b(don t|dont|do not|didn t|can t|cant|cannot|couldn t|haven t|havent|never|lost|"
    r"forgot|forgotten|without|no|not|got no|have no) (\w+ ){0,5}"
    r"(?<!phone )(?<!tracking )(?<!ticket )(?<!card )(?<!contact )(?<!house )"
    r"(?<!telephone )(?<!mobile )(?<!account )(?<!serial )(numbers?|nums?)\b"
    r"|\b(no|sin|perd[ií]|olvid[eé]) (\w+ ){0,4}(n[uú]meros?|nros?)\b"
    r"(?! de (tel|seg|ras|gu[ií]a|tarj|entrada|boleto|cuenta|casa)\w*)"
    r"|\b(pas|plus|sans|perdu|oubli[eé]|aucun) (\w+ ){0,4}(num[eé]ros?|nums?)\b"
    r"(?! de (t[eé]l|suivi|carte|billet|rue|compte)\w*)"
    r"|\b(ما|لا|لم|ليس|مو|مش|بدون|من غير|نسيت|ضاع|ضاعت|ضيعت|فقدت|معنديش|معيش|معرفش) ?"
    r"(\w+ ){0,3}(ال)?(رقم|ارقام)(ه|ها|هم)?\b"
    r"(?! (ال)?(هاتف|تلفون|جوال|تتبع|تذكره|شحنه|كرت|بطاقه|حساب))"
)
_NUMBER = r"(订单号码?|訂單號碼?|单号|單號|订单编号|(?<!电话)(?<!手机)号码|编号)"
_IN_CHINESE = re.compile(
    rf"(没有?|沒有?|不知道|不记得|不記得|忘了|忘记|找不到|不清楚|丢了)\w{{0,4}}{_NUMBER}"
    rf"|{_NUMBER}\w{{0,4}}(没有|沒有|忘|找不到|不知道|不记得|不清楚|丢了|没了)"
)
_NUMBERLESS = Phrase(_SAYS, _IN_CHINESE, MOST_WORDS, MOST_SIGNS)


def says_so(text: str) -> bool:
    """Whether a text says, in any of the languages, that a number is not at hand."""
    return _NUMBERLESS.is_in(text)
