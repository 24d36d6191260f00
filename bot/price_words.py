"""In which words is the price of an item asked, and which are about other money?

Of five languages, and as they are typed in Messenger: "pp?", "c combien", "bkam". What
delivery, a return or a ticket costs, and what was paid, is no price of an item.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

_END = r"(?=\s*(?:$|[?!.,;:)…؟،]))"
#: "And", "so", joined to an Arabic word.
_AND = r"(?<!\w)[وف]?"
#: "Welcome", "to call you": written as "for how much" is.
_NOT_FOR = "مرحبا اهلا سهلا وسهلا اتصل الاتصال اتواصل اثق خاص خاصه الخاص"
_NOT_TO_YOU = "".join(rf"(?<!{word}\s)" for word in _NOT_FOR.split())
#: "After how long", "how often" are made of "how much" as well.
_NOT_HOW_LONG = r"(?<!بعد\s)(?<!من\s)(?<!كل\s)(?<!عن\s)(?<!خلال\s)"
#: How a price is asked, by language; as `_folded` writes a text.
_ASKED: Mapping[str, Sequence[str]] = {
    "en": (
        # "How much stock", "how much time" ask for no price.
        rf"\bhow\s?mu(?:ch|tch)\b(?:{_END}|(?=\s*(?:is|are|s|'s|r|re|do|does|for|would|"
        r"will|to\s+buy|to\s+get|the|an?|this|that|these|those|it|its|it's|u|you|ur|your|"
        r"pls|plz|please|thx|thanks|all|each|ones?)\b))",
        r"\bhow\s+many\s+(?:pounds?|quid|euros?|dollars?|bucks)\b",
        r"\b(?:prices?|priced|pricing|costs?|costing|pp|rrp)\b",
    ),
    "es": (
        rf"\b(?:a|por)?\s?[ck]u?anto\b(?:{_END}|\s+(?:me\s|nos\s)?(?:cuestan?|valen?|"
        r"salen?|saldria|costaria|valdria|es|son|estan?|seria|por|el|las?|los|una?|"
        r"est[aeo]s?|es[ao]s?|pid\w+)\b)",
        r"\ba\s+como\s+(?:estan?|salen?|es|son|tiene\w*|da\w*)\b",
        r"\bque\s+valen?\b",
        rf"^\W*valor\b{_END}|\b(?:q|que|cual\s+es\s+(?:el|su))\s+valor\b(?:\s+tienen?\b)?",
        r"\ben\s+[ck]?u?anto\s+(?:l[aeo]s?\s+)?(?:tien\w+|dejan?|venden?|dan|salen?|estan?)\b",
        r"\b(?:precios?|costos?|costes?|cuestan?|costaria)\b",
    ),
    "fr": (
        rf"\b(?:a\s+)?combien\b(?:{_END}|(?=\s+(?:ca|cela|est|sont|coute\w*|vau\w+|pour|"
        r"les?|la|une?|ce|cet|cette|ces|ils?|elles?|vous|svp|stp|l'|s'il)))",
        r"\b(?:a|c|c'est|cest)\s+(?:combien|cb)\b",
        r"\b(?:prix|tarifs?|coute|coutent|couterait)\b",
    ),
    "ar": (
        rf"{_AND}كم\s+(?:ال)?(?:سعر|ثمن|حق|تكلف|قيم|يكلف|يسوى|يسوي|يطلع|يصير)\w*",
        rf"{_NOT_TO_YOU}{_AND}ب?(?:كم|كام)(?!\w){_END}",
        rf"{_NOT_TO_YOU}{_AND}ب(?:كم|كام)(?!\w)(?!\s+(?:يوم|ايام|دقيق|ساع|اسبوع|شهر|مر))",
        rf"{_AND}(?:ب|ال|بال)?(?:سعر|اسعار|ثمن|اثمان|تكلف)(?:ها?|هم|ة|تها?|كم)?(?!\w)",
        rf"{_NOT_HOW_LONG}{_AND}ب?(?:قديش|اديش|قداش|قديه|كديش|جديش|شكد|ا?شقد)(?!\w)"
        r"(?!\s+(?:وقت|مد|يوم|بياخد|بتاخد|بدها?|ضل|باقي|بقي|بيوصل))",
        rf"{_AND}ب?(?:اد|قد)\s+(?:ايه|ايش|اي)(?!\w)",
        rf"{_AND}بشحال(?!\w)",
        rf"{_AND}شحال(?:{_END}|(?=\s+(?:ال)?(?:ثمن|تمن|سوم|سعر|يسوى|كيسوى|هاد)))",
    ),
    "arabizi": (
        r"\bb\s?[ie]?ka+m\b",
        rf"\bkam\b(?:{_END}|(?=\s+(?:s\w?3|(?:el|il|l|dah?|di|hada|haza)\b)))",
        r"\bs[aei]?3[aei]?r\w{0,3}\b",
        r"\b(?:b[ie]?)?[29qgk]?add?(?:e|ei|ai|a)(?:sh|ch)\b",
        r"\bb?(?:ch|sh)[7h]al\b",
    ),
    "zh": (
        r"(?:多少|多|[几幾])[块塊]?[钱錢]|[几幾][块塊]|[怎咋][么麼样樣]?[卖賣]",
        r"[价價][格钱錢位]|[售单單标標定报報][价價]|[什啥][么麼]?[价價]",
        rf"^\W*多少{_END}",
    ),
}
#: The same of something that is told, whatever it is called.
_ASKED_OF: Mapping[str, Sequence[str]] = {
    "en": (
        r"\bhow\s?mu(?:ch|tch)\s*(?:is|are|s|'s|r|for|does|would|will|"
        r"do\s+(?:the|these|those))\b",
        r"\b(?:prices?|costs?)\s+(?:of|for|on)\b",
        r"\bwhat\s+(?:do|does|would|will)\b.*\bcost\b",
        r"^\W*(?:\w+\W+){1,3}price\W*$",
    ),
    "es": (
        r"\bcuanto\s+(?:me\s+)?(?:cuestan?|valen?|salen?|es|estan?|son)\b",
        r"\bprecios?\s+(?:de|del|para)\b",
        r"\ba\s+como\s+est",
    ),
    "fr": (
        r"\bcombien\s+(?:ca\s+)?(?:coute|vaut|valent|est|pour)",
        r"\b(?:c'est|cest|c|est|a)\s+combien\b",
        r"\bprix\s+(?:des?|du|d'|pour)",
    ),
    "ar": (
        rf"{_NOT_HOW_LONG}(?<!\w)(?:سعر|ثمن|بكم|بكام|قديش|اديش|بقديش|شحال|بشحال)(?!\w)",
    ),
    "arabizi": (r"\bb\s?[ie]?ka+m\b|\bkam\s+s",),
    "zh": (r"[钱錢]|[卖賣]|[价價][格钱錢]",),
}
#: Words of other money, and of what is no item: "*" stands for any ending, "_" for a
#: blank.
_OTHERS = """
    deliver* ship shipping shipped shipment post postage posted posting packag* packing
    courier* express send* return* refund* exchang* get_back money_back cash_back
    paid_back back_for back_from gift_card* giftcard* gift_wrap* wrap* voucher* credit*
    ticket* tix entry entrance admission booking fee fees reserv* seat seats concert*
    event* gig gigs the_show your_show this_show next_show shows my_parcel my_account
    my_basket my_cart order* pay pays paid paying payment* charg* instal* deposit bill
    bills invoice* on_sale the_sale discount* code codes coupon* cheap* promo* offer*
    deal deals match* beat differen* drop* lower* reduc* negotia* best_price last_price
    final_price lowest_price special_price good_price bargain tax* vat customs duty
    duties left remain* balance much_time more_time any_longer much_longer how_long
    longer more_stock much_stock days week* hour* weigh* heavy wrong mistake bought
    purchase* change changes changed increas* went_up gone_up gone_down went_down
    going_up includ* guarantee* warrant* parking membership subscri* repair* elsewhere
    another_shop another_store other_shop share_price stock_price house_price
    petrol_price why free frame framing engrav* point points student* trade wholesale
    b2b retailer* resell* bulk next_day competit* rip_off ripoff ridiculous joke scam
    overpriced disgrac* too_much too_expensive much_in much_is_in much_are_in
    much_still nother_shop delivr* giftc* all-in

    envi* mand* traer traig* boletin cada_cuanto demasiado entrega* porte portes gastos
    correo* devol* devuelv* reembols* reintegr* tarjeta* regalo vale_de vales_de
    vale_regalo entrada* boleto* comision* concierto* evento* pedido* orden ordenes
    pago pagos pagar pague pagamos pagaron pagado paga pagan cobr* factura* descuento*
    codigo* cupon* barat* rebaj* oferta* igual* diferencia* bajo baja bajar bajaron
    bajado subi* negoci* hacen_precio hace_precio haceis_precio hacer_precio
    buen_precio mejor_precio impuesto* iva aduana* qued* falta* tarda* tiempo dias
    semana* hora horas pesa* compre comprado compramos compraron garantia aparcamiento
    suscrip* repara* cambi* inclui* incluy* gratis a_partir expres cargo espera
    competencia respet* estudiante* supera superan superar estafa robo
    domicilio* despach*

    livr* le_port de_port du_port envo* frais expedi* poste colissimo retour* renvo*
    rembours* echang* carte_cadeau* cartes_cadeau* bon_cadeau* bons_cadeau* bon_d'achat
    cheque* billet* places une_place la_place par_place entree* evenement* spectacle*
    command* paye* paie* regl* debit* prelev* remise* solde* moins_cher* rabais align*
    faites_un_prix faire_un_prix bon_prix baiss* augment* taxe* tva douane* reste*
    temps jour* semaine* heure* pese* poids achete* abonn* inclu* compris* pourquoi
    devis arnaque lendemain delai* gratuit* etudiant* concurren* autre_magasin
    autre_boutique accot*

    taws* tousil tosil sha7n elsha7n alsha7n sh7n tazk* tazak* talab* raj3*
