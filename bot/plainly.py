"""What customers ask of the dialogue itself, in so many words.

"Repeat that", "skip", "start over": said alone they mean nothing else, in any flow,
whatever a shop has taught. Inside a longer sentence they may mean anything, and are
left to the model; but a person is asked for wherever that is said.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from bot import courtesy
from bot.asked_language import asked_language
from bot.lacks import lacks
from intents.text import as_said, bare, normalise, unaccented

Wish: TypeAlias = Literal["repeat", "skip", "restart", "cancel"]

#: By wish, then by language.
_SAID: Mapping[Wish, Mapping[str, Sequence[str]]] = {
    "repeat": {
        "en": (
            "repeat",
            "repeat that",
            "repeat it",
            "say again",
            "say that again",
            "say it again",
            "come again",
            "what did you say",
            "what was that",
            "once more please",
        ),
        "ar": (
            "كرر",
            "كرري",
            "أعد",
            "تعيد",
            "تعيدي",
            "أعيدي",
            "عيد",
            "عيدي",
            "هل يمكنك التكرار",
            "هل يمكنك الإعادة",
            "ماذا قلت",
            "ماذا قلتم",
            "مرة أخرى من فضلك",
            "مرة ثانية من فضلك",
        ),
        "es": (
            "repetir",
            "repetirlo",
            "repite",
            "repita",
            "repítelo",
            "repítalo",
            "me lo repites",
            "me lo repite",
            "repetir eso",
            "repetí",
            "repetime",
            "otra vez por favor",
            "qué dijo",
            "qué has dicho",
            "qué dijiste",
        ),
        "fr": (
            "répéter",
            "répète",
            "répétez",
            "qu'avez-vous dit",
            "qu'est-ce que tu as dit",
            "encore une fois s'il vous plaît",
        ),
        "zh": (
            "重复",
            "重复一遍",
            "再说一遍",
            "再说一次",
            "再讲一遍",
            "重复一下",
            "你说什么",
            "您说什么",
        ),
    },
    "skip": {
        "en": (
            "skip",
            "skip it",
            "skip this",
            "skip that",
            "skip this question",
            "next question",
        ),
        "ar": (
            "تخط",
            "تخطي",
            "تخطى",
            "تخطي السؤال",
            "تخطى السؤال",
            "تجاوز",
            "تجاوز السؤال",
            "السؤال التالي",
        ),
        "es": (
            "saltar",
            "omitir",
            "pasar",
            "saltar pregunta",
            "omitir pregunta",
            "saltar esta pregunta",
            "omitir esta pregunta",
            "siguiente pregunta",
        ),
        "fr": (
            "passer",
            "sauter",
            "passer cette question",
            "sauter cette question",
            "question suivante",
        ),
        "zh": (
            "跳过",
            "跳过这个问题",
            "跳过此问题",
            "跳过这题",
            "下一个问题",
            "下一题",
        ),
    },
    "restart": {
        "en": (
            "restart",
            "reset",
            "start over",
            "start again",
            "start from scratch",
            "start from the beginning",
            "begin again",
        ),
        "ar": (
            "ابدأ من جديد",
            "نبدأ من جديد",
            "البدء من جديد",
            "إعادة البدء",
            "من البداية",
        ),
        "es": (
            "reiniciar",
            "empezar de nuevo",
            "empecemos de nuevo",
            "comenzar de nuevo",
            "volver a empezar",
            "empezar de cero",
        ),
        "fr": (
            "redémarrer",
            "recommencer",
            "recommençons",
            "on recommence",
            "recommencer à zéro",
            "repartir de zéro",
        ),
        "zh": ("重新开始", "从头开始", "重来", "重新来"),
    },
    "cancel": {
        "en": (
            "cancel",
            "cancel it",
            "cancel this",
            "cancel that",
            "exit",
            "quit",
        ),
        "ar": ("إلغاء", "ألغ", "ألغي", "كنسل"),
        "es": ("cancelar", "salir"),
        "fr": ("annuler", "annule"),
        "zh": ("取消", "退出"),
    },
}


_HUMANO = r"(persona|ser humano|humano|agente|asesora?|operadora?)"
_HUMAIN = (
    r"(personne|[êe]tre humain|humain|conseiller|conseill[èe]re|agent|op[ée]rateur|"
    r"op[ée]ratrice)"
)
#: A person is asked for, whatever else a message is about. One word more or less would
#: be guessed at: who asks for a person must not be asked to repeat it.
_PERSON = re.compile(
    r"\b(talk|speak|chat|transfer me|connect me|put me through) (to|with) "
    r"((an?|the|your|some) )?((real|actual|live|human|customer|support) )*"
    r"(person|human|human being|agent|representative|advis[eo]r|operator|colleague|"
    r"member of staff|someone|somebody)\b"
    r"|\b(want|need|get me|give me|prefer) (an? )?(real|actual|live|human) "
    r"(person|human|agent)\b"
    r"|\b(get|give|find) me (an? )?(person|human|agent|someone|somebody)\b"
    r"|\b(need|want) (someone|somebody|a person|a human) to "
    r"(do|help|look|call|contact|check|sort|fix|ring)\b"
    r"|\b(necesito|quiero) (a )?(alguien|una persona) que me (ayude|llame|atienda)\b"
    r"|\bbesoin (de quelqu'un|d'une personne) (pour|qui)\b"
    r"|\b(hablar|platicar|chatear|comunicarme|contactar|p[aá]s[ae]me|comun[ií]came|"
    r"comun[ií]queme|me (pasas?|comunicas?)) con (una? |el |la |alg[uú]n )?"
    rf"({_HUMANO}|alguien|representante|ejecutiv[oa]|atenci[oó]n al cliente|"
    r"servicio al cliente|soporte)\b"
    rf"|\b(quiero|necesito|prefiero) (a )?una? {_HUMANO}\b"
    r"|\b(parler|discuter|[ée]changer) (à|a|au|avec) (une? |l'|le |votre )?(vraie? )?"
    rf"({_HUMAIN}|quelqu['’ ]?un|qqn|service client|support|sav)\b"
    rf"|\b(passez?[ -]moi|veux|voudrais) (une? )(vraie? )?{_HUMAIN}\b"
    # "Am I talking to a person?" asks who answers.
    r"|(?<!هل )\b(اتكلم|احكي|اتحدث|التحدث|التكلم|الحديث|اكلم) (مع |الي )?"
    r"(شخصا?|موظف\w*|احدا?|حدا?|انسانا?|ممثل\w*|مسوول\w*|خدمه العملاء)\b"
    r"|\bحول(ني|وني|يني) (الي |علي |مع )?ل?(شخص|موظف\w*|احد|حد|انسان|خدمه العملاء)\b"
    r"|\b(اريد|ابي|ابغي|بدي|عايزه?|عاوزه?|احتاج) "
    r"(موظفا?|شخصا? حقيقيا?|انسانا?|(حد|احد|حدا) (يرد|يكلمني|يساعدني))\b"
)
_PERSON_IN_CHINESE = re.compile(
    r"(转|找|要|接|需要|换)(一?[个位名])?(真人|人工|活人)|(人工|真人)客服|(转|找)客服"
    r"|(跟|和|与)(真人|人工|客服)(说|聊|谈|讲|对话|沟通|交谈|通话)"
)


@dataclass(frozen=True, kw_only=True)
class Plain:
    """What a message asks of the dialogue itself."""

    wish: Wish | None = None
    #: Whether it says, in any of the languages, that a person is wanted.
    asks_for_person: bool = False
    #: Whether it says that something is not at hand.
    lacks: bool = False
    #: The language that it asks to go on in.
    language: str | None = None


@lru_cache(maxsize=64)
def read(text: str) -> Plain:
    """Return what a message asks of the dialogue itself, nothing for most."""
    normal = normalise(text)
    together = normal.replace(" ", "")
    return Plain(
        wish=_wish(bare(normal)),
        asks_for_person=bool(
            _PERSON.search(normal) or _PERSON_IN_CHINESE.search(together)
        ),
        lacks=lacks(text),
        language=asked_language(text),
    )


def _wish(said: str) -> Wish | None:
    """Return what is said alone, or with a courtesy around it.

    "I want to cancel" is not the word alone: it may be about an order.
    """
    plain = courtesy.without(said)
    asked = _WISHES.get(unaccented(courtesy.without_asking(plain)))
    alone = unaccented(plain) in _WISHES
    return None if asked == "cancel" and not alone else asked


def _folded() -> Iterator[tuple[str, Wish]]:
    for wish, languages in _SAID.items():
        for phrase in (one for said in languages.values() for one in said):
            yield unaccented(as_said(phrase)), wish


_WISHES: Mapping[str, Wish] = dict(_folded())
