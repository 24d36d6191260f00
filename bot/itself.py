"""Does a customer ask whether a program or a person answers? In so many words."""

import re

from intents.text import bare, normalise

#: What is answered to it in the middle of a question: pattern_chitchat's `intent`.
ITSELF = "itself"

_KIND = (
    r"(bot|robot|chat ?bot|ai|a i|machine|computer|program(me)?|human|person|real|"
    r"automated|machin)"
)
_ASKS = re.compile(
    rf"\b(are|r) (you|u) (just |really )?(an? )?(real |live |actual )?{_KIND}\b"
    rf"|\b(is this|am i (talking|speaking|chatting|writing) (to|with)) (just )?(an? )?"
    rf"(real |live |actual )?{_KIND}\b"
    r"|\b(eres|es usted|sois|esto es|hablo con|estoy hablando con) (un |una )?"
    r"(bot|robot|m[aá]quina|persona|humano|humana|ia|programa)\b"
    r"|\b(es tu|tu es|t es|vous [êe]tes|[êe]tes vous|c est|est ce|parle (à|avec)) "
    r"(un |une )?(vraie? )?(bot|robot|chatbot|machine|humain|personne|ia|programme)\b"
    r"|\b(انت|انتي|انتم|هذا|هل انت) (روبوت|بوت|انسان|شخص|حقيقي|اله|برنامج|ذكاء)"
    r"|\b(اتحدث|اتكلم|احكي|بحكي|بكلم) (مع |الي )?(روبوت|بوت|اله|انسان حقيقي)"
)
_ASKS_IN_CHINESE = re.compile(
    r"你(们)?(是|是不是)(个|一个)?(机器人|真人|人工智能|ai|程序|bot|人)|是(机器人|真人)吗"
)


def asked(text: str) -> bool:
    """Whether a text asks, in any of the languages, who or what answers."""
    words = bare(normalise(text))
    return bool(_ASKS.search(words) or _ASKS_IN_CHINESE.search(words.replace(" ", "")))