"""
#: And where blanks do not part words, or much is written before and behind them.
_OTHERS_WITHIN = """
    توصيل شحن ارسال بريد رسوم اجره اجرة رجاع رجيع رجع سترداد مسترد تبديل ستبدال بطاق
    كرت قسيم هدية هديه تذكر تذاكر حجز حفل دخول طلب دفع تقسيط قسط فاتور خصم كود كوبون
    تخفيض تنزيل عرض عروض ارخص مطابق فرق نزل زاد نفس منافس اقل اغل امازون غيركم مجان
    اعيد تعيد اعاد ردو تجيبو يوصل ليفر ضريب جمارك باقي بقي رصيد وقت مدة مده يوم ايام
    ساعة ساعه اسبوع وزن اشتري شريت ضمان موقف شتراك صلاح شامل ليش لماذا ليه نصب اخر_سعر
    احسن_سعر افضل_سعر احسن_ثمن توصلو سريع كرانتي جيفت امريكا

    运 運 邮 郵 快递 快遞 配送 送货 送貨 寄 退 换货 換貨 礼品卡 禮品卡 礼券 禮券 票
    入场 入場 手续费 手續費 订单 訂單 付 分期 折 优惠 優惠 券 便宜 促销 促銷 差价 差價
    降 涨 漲 保价 保價 价保 價保 价格保护 價格保護 同价 同價 比价 比價 还价 還價 议价
    議價 匹配 京东 京東 淘宝 淘寶 最低 国外 國外 免费 免費 次日 加多少 值多少
    还有多少钱 還有多少錢 银行 銀行 税 稅 剩 余额 餘額 几天 幾天 多久 时间 時間 多重
    别人 別人 买了 買了 保修 停车 停車 会员 會員 维修 維修 为什么 為什麼 坑人
