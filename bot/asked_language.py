"""Does a customer ask to go on in another language? In so many words."""

import re
from collections.abc import Iterator

from intents.text import as_said

#: A request has no more words than this: a longer message wants something else too.
_MOST_WORDS = 10
#: A sentence beside the request may have so many: "hello", "thank you".
_COURTESY = 2
_SENTENCE = re.compile(r"[^.?!؟。？！\n]+")
_NAME = re.compile(
    r"(?P<ar>\b(arabic|árabe|arabe)\b|\b(بال|ال)?عربيه?\b|阿拉伯(语|文))"
    r"|(?P<en>\b(english|inglés|ingles|anglais)\b|(بال|ال)?(انجليزي|انكليزي)ه?|英(语|文))"
    r"|(?P<es>\b(spanish|español|espanol|castellano|espagnol)\b|(بال|ال)?اسبانيه?"
    r"|西班牙(语|文))"
    r"|(?P<fr>\b(french|français|francais|francés|frances)\b|(بال|ال)?فرنسيه?|法(语|文))"
    r"|(?P<zh>\b(chinese|mandarin|chinois|chino)\b|(بال|ال)?صينيه?"
    r"|中文|汉语|普通话|国语)"
)
_SPEAKS = re.compile(
    r"\b(speak|talk|chat|write|answer|reply|continue|switch|"
    r"hablar?|hablas?|hablan|hablamos|h[aá]bl[ae]me|escribir|escr[ií]b[ae]me|responder?|"
    r"respond[ae]|resp[oó]nd[ae]me|contest[ae]r?|cambi[ae]r?|seguir|"
    r"parlez|parler|parles|parlons|[ée]cri(?:re|s|vez)|r[ée]pond(?:re|s|ez)|continuer)\b"
    r"|[اتن]?تحدث|[اتن]?تكلم|[اتن]حكي|[اتن]كتب|\bرد(وا|ي)?\b|说|讲|用|换成|聊|回复"
)
#: What they do not speak: "no hablo inglés, ¿podemos hablar en español?"
_NOT_THIS = re.compile(
    r"\b(?:(?:no|not|don t|dont|can t|cannot|ne)(?: \w+)? "
    r"(?:speak|talk|understand|hablo|hablar|entiendo|sé|parler?|comprends)|"
    r"(?:parle|comprends) pas)(?: (?:bien|en|in|l|ni|pas))* "
    r"(?:english|inglés|ingles|anglais|spanish|español|espanol|espagnol|french|"
    r"français|francais|francés|frances|arabic|árabe|arabe|chinese|chino|chinois)\b"
)
#: Beside the name alone, or the name with "in" before it.
_NO_MORE = re.compile(
    r"\b(in|en|please|pls|por|favor|porfa|s il|te|vous|plaît|plait|svp|stp|only|solo)\b"
    r"|من فضلك|لو سمحت|فقط|请"
)


def asked_language(text: str) -> str | None:
    """Return the code of the language that a text asks for, if it asks nothing else."""
    told = list(_told(text))
    if len(told) != 1 or len(told[0].split()) > _MOST_WORDS:
        return None
    name = _name(told[0])
    if name is None:
        return None
    rest = name.string[: name.start()] + name.string[name.end() :]
    asks = _SPEAKS.search(rest) or not _NO_MORE.sub("", rest).strip()
    return name.lastgroup if asks else None


def _told(text: str) -> Iterator[str]:
    """Yield the sentences that are more than a courtesy, without their punctuation."""
    for sentence in _SENTENCE.findall(text):
        said = _NOT_THIS.sub("", as_said(sentence)).strip()
        if len(said.split()) > _COURTESY or _name(said):
            yield said


def _name(said: str) -> re.Match[str] | None:
    """Return the name of a language in what is said; Chinese has blanks inside."""
    return _NAME.search(said) or _NAME.search(said.replace(" ", ""))
