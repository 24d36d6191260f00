"""Does a customer not have, or not know, what we ask for? In so many words.

Looked for in what answers a question with no value: "I don't have it", "no idea". A
person can find what they lack, the same question again can't.
"""

import re

from bot.phrase import Phrase

_SAYS = re.compile(
    r"\b(don t|dont|do not|didn t|did not|can t|cant|cannot|can not|couldn t|never) "
    r"(know|have|got|get|find|remember|recall|receive|see)\b"
    r"|\b(haven t|havent|have not) (got|received|a clue|any)\b"
    r"|\b(have|got|with) no (number|order|ticket|e ?mail|code|post ?code|idea|clue)"
    r"|\bno (idea|clue|number|ticket)\b|\b(lost|forgot|forgotten|deleted|misplaced)\b"
    r"|\b(not|isn t) (sure|certain)\b|\bunsure\b|\bidk\b"
    r"|\bno (lo |la |los |las |me |te )*(sé|tengo|encuentro|recuerdo|acuerdo|veo|ubico|"
    r"conozco|consta|aparece|llegó|llego|recibí|recibi|guardé|guarde)\b"
    # Without its accent it is the "se" of "no se puede" as well.
    r"|\bno (lo |la )?se($| (bien|cual|cuál|el|eso|la|lo|mi|que|qué|si)\b)|\bnose\b"
    r"|\bni idea\b|\bsin (número|numero|entrada|correo)\b"
    r"|\b(perdí|perdi|perdió|perdio|perdido|extravié|extravie|extraviado|olvidé|olvide|"
    r"olvidado|borré|borre|borrado|eliminé|elimine)\b"
    r"|\b(l ai|ai|jai|sais|trouve|retrouve|connais|rappelle|souviens|reçu|recu|vois) "
    r"(pas|plus)\b|\b(pas|jamais|rien) (reçue?|recue?)\b|\bjsp\b"
    r"|\b(pas|plus) (de|d) (numéro|numero|billet|code|mail|e mail)\b"
    r"|\b(perdue?s?|égarée?|egare|oubliée?|oublie|effacée?|efface|supprimée?|supprime)\b"
    r"|\baucune? (idée|idee|numéro|numero|souvenir)\b"
    r"|\bpas (sûre?|sure?|certaine?)\b"
    r"|\b(لا|ما|لم|مش|مو|لست) ?(اعرف|ادري|اتذكر|اذكر|املك|اجد|عارف|فاكر|متذكر|لاقي|"
    r"لقيت|عندي|معي|بعرف|بتذكر|متاكد|يصلني|تصلني|وصلني)(ه|ها)?\b"
    r"|\b(ليس|ليست) (لدي|عندي|معي)\b|\b(معنديش|معيش|معرفش|مفيش)\b"
    r"|\b(نسيت|ضاع|ضاعت|ضيعت|فقدت|حذفت)(ه|ها)?\b"
)
_IN_CHINESE = re.compile(
    r"不知道|不晓得|不记得|记不|不清楚|不确定|忘了|忘记|忘掉|想不起|找不到|(?<!有)没有|没收到|没了|丢了|删了"
)
_LACKS = Phrase(_SAYS, _IN_CHINESE)


def lacks(text: str) -> bool:
    """Whether a text says, in any of the languages, that something is not at hand."""
    return _LACKS.is_in(text)