"""


def asks_price(text: str) -> bool:
    """Whether a text asks for the price of an item, whichever it may be."""
    return mentions_price(text) and not is_of_other_money(text)


def mentions_price(text: str) -> bool:
    """Whether a text asks for a price, of whatever it is."""
    return bool(_PRICE.search(_folded(text)))


def is_of_something(text: str) -> bool:
    """Whether the price that is asked for is that of something which is told."""
    return bool(_PRICE_OF.search(_folded(text)))


def is_of_other_money(text: str) -> bool:
    """Whether a text speaks of money that is the price of no item."""
    return bool(_OTHER_MONEY.search(_folded(text)))


def without_price(text: str) -> str:
    """Return a text, as it is compared, without what asks for a price in it."""
    return _PRICE.sub(" ", _folded(text))


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    """Return a text in small letters, without accents and signs of vowels."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def _any_of(patterns: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    return re.compile("|".join(one for each in patterns.values() for one in each))


def _other_money() -> re.Pattern[str]:
    spelt = "|".join(map(_spelt, _OTHERS.split()))
    within = "|".join(map(_spelt, _OTHERS_WITHIN.split()))
    return re.compile(rf"\b(?:{spelt})\b|\bp\s?(?:&|\+|and|n)\s?p\b|{within}")


def _spelt(word: str) -> str:
    return word.replace("*", r"\w*").replace("_", r"\s+")


_PRICE, _PRICE_OF, _OTHER_MONEY = _any_of(_ASKED), _any_of(_ASKED_OF), _other_money()
