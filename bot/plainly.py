"""What customers ask of the dialogue itself, in so many words.

"Repeat that", "skip", "start over": said alone they mean nothing else, in any flow,
whatever a shop has taught. Inside a longer sentence they may mean anything, and are
left to the model; but a person is asked for wherever that is said.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from intents.text import bare, normalise

Wish: TypeAlias = Literal["repeat", "skip", "restart", "cancel"]

#: By wish, then by language.
_SAID: Mapping[Wish, Mapping[str, Sequence[str]]] = {
    "repeat": {
        "en": (
            "repeat",
            "repeat that",
            "repeat it",
            "repeat please",
            "repeat that please",
            "please repeat",
            "please repeat that",
            "can you repeat",
            "can you repeat that",
            "can you repeat that please",
            "could you repeat that",
            "could you repeat that please",
            "say again",
            "say that again",
            "say it again",
            "can you say that again",
            "come again",
            "what did you say",
            "what was that",
            "once more please",
        ),
        "ar": (
            "كرر",
            "كرري",
            "كرر من فضلك",
            "كرري من فضلك",
            "أعد",
            "أعيدي",
            "أعد من فضلك",
            "عيد",
            "عيدي",
            "ممكن تعيد",
            "ممكن تعيدي",
            "هل يمكنك التكرار",
            "هل يمكنك الإعادة",
            "ماذا قلت",
            "ماذا قلتم",
            "مرة أخرى من فضلك",
        ),
        "es": (
            "repetir",
            "repite",
            "repita",
            "repítelo",
            "repítalo",
            "repite por favor",
            "repita por favor",
            "puedes repetir",
            "puede repetir",
            "puedes repetirlo",
            "puede repetirlo",
            "me lo repites",
            "me lo repite",
            "otra vez por favor",
            "qué has dicho",
            "qué dijiste",
        ),
        "fr": (
            "répéter",
            "répète",
            "répétez",
            "répète s'il te plaît",
            "répétez s'il vous plaît",
            "tu peux répéter",
            "peux-tu répéter",
            "vous pouvez répéter",
            "pouvez-vous répéter",
            "qu'avez-vous dit",
            "qu'est-ce que tu as dit",
            "encore une fois s'il vous plaît",
        ),
        "zh": (
            "重复",
            "重复一遍",
            "请重复",
            "请重复一遍",
            "再说一遍",
            "请再说一遍",
            "再说一次",
            "请再说一次",
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
            "skip please",
            "skip this question",
            "next question",
            "can i skip",
            "can i skip this",
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
            "let's start over",
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
            "cancel please",
            "cancel it please",
            "cancel this please",
            "cancel that please",
            "exit",
            "exit please",
            "quit",
            "quit please",
        ),
        "ar": ("إلغاء", "الغ"),
        "es": ("cancelar", "salir"),
        "fr": ("annuler", "annule"),
        "zh": ("取消", "退出"),
    },
}


#: A person is asked for, whatever else a message is about. One word more or less would
#: be guessed at: who asks for a person must not be asked to repeat it.
_PERSON = re.compile(
    r"\b(talk|speak|chat|transfer me|connect me|put me through) (to|with) "
    r"((an?|the|your|some) )?((real|actual|live|human|customer|support) )*"
    r"(person|human|human being|agent|representative|advis[eo]r|operator|colleague|"
    r"member of staff|someone|somebody)\b"
    r"|\b(want|need|get me|give me|prefer) (an? )?(real|actual|live|human) "
    r"(person|human|agent)\b"
    r"|\b(hablar|chatear|comunicarme|contactar) con (una? |el |la )?"
    r"(persona|humano|agente|alguien|asesora?|operadora?|representante)\b"
    r"|\b(parler|discuter|échanger) (à|avec) (une? |l'|votre )?(vraie? )?"
    r"(personne|humain|conseiller|conseillère|agent|quelqu'un|opérateur|opératrice)\b"
    r"|\b(اتكلم|احكي|اتحدث|التحدث|التكلم|الحديث|اكلم) (مع |الي )?"
    r"(شخص|موظف|احد|حد|انسان|ممثل|مسوول|خدمه العملاء)"
)
_PERSON_IN_CHINESE = re.compile(r"(转|找|要|接|需要)(真人|人工)|(人工|真人)客服")


@dataclass(frozen=True, kw_only=True)
class Plain:
    """What a message asks of the dialogue itself."""

    wish: Wish | None = None
    #: Whether it says, in any of the languages, that a person is wanted.
    asks_for_person: bool = False


def read(text: str) -> Plain:
    """Return what a message asks of the dialogue itself, nothing for most."""
    normal = normalise(text)
    together = normal.replace(" ", "")
    return Plain(
        wish=_WISHES.get(bare(normal)),
        asks_for_person=bool(
            _PERSON.search(normal) or _PERSON_IN_CHINESE.search(together)
        ),
    )


def _folded() -> Iterator[tuple[str, Wish]]:
    for wish, languages in _SAID.items():
        for phrase in (one for said in languages.values() for one in said):
            yield bare(normalise(phrase)), wish


_WISHES: Mapping[str, Wish] = dict(_folded())
