"""Is it asked again when, or where, the event is that is spoken of? In so many words.

"Ok where is it again and what time": no word of it says what it is about, and a model
takes it for nothing. So each word must be one that such a question is made of.
"""

import re

from intents.text import as_said, unaccented

WHEN, WHERE = "event_when", "event_where"
#: A longer text tells more than that.
MOST_WORDS = 14

_OF_TIME = re.compile(
    r"\b(when|what time|what day|what date|which day|which date)\b"
    r"|\b(cuando|que hora|q hora|que dia|q dia|que fecha)\b"
    r"|\b(quand|quelle heure|quel jour|quelle date)\b"
    r"|\b(متي|امتي|امتا|ايمتي|ايمتا|اي ساعه|اي يوم|كم الساعه|الساعه كم|"
    r"وقتاش)\b"
    r"|几点|什么时候|啥时候|哪天|几号|何时|時候|幾點|哪一天"
)
_OF_PLACE = re.compile(
    r"\b(where|wheres|what place|which place|what venue|which venue)\b"
    r"|\b(donde|que sitio|que lugar)\b|\b(ou|quel endroit|quelle salle)\b"
    r"|\b(وين|فين|اين|وينه|وينها|فينه|فينها|اي مكان)\b"
    r"|在哪里?|在哪儿|哪里|哪儿|什么地方"
)
_WORDS_SAID = (
    # English
    "ok okay so and n & then again wait sorry hey oh um well but exactly please "
    "pls thx remind me tell is it s was that this thing one when what which where "
    "wheres whens time day date place venue does do did will would start starts "
    "begin begins on at held being happening taking the a of what's be gonna "
    "going to also "
    # Spanish
    "vale bueno entonces y pues perdon oye me puede puedes decir dices recuerda "
    "recuerdame otra vez de nuevo es era sera esta cuando donde a q que hora dia "
    "fecha sitio lugar en el la lo empieza empezaba comienza cual por favor "
    "exactamente "
    # French
    "bon alors et du coup pardon deja redites redis moi rappelez rappelle c est "
    "etait ce sera quand ou quelle quel heure jour date endroit salle a ca "
    "commence commencait encore exactement svp stp qu il elle cest se passe lieu "
    "a-t t "
    # Arabic
    "طيب تمام اوك و ب بس معليش عفوا ذكرني قول لي قولي هو هي كان كانت متي امتي "
    "امتا ايمتي ايمتا اي ساعه يوم كم الساعه وقتاش وين فين اين وينه وينها فينه "
    "فينها مكان بالضبط مره ثانيه تاني بتصير تصير بيصير يصير بتبدا تبدا بيبدا يبدا "
    "ومتي وامتي وايمتي ووين وفين واين واي وبكم الحفل الحفله الفعاليه بتكون تكون "
    "بيكون يكون "
)
_WORDS = frozenset(_WORDS_SAID.split())
_CHINESE = re.compile(
    r"(那|哦|噢|好的?|嗯|对了|再说一?遍|再说一?下|提醒一?下|我|忘了|请问|是|在|到底|具体|"
    r"几点|什么时候|啥时候|哪一?天|几号|何时|哪里|哪儿|什么地方|开始|举行|开|办|来着|的|呢|啊|呀|"
    r"了|和|还有|以及|它|这个|那个|活动|演出|地点|时间|什麼|時候|幾點|開始|來著)+"
)


def goal(text: str) -> str | None:
    """Return what a text asks again of an event, None if it asks anything else."""
    said = unaccented(as_said(text))
    together, words = said.replace(" ", ""), said.split()
    if _CHINESE.fullmatch(together):
        said = together
    elif len(words) > MOST_WORDS or not _WORDS.issuperset(words):
        return None
    if _OF_TIME.search(said):
        return WHEN
    return WHERE if _OF_PLACE.search(said) else None
