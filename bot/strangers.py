"""Was something bought in another shop? Then none of our promises is about it."""

import re

_NAMES = (
    "amazon|ebay|fnac|hmv|rough trade|discogs|aliexpress|ali ?express|temu|shein|"
    "jarir|argos|currys|john lewis|tesco|asda|walmart|best ?buy|costco|darty|"
    "boulanger|cdiscount|leclerc|carrefour|auchan|ikea|media ?markt|el corte ingl[eé]s|"
    "mercado ?libre|falabella|vinted|wallapop|le ?bon ?coin|etsy|"
    "zalando|lidl|aldi|virgin megastores?|ticketmaster|eventbrite|see ?tickets|stubhub|"
    "viagogo|skiddle|ticketweb|entradas\\.com"
)
_ARABIC_NAMES = (
    "أمازون|امازون|نون|جرير|جوميا|علي اكسبرس|سوق كوم|كارفور|اكسترا|إكسترا|شي ان|فيرجن"
)
_CHINESE_NAMES = (
    "淘宝|淘寶|京东|京東|天猫|天貓|拼多多|亚马逊|亞馬遜|闲鱼|閒魚|蝦皮|虾皮|博客來"
)
_NAMES, _ARABIC_NAMES = (one.replace(" ", r"\ ") for one in (_NAMES, _ARABIC_NAMES))
_BOUGHT = re.compile(
    rf"""
    \b(?:bought|got|purchased|ordered|from|came|comes)\b[^,.;!?\n]{{0,60}}?
    \b(?:from|at|in|on|off|via)\s+(?:my\s+|the\s+|a\s+|local\s+)*
    (?:(?:{_NAMES})|(?:another|different|other)\s+(?:shop|store|seller|site))\b
    |
    \bfrom\s+(?:{_NAMES})\b
    |
    \b(?:{_NAMES})\s+(?:that\s+)?(?:i|we)\s+(?:bought|got|purchased|ordered)\b
    |
    \b(?:from|at)\s+(?:another|a\ different|some\ other)\s+(?:shop|store|seller)\b
    |
    \b(?:achet[ée]\w*|(?:ai|avons|as|a)\s+command[ée]e?s?)\b[^,.;!?\n]{{0,60}}?\b(?:à|a|chez|sur|dans|au)\s+(?:la\s+|le\s+|l['’])?
    (?:(?:{_NAMES})|un\s+autre\s+(?:magasin|site)|une\s+autre\s+(?:boutique|enseigne)|
    ailleurs)\b
    |
    \b(?:compr[éeaó]\w*|ped[ií]|adquir\w+)\b[^,.;!?\n]{{0,60}}?\b(?:en|por)\s+(?:el\s+|la\s+)?
    (?:(?:{_NAMES})|otra\s+tienda|otro\s+(?:sitio|lado|comercio))\b
    |
    (?:اشتري|شري|جبت|ماخذ|مشتري)[^،,.؛؟!\n]{{0,60}}?\sمن\s+
    (?:(?:{_ARABIC_NAMES}|{_NAMES})|(?:محل|متجر|مكان|موقع)\s+(?:آخر|اخر|ثاني|تاني|غير))
    |
    (?:在|从|從|于)\s*(?:(?:{_CHINESE_NAMES}|{_NAMES})|(?:别|別|其他|其它|另一)(?:的|家|间)*店|
    别家|別家)[^，。；！？,.;!?\n]{{0,12}}?(?:买|買|购|購|下单|下單|入手)
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: Who compares prices has bought nothing there yet.
_COMPARES = re.compile(
    r"\b(prices?|match|cheaper|precio|barat[oa]|igual\w+|prix|moins cher|align\w+)\b"
    r"|سعر|أرخص|ارخص|价格|价钱|便宜|價格",
    re.IGNORECASE,
)


def bought_elsewhere(text: str) -> bool:
    """Whether a text says, in any of the languages, that another shop sold it."""
    return bool(_BOUGHT.search(text)) and not _COMPARES.search(text)
