"""Does a customer ask whether a program or a person answers? In so many words."""

import re

from bot.phrase import Phrase

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
    r"|\b(eres|sos|es usted|usted es|sois|esto es|hablo con|(hablando|chateando) con) "
    r"(un |una )?(bot|chatbot|robot|m[aá]quina|persona|ser humano|humano|humana|real|"
    r"ia|inteligencia artificial|programa)\b"
    r"|\b(es tu|tu es|t es|vous [êe]tes|[êe]tes vous|c est|est ce|t|tes|c|cest|"
    r"parle (à|a|avec)|"
    r"discute avec) (un |une )?(vraie? )?(bot|robot|chatbot|machine|humaine?|personne|"
    r"ia|intelligence artificielle|programme)\b"
    r"|\b(انت|انتي|انتم) (روبوت|بوت|انسان|شخص|حقيقي|اله|برنامج|ذكاء)\b"
    r"|\b(هذا|هذه|ده|دا) (روبوت|بوت|انسان|شخص حقيقي|رد الي)\b"
    r"|\b(اتحدث|اتكلم|احكي|بحكي|بكلم|بتكلم) (مع |الي )?(روبوت|بوت|اله|انسان حقيقي)\b"
    r"|\bهل (اتحدث|اتكلم|احكي) (مع |الي )?(انسان|شخص حقيقي)\b"
)
_ASKS_IN_CHINESE = re.compile(
    r"[你您](们)?(是|是不是)(个|一个)?(机器人|真人|人工智能|人工智慧|ai|程序|程式|bot|人)"
    r"|是(机器人|真人)(吗|还是)|(跟|和|与)(机器人|ai)\w{0,4}吗"
)
_ASKED = Phrase(_ASKS, _ASKS_IN_CHINESE)


def asked(text: str) -> bool:
    """Whether a text asks, in any of the languages, who or what answers."""
    return _ASKED.is_in(text)
