"""Does a customer count what they want: "two things", "1) ... 2) ...", "① ... ②"?"""

import re
import unicodedata

#: What stands before each, by what kind of mark: these, then numbers with a sign, then
#: numbers alone, which count only where there are three of them.
_CIRCLES = re.compile(r"[①②③④⑤]")
_SIGNED = re.compile(r"(?<![\w.,])\(?([1-5])\s?[).．、:：](?!\d)")
_ALONE = re.compile(r"(?<![\w.,£$€-])([1-5])(?=\s+[^\W\d])")
_LEAST_ALONE = 3
#: How many things one wants, before one says which.
_LEAD_IN = re.compile(
    r"""\W*(?:(?:hi|hello|hey|hola|bonjour|salut|مرحبا|你好|您好)\W+)?
    (?:i\ have\ |i've\ got\ |got\ |tengo\ |j'ai\ |عندي\ |لدي\ |我有|有)?
    (?:(?:two|three|2|3|a\ couple\ of|a\ few)\ (?:quick\ )?(?:things|questions|q's)
    |(?:dos|tres|2|3|un\ par\ de)\ (?:cositas?|cosas|preguntas|preguntitas|dudas)
    |(?:deux|trois|2|3)\ (?:petites\ )?(?:questions|choses|trucs)
    |سؤالان|سؤالين|شغلتين|حاجتين|سوالين|كم\ سؤال
    |(?:两|三|2|3|兩)(?:个|個|件)(?:问题|問題|事)
    )\W*""",
    re.VERBOSE | re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\b(?:two|three|2|3|(?:a )?couple of) (?:quick |small |little )?"
    r"(?:things|questions|queries|q's|ones)\b"
    r"|\b(?:dos|tres|2|3|un par de) (?:cositas?|cosas|preguntas|preguntitas|dudas)\b"
    r"|\b(?:deux|trois|2|3) (?:petites )?(?:questions|choses|trucs)\b"
    r"|سؤالان|سؤالين|شغلتين|حاجتين|سوالين"
    r"|(?:ثلاث|ثلاثة|تلات|تلت|٣|3) ?(?:أسئلة|اسئلة|أشياء|اشياء|شغلات|حاجات)"
    r"|(?:两|三|2|3|兩)(?:个|個|件)(?:小)?(?:问题|問題|事)|问(?:两|三|兩)(?:个|個)",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？؟]+")
#: How a question begins, or what is in it, where nobody writes the mark.
_ASKS = re.compile(
    r"""[?？؟]\s*\Z
    |\A\W*(?:where|when|how|what|which|who|can\ i|could\ i|do\ you|does|is\ there
    |(?:a\ |en\ |de\ |hasta\ )?(?:dónde|donde|cuándo|cuánto|cuanto|qué|cuál)|cómo|puedo
    |(?:à\ |d')?où|quand|combien|comment|quel(?:le)?s?|est-ce|puis-je
    |(?:أين|اين|وين|فين|كيف|ازاي|إزاي|شلون|كم|بكم|بكام|قديش|هل|متى|امتى|إمتى)(?:ه|ها)?)(?!\w)
    |[吗嗎呢]\W*\Z|怎么|怎麼|怎样|多少|多久|几点|幾點|哪[里裡儿天]|到哪|什么|什麼|何[时時]|能不能|是不是|可不可以
    """,
    re.VERBOSE | re.IGNORECASE,
)


def asks_several(text: str) -> bool:
    """Whether a text says that it asks several things, or ends more than one so."""
    return counts(text) or len(_QUESTION.findall(text)) > 1


def asks(piece: str) -> bool:
    """Whether a piece of a text is a question, with or without its mark."""
    return _ASKS.search(piece) is not None


def counts(text: str) -> bool:
    """Whether a text says how many things are wanted."""
    return _COUNTS.search(text) is not None


def is_lead_in(text: str) -> bool:
    """Whether a text says nothing else."""
    return _LEAD_IN.fullmatch(text) is not None


def spans(text: str) -> list[tuple[int, int]]:
    """Return from where to where each thing stands that is numbered, none if none is.

    What stands before the first mark only says that they come.
    """
    for marks, least in ((_CIRCLES, 2), (_SIGNED, 2), (_ALONE, _LEAST_ALONE)):
        found = _in_turn([*marks.finditer(text)])
        if len(found) >= least:
            ends = [one.start() for one in found[1:]] + [len(text)]
            return [*zip((one.end() for one in found), ends, strict=True)]
    return []


def _in_turn(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the marks that count 1, 2, 3."""
    found: list[re.Match[str]] = []
    for mark in marks:
        if _number(mark[0]) == len(found) + 1:
            found.append(mark)
    return found


def _number(mark: str) -> int:
    digit = next(one for one in mark if one.isdigit())
    return int(unicodedata.numeric(digit))
