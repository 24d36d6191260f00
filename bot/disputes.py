"""Does a customer not take what they were told of an order for the end of it?

"But I never received it", behind an order that the courier has delivered: nothing that
is looked up once more helps them, a person does. "Why was it cancelled?" asks for a
reason, which no shop's system tells.
"""

import re

from bot.phrase import Phrase
from intents.text import as_said

#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 14, 28
#: Who says where they have looked, and whom they asked, says more.
MOST_WORDS_LOOKED, MOST_SIGNS_LOOKED = 24, 40

_NOT_HERE = re.compile(
    r"\b(never|not|haven t|havent|hasn t|hasnt|didn t|didnt|don t|dont|isn t|isnt|"
    r"wasn t|nothing|nobody) (\w+ ){0,2}(got|gotten|get|received?|have|come|came|"
    r"arrived?|arrive|here|delivered|turned up|shown up|showed up|left)\b"
    r"|\bnothing (has )?(come|came|arrived|here|there)\b|\bit s not here\b"
    r"|\b(isn t|not|that s not|thats not) (true|right|correct)\b"
    r"|\bthat s (wrong|a lie)\b"
    r"|\b(no|nunca|nada|nadie|jam[aá]s) (\w+ ){0,3}(lleg\w*|recib\w*|tengo|entreg\w*)\b"
    r"|\b(no es (verdad|cierto)|es (mentira|falso))\b"
    r"|\b(rien|jamais|pas) (\w+ ){0,2}(re[cç]ue?s?|arriv\w*|livr\w*|eue?)\b"
    r"|\b(ai|suis|est) (pas|jamais|rien) (\w+ )?(re[cç]ue?s?|arriv\w*|livr\w*|eue?)\b"
    r"|\bpersonne (n )?est (venue?|pass[eé]e?)\b"
    r"|\b(n est|ce n est|c est) (pas vrai|faux)\b"
    r"|\b[وف]?(لم|ما|لا|مو|مش|ابدا) ?(\w+ )?(استلم\w*|ستلم\w*|تستلم\w*|وصل\w*|يصل\w*|"
    r"تصل\w*|اجا\w*|اجت\w*|جاني\w*|جات\w*|جاء?\b|جاش|يات\b|تات\b|عندي|تسلم\w*)"
    # As Egyptians write it, in one word.
    r"|\bم(وصل|ستلم|جا|جت)\w*ش\b|\b(هذا )?(غير صحيح|مش صحيح|مو صحيح)\b"
)
_NOT_HERE_IN_CHINESE = re.compile(
    r"(没|没有|从来没|根本没|还没|未)(有)?(收到|拿到|送到|到货|签收|见到|看到)|(?<!对)不对|不是真的|骗人"
)
#: In vain.
_LOOKED = re.compile(
    r"\b(looked|searched|checked|been|asked|tried) (\w+ ){0,2}(everywhere|everyone|"
    r"everybody|next door|all over|neighbou?rs?)\b|\b(no sign|no trace) of (it|them)\b"
    r"|\bnowhere (to be )?(found|seen)\b"
    r"|\b(busqu[eé]|mir[eé]|buscado|mirado|pregunt[eé]|preguntado) (\w+ ){0,3}"
    r"(todas partes|todos lados|todo|todos|vecin\w+|porter[oa])\b|\bni rastro\b"
    r"|\b(cherch[eé]e?|regard[eé]e?|fouill[eé]e?|demand[eé]e?) (\w+ ){0,3}"
    r"(partout|voisin\w*|gardien\w*)\b|\b(aucune|pas de) trace\b|\bintrouvable\b"
    r"|\b(دورت|بحثت|فتشت|سالت)(\w*) (\w+ ){0,2}(مكان|محل|الجيران|جيراني|البواب)\b"
    r"|\b(ما|لم) ?(لقيت|الاقي|اجد|القا)\w*"
)
_LOOKED_IN_CHINESE = re.compile(
    r"(到处|四处|哪儿?里?都|全)(都)?(找|看)|问(过|了)?(遍)?(邻居|門衛|门卫|保安|鄰居)|"
    r"找(不到|不着|遍)|没找(到|着)|没影|沒找到"
)
#: A clause that denies, and no more than that.
_DENIES = re.compile(
    r"((yeah|yes|yep|well|but|no|nope|erm?|um|ok|okay|hm+|sorry|and|so) )*"
    r"((it s|its|it is|they re|theyre|they are) (really |definitely |just |still )?not"
    r"( here| there)?|(it|they) (isn t|isnt|hasn t|hasnt|wasn t|wasnt|aren t|haven t)"
    r"( here| there)?)"
    r"|((pues|pero|bueno|no|s[ií]|ya|que|oiga|oye|mire|eso) )*no (lo )?"
    r"(est[aá]n?( aqu[ií])?|es( as[ií])?|hay nada|tengo|fue as[ií])"
    r"|((pues|pero|no) )*(para nada|qu[eé] va)"
    r"|((ben|bah|mais|non|oui|euh|eh) )*(il|elle|ils|[cç]a|c|ce) (n )?"
    r"(y |est |sont |a )*pas( l[aà]| ici| le cas| [eé]t[eé]| du tout)*"
    r"|((ben|bah|mais|non|eh) )*(mais non|pas du tout)|((ben|bah|mais|non|"
    r"oui) )*y a rien( du tout| ici)?"
    r"|((لا|بس|طيب|لكن|والله) )*(مو|مش|غير|ماهو|مهو) موجود\w*( (عندي|هنا))?"
    r"|((لا|بس|طيب|لكن|والله) )*(مافي|ما في|مفيش|ماكو) (شي|شيء|حاجه)( \w+)?"
    r"|((لا|بس|طيب|لكن|والله) )*(مو|مش|ليس|ليست|ماهو) (هنا|هون|هناك|كذا|كده|هيك|كذلك)"
)
_DENIES_IN_CHINESE = re.compile(
    r"(可是|但是|但|可|不|啊|呃|那个)*(根本|真的|就是|并)?(没有|沒有|不在|没在)(这里|这儿|家里|啊|呀|呢)*"
    r"|(可是|但是|但|可|啊|呃)*(根本|真的|并)?不是(这样|这么回事|啊|呀|的|吧)+"
)
_CLAUSE = re.compile(r"[.,;:!?…،؛؟。，；：！？\n]+")
#: Money that is not there.
_NO_MONEY = re.compile(
    r"\b(not|isn t|isnt|hasn t|hasnt|haven t|havent|nothing|no money|can t see|"
    r"cant see|don t see|dont see|didn t) (\w+ ){0,4}"
    r"(account|card|bank|statement|paypal|balance)\b"
    r"|\b(account|card|bank|statement|balance) (\w+ ){0,3}"
    r"(nothing|empty|not|no money)\b"
    r"|\b(money|refund|it) (\w+ )?(isn t|isnt|hasn t|hasnt|is not|not|never) "
    r"(\w+ ){0,2}(there|come|came|arrived?|here|showing|gone in|landed|received)\b"
    r"|\b(haven t|havent|never|not|nothing) (\w+ ){0,2}(got|had|seen|received|getting) "
    r"(\w+ ){0,2}(money|refund|anything|penny|cent|it)\b"
    r"|\b(no|nada|ning[uú]n|tampoco) (\w+ ){0,4}(cuenta|tarjeta|banco|extracto)\b"
    r"|\b(cuenta|tarjeta|banco|extracto) (\w+ ){0,2}(no|nada)\b"
    r"|\bno (\w+ ){0,3}(dinero|plata|reembolso|llegado|lleg[oó]|recib\w+|aparece)\b"
    r"|\b(pas|rien|aucun) (\w+ ){0,4}(compte|carte|banque|relev[eé])\b"
    r"|\b(compte|carte|banque|relev[eé]) (\w+ ){0,4}(pas|rien)\b"
    r"|\b(pas|rien) (\w+ ){0,2}(re[cç]ue?s?|argent|arriv[eé]e?|vire|virement)\b"
    r"|\b(ما|لا|لم|مو|مش|مافي|مفيش|ماكو|لا شي) ?(\w+ ){0,4}"
    r"(حسابي|الحساب|بطاقتي|البطاقه|كرتي|البنك|رصيدي|المبلغ|الفلوس|فلوسي)\b"
    r"|\b(حسابي|بطاقتي|البنك|رصيدي) (\w+ ){0,3}(ما|لا|لم|مافي|فاضي|مفيش)\b"
)
_NO_MONEY_IN_CHINESE = re.compile(
    r"(卡|账户|帐户|賬戶|账|帐|银行|銀行|支付宝|微信|余额|钱包)(里|上|裡)?(面)?"
    r"(\w{0,4})(没|沒|空的)|(没|沒|未)(有)?(到账|到帐|收到|看到|见到|进账|退回|退到)|钱(还|都|也)?没"
)
#: What says no, and not of a parcel or money: that there is no more to ask, that nobody
#: has looked yet, praise, and an account that needs something.
_OF_ELSE = re.compile(
    r"\b(no|not|nothing|any|never|none|don t|dont) (\w+ ){0,3}"
    r"(questions?|ask|add|better|nicer|faster)\b"
    r"|\b(not|haven t|havent|didn t|didnt) (even |really |actually |yet )?"
    r"(check|look|tri)ed\b"
    r"|\baccount (\w+ ){0,3}(verified|activated|confirmed|working)\b"
    r"|\b(ning[uú]n\w*|no|nada|m[aá]s) (\w+ ){0,3}"
    r"(preguntas?|preguntar|dudas?|consultas?|decir|agregar|mejor)\b"
    r"|\bno (lo |la |he )*(mir(ado|[eé])|revis(ado|[eé]))\b"
    r"|\b(pas|rien|aucune?|plus) (\w+ ){0,3}(questions?|demander|ajouter|dire|mieux)\b"
    r"|\b(pas|ai pas) (encore )?(regard[eé]|v[eé]rifi[eé])\b"
    r"|\b(ما|لا|مو|مش|ولا) ?(\w+ ){0,3}(اس[يئ]له|سوال|استفسار|استفسارات|اسال)\b"
)
_OF_ELSE_IN_CHINESE = re.compile(
    r"没有?(其他|其它|别的|什么)?(问题|疑问|要问)|(还没|没)(去)?(查|看)(过|呢)?$"
)
_ELSE = Phrase(_OF_ELSE, _OF_ELSE_IN_CHINESE)
_WHY = re.compile(
    r"\b(why|how come|what for|what s the reason|reason)\b"
    r"|\b(por ?qu[eé]|por q|porq|xq|pq|motivo|raz[oó]n)\b(?<!tiene raz[oó]n)"
    r"(?<!tienen raz[oó]n)(?<!tienes raz[oó]n)"
    r"|\b(pourquoi|pk|pkoi|comment ([cç]a|cela) se fait)\b"
    # "Vous avez raison" asks for none.
    r"|\b(?<!avez )(?<!as )(?<!a )raison\b(?! sociale)"
    r"|\b[وف]?(لماذا|ليش|ليه|علاش|سبب|السبب|عشان ايه)\b"
)
_WHY_IN_CHINESE = re.compile(r"为什么|为啥|怎么(会|就|被)|原因|凭什么")
#: No "amount" (مبلغ), no "goods" (الغرض), no "dear" (الغالي).
_CALLED_OFF = re.compile(
    r"cancel|annul|anul|取消|(?<!ب)لغ(اء|ا\b|اه|ي(?!ر)|و|ت\b)|كنسل", re.IGNORECASE
)
_PAID_BACK = re.compile(
    r"refund|money back|reembols|devol|devuel|reintegr|rembours|استرد|استرجاع|退"
)
_OF_EVENT = re.compile(
    r"\b(concerts?|shows?|gigs?|events?|fair|workshop|tour|conciertos?|eventos?|"
    r"espect[aá]culos?|feria|taller|spectacles?|soir[eé]es?|[eé]v[eéè]nements?|foire|"
    r"atelier)\b|حفل|فعالي|عرض"
    r"|演出|音乐会|演唱会|活动"
)
# One expression for all: blanks are no border where Chinese stands together.
_OFF = Phrase(_CALLED_OFF, _CALLED_OFF)
_BACK = Phrase(_PAID_BACK, _PAID_BACK)
_EVENT = Phrase(_OF_EVENT, _OF_EVENT)
_IN_VAIN = Phrase(_LOOKED, _LOOKED_IN_CHINESE, MOST_WORDS_LOOKED, MOST_SIGNS_LOOKED)
_JUST_NOT = Phrase(_DENIES, _DENIES_IN_CHINESE)
_UNPAID = Phrase(_NO_MONEY, _NO_MONEY_IN_CHINESE, MOST_WORDS, MOST_SIGNS)
_NOTHING_CAME = Phrase(_NOT_HERE, _NOT_HERE_IN_CHINESE, MOST_WORDS, MOST_SIGNS)
_ASKS_WHY = Phrase(_WHY, _WHY_IN_CHINESE, MOST_WORDS, MOST_SIGNS)


def says_not_here(text: str) -> bool:
    """Whether a text says, in any of the languages, that nothing has come."""
    if _ELSE.is_in(text) or _of_event(text):
        return False
    if _NOTHING_CAME.is_in(text) or _IN_VAIN.is_in(text):
        return True
    words = len(as_said(text).split())
    denied = any(_JUST_NOT.is_all_of(one) for one in _CLAUSE.split(text))
    return denied and words <= MOST_WORDS_LOOKED


def says_no_money(text: str) -> bool:
    """Whether a text says, in any of the languages, that no money has come."""
    if _ELSE.is_in(text):
        return False
    return _UNPAID.is_in(text) or says_not_here(text)


def asks_why(text: str) -> bool:
    """Whether a text asks why, and of no event."""
    return not _of_event(text) and _ASKS_WHY.is_in(text)


def of_calling_off(text: str) -> bool:
    """Whether a text speaks of something that was called off."""
    return _OFF.is_in(text)


def of_money_back(text: str) -> bool:
    """Whether a text speaks of money that is to be paid back."""
    return _BACK.is_in(text)


def _of_event(text: str) -> bool:
    return _EVENT.is_in(text)
