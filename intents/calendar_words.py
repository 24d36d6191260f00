"""The words for days and hours in each language, folded as `moments.fold` does it.

A language is data: which words name a day, in which shapes a date is written, and how
an hour is told. `moments` knows what they come to.
"""

from collections.abc import Mapping
from dataclasses import dataclass

#: Where a word begins and ends.
_B, _E = r"(?<!\w)", r"(?!\w)"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_CLOCK = r"(?P<hour>2[0-3]|[01]?\d):(?P<minute>[0-5]\d)"
#: Dates in figures alone, the same in all languages.
FIGURES = (
    r"(?<![\w/.-])(?P<y>20\d\d)[-/.](?P<mm>1[0-2]|0?[1-9])[-/.](?P<d>3[01]|[12]\d|0?[1-9])(?![\w/-])",
    r"(?<![\w/.,:-])(?P<first>3[01]|[12]\d|0?[1-9])(?P<s>[/.-])(?P<second>3[01]|[12]\d|0?[1-9])"
    r"(?:(?P=s)(?P<y>20\d\d|\d\d))?(?![\w/-]|\.\d)",
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """How a language tells dates and hours."""

    #: Days from today.
    days: Mapping[str, int]
    #: Monday first; of each, all its spellings.
    weekdays: tuple[str, ...]
    #: January first; of each, all its spellings.
    months: tuple[str, ...]
    numbers: Mapping[str, int]
    #: Days that a unit has, as it is counted in: "in 3 days".
    units: Mapping[str, int]
    #: Shapes of dates; {month}, {weekday}, {number}, {unit} stand for all of them.
    dates: tuple[str, ...]
    #: Shapes of hours; {part} stands for all halves of the day.
    hours: tuple[str, ...]
    #: What says which half of the day an hour is in.
    mornings: tuple[str, ...]
    afternoons: tuple[str, ...]
    #: What may stand between a date and an hour.
    between: str
    #: Words for an hour of their own.
    named_hours: Mapping[str, int]
    #: A weekday with the word for "next" is that of next week, or else the one to come.
    next_is_of_next_week: bool = False
    halves: tuple[str, ...] = ()
    quarters: tuple[str, ...] = ()
    #: Days that are told by their evening: an hour of them is late without a word more.
    evenings: tuple[str, ...] = ()
    #: What is told of the night: twelve is midnight then, and one is behind it.
    nights: tuple[str, ...] = ()
    #: Before, or behind, a weekday that has passed: it is none to come.
    past: str = ""
    passed: str = ""


_EN = Words(
    days={
        "today": 0,
        "tonight": 0,
        "this morning": 0,
        "this afternoon": 0,
        "this evening": 0,
        "tomorrow": 1,
        "tomorow": 1,
        "tommorow": 1,
        "tommorrow": 1,
        "tmrw": 1,
        "tmr": 1,
        "the day after tomorrow": 2,
        "day after tomorrow": 2,
        "yesterday": -1,
    },
    weekdays=(
        "monday|mon",
        "tuesday|tues|tue",
        "wednesday|wed",
        "thursday|thurs|thur|thu",
        "friday|fri",
        "saturday|sat",
        "sunday|sun",
    ),
    months=(
        "january|jan",
        "february|feb",
        "march|mar",
        "april|apr",
        "may",
        "june|jun",
        "july|jul",
        "august|aug",
        "september|sept|sep",
        "october|oct",
        "november|nov",
        "december|dec",
    ),
    numbers={
        word: number
        for number, word in enumerate(
            (
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
            ),
            1,
        )
    }
    | {"a": 1, "an": 1, "a couple of": 2},
    units={"days": 1, "day": 1, "weeks": 7, "week": 7},
    dates=(
        rf"{_B}{_DAY}(?:st|nd|rd|th)?(?: of)? ?(?P<month>{{month}})\.?"
        rf"(?:,? (?P<y>20\d\d))?{_E}",
        rf"{_B}(?P<month>{{month}})\.? {_DAY}(?:st|nd|rd|th)?"
        rf"(?!\d|:)(?:,? (?P<y>20\d\d))?{_E}",
        rf"{_B}(?:(?P<next>next)|this|coming|on) (?P<weekday>{{weekday}}){_E}",
        # Alone only in full: "sat" and "sun" are words of their own.
        rf"{_B}(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day){_E}",
        rf"{_B}in (?P<n>\d{{1,3}}|{{number}}) (?P<unit>{{unit}})(?:'s? time)?{_E}",
        rf"{_B}(?P<n>\d{{1,3}}|{{number}}) (?P<unit>{{unit}}) from (?:now|today){_E}",
        rf"{_B}on the {_DAY}(?:st|nd|rd|th){_E}",
    ),
    hours=(
        rf"{_B}(?P<half>half past|quarter past|quarter to) "
        rf"(?P<hour>1[0-2]|0?[1-9]|{{number}})"
        rf"(?: ?(?P<part>{{part}}))?{_E}",
        rf"(?<![\d.:]){_CLOCK}"
        rf"(?: ?(?P<part>{{part}}))?(?![\w:])",
        r"(?<![\w.:£$€])(?P<hour>1[0-2]|0?[1-9])(?:\.(?P<minute>[0-5]\d))? ?"
        r"(?P<part>{part})(?!\w)",
        rf"{_B}(?:at|by|around|about|@) ?(?P<hour>2[0-3]|1\d|0?\d|{{number}})"
        r"(?: o'?clock)?(?![\w:.,/%£$€-]*[\d%£$€])"
        r"(?! ?(?:pounds|euros|dollars|days|items))"
        rf"{_E}",
        rf"{_B}(?P<hour>1[0-2]|0?[1-9]|{{number}}) o'?clock"
        rf"(?: (?P<part>{{part}}))?{_E}",
    ),
    mornings=("am", "a.m", "a.m.", "am.", "in the morning"),
    afternoons=(
        "pm",
        "p.m",
        "p.m.",
        "pm.",
        "in the afternoon",
        "in the evening",
        "at night",
    ),
    between=r"(?:at|on|by|around|morning|afternoon|evening|night)",
    named_hours={"noon": 12, "midday": 12, "midnight": 0},
    next_is_of_next_week=True,
    halves=("half past",),
    quarters=("quarter past", "quarter to"),
    evenings=("tonight", "this afternoon", "this evening"),
    nights=("tonight", "at night"),
    past=r"(?:last|past|previous) ",
    passed=r" (?:just gone|last week|(?:before )?last)",
)

_ES = Words(
    days={
        "hoy": 0,
        "esta noche": 0,
        "esta tarde": 0,
        "manana": 1,
        "pasado manana": 2,
        "ayer": -1,
    },
    weekdays=("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
    months=(
        "enero|ene",
        "febrero|feb",
        "marzo|mar",
        "abril|abr",
        "mayo|may",
        "junio|jun",
        "julio|jul",
        "agosto|ago",
        "septiembre|setiembre|sept|sep",
        "octubre|oct",
        "noviembre|nov",
        "diciembre|dic",
    ),
    numbers={
        word: number
        for number, word in enumerate(
            (
                "uno",
                "dos",
                "tres",
                "cuatro",
                "cinco",
                "seis",
                "siete",
                "ocho",
                "nueve",
                "diez",
                "once",
                "doce",
            ),
            1,
        )
    }
    | {"un": 1, "una": 1},
    units={"dias": 1, "dia": 1, "semanas": 7, "semana": 7},
    dates=(
        rf"{_B}(?:el )?{_DAY} (?:de )?(?P<month>{{month}})"
        rf"(?: (?:de |del )?(?P<y>20\d\d))?{_E}",
        rf"{_B}(?:el |este |el proximo |proximo )?(?P<weekday>{{weekday}})"
        rf"(?: que viene| proximo)?{_E}",
        rf"{_B}(?:en|dentro de) (?P<n>\d{{1,3}}|{{number}}) (?P<unit>{{unit}}){_E}",
        rf"{_B}el dia {_DAY}{_E}",
    ),
    hours=(
        rf"{_B}(?:a|para|sobre|hacia) las? (?P<hour>2[0-3]|1\d|0?\d|{{number}})"
        r"(?::(?P<minute>[0-5]\d)|(?P<half> y media| y cuarto| menos cuarto))?"
        rf"(?: (?P<part>{{part}}))?(?![\w:])",
        rf"(?<![\d.:]){_CLOCK}(?: ?h)?"
        rf"(?: (?P<part>{{part}}))?(?![\w:])",
        r"(?<![\w.:£$€])(?P<hour>1[0-2]|0?[1-9]) ?"
        r"(?P<part>{part})(?!\w)",
    ),
    mornings=("am", "a.m", "a.m.", "am.", "de la manana"),
    afternoons=("pm", "p.m", "p.m.", "pm.", "de la tarde", "de la noche"),
    between=r"(?:por la manana|por la tarde|por la noche|el|a|sobre)",
    named_hours={"mediodia": 12, "medianoche": 0},
    halves=(" y media",),
    quarters=(" y cuarto", " menos cuarto"),
    evenings=("esta noche", "esta tarde"),
    nights=("esta noche", "de la noche"),
    past="pasado ",
    passed=r" (?:de la semana )?(?:pasad[oa]|anterior)",
)

_FR = Words(
    days={
        "aujourd'hui": 0,
        "ce soir": 0,
        "cet apres-midi": 0,
        "demain": 1,
        "apres-demain": 2,
        "apres demain": 2,
        "hier": -1,
    },
    weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    months=(
        "janvier|janv",
        "fevrier|fevr|fev",
        "mars",
        "avril|avr",
        "mai",
        "juin",
        "juillet|juil",
        "aout",
        "septembre|sept",
        "octobre|oct",
        "novembre|nov",
        "decembre|dec",
    ),
    numbers={
        word: number
        for number, word in enumerate(
            (
                "un",
                "deux",
                "trois",
                "quatre",
                "cinq",
                "six",
                "sept",
                "huit",
                "neuf",
                "dix",
                "onze",
                "douze",
            ),
            1,
        )
    }
    | {"une": 1},
    units={"jours": 1, "jour": 1, "semaines": 7, "semaine": 7},
    dates=(
        rf"{_B}(?:le )?{_DAY}(?:er)? (?P<month>{{month}})\.?(?: (?P<y>20\d\d))?{_E}",
        rf"{_B}(?:le |ce )?(?P<weekday>{{weekday}})(?: prochain| qui vient)?{_E}",
        rf"{_B}(?:dans|d'ici) (?P<n>\d{{1,3}}|{{number}}) (?P<unit>{{unit}}){_E}",
        rf"{_B}le {_DAY}{_E}(?![/.]?\d)",
    ),
    hours=(
        rf"{_B}(?:a |vers |pour )?(?P<hour>2[0-3]|1\d|0?\d|{{number}}) ?(?:heures?|h)"
        r"(?: ?(?P<minute>[0-5]\d)|(?P<half> et demie?| et quart| moins le quart))?"
        rf"(?: (?P<part>{{part}}))?{_E}",
        rf"(?<![\d.:]){_CLOCK}(?: (?P<part>{{part}}))?(?![\w:])",
    ),
    mornings=("du matin",),
    afternoons=("de l'apres-midi", "du soir"),
    between=r"(?:matin|apres-midi|soir|a|vers|le)",
    named_hours={"midi": 12, "minuit": 0},
    halves=(" et demi", " et demie"),
    quarters=(" et quart", " moins le quart"),
    evenings=("ce soir", "cet apres-midi"),
    nights=("ce soir", "du soir"),
    passed=r" (?:de la semaine )?(?:derniere?|passee?|precedente?)",
)

_AR = Words(
    days={
        "اليوم": 0,
        "الليله": 0,
        "غدا": 1,
        "غدًا": 1,
        "بكره": 1,
        "بكرا": 1,
        "باكر": 1,
        "بعد غد": 2,
        "بعد غدا": 2,
        "بعد بكره": 2,
        "بعد بكرا": 2,
        "امس": -1,
        "امبارح": -1,
        "البارحه": -1,
    },
    weekdays=(
        "الاثنين|الاتنين",
        "الثلاثاء|الثلاثا|التلات",
        "الاربعاء|الاربعا|الاربع",
        "الخميس",
        "الجمعه",
        "السبت",
        # Not "the minimum" (الحد الأدنى).
        "الاحد|الحد(?! الا)",
    ),
    months=(
        "يناير|كانون الثاني",
        "فبراير|شباط",
        "مارس|اذار",
        "ابريل|نيسان",
        "مايو|ايار",
        "يونيو|حزيران",
        "يوليو|تموز",
        "اغسطس|اب",
        "سبتمبر|ايلول",
        "اكتوبر|تشرين الاول",
        "نوفمبر|تشرين الثاني",
        "ديسمبر|كانون الاول",
    ),
    numbers={
        "واحد": 1,
        "الواحده": 1,
        "واحده": 1,
        "اثنين": 2,
        "اتنين": 2,
        "الثانيه": 2,
        "ثلاثه": 3,
        "ثلاث": 3,
        "الثالثه": 3,
        "تلاته": 3,
        "اربعه": 4,
        "اربع": 4,
        "الرابعه": 4,
        "خمسه": 5,
        "خمس": 5,
        "الخامسه": 5,
        "سته": 6,
        "ست": 6,
        "السادسه": 6,
        "سبعه": 7,
        "سبع": 7,
        "السابعه": 7,
        "ثمانيه": 8,
        "تمانيه": 8,
        "الثامنه": 8,
        "تسعه": 9,
        "التاسعه": 9,
        "عشره": 10,
        "العاشره": 10,
        "الحاديه عشره": 11,
        "الثانيه عشره": 12,
    },
    units={"ايام": 1, "يوم": 1, "اسابيع": 7, "اسبوع": 7, "يومين": 2, "اسبوعين": 14},
    dates=(
        rf"{_B}(?:يوم )?{_DAY} (?:من )?(?P<month>{{month}})(?: (?P<y>20\d\d))?{_E}",
        rf"{_B}(?:و|ب)?(?:يوم )?(?P<weekday>{{weekday}})"
        rf"(?: القادمه?| المقبله?| الجايه?| الجاي| اللي جاي)?{_E}",
        rf"{_B}(?:بعد|خلال) (?:(?P<n>\d{{1,3}}|{{number}}) )?(?P<unit>{{unit}}){_E}",
    ),
    hours=(
        r"(?<!\w)(?:ع|عل[ياى]|ال)?(?:الساعه|ساعه|سا3ه) "
        r"(?P<hour>2[0-3]|1\d|0?\d|{number})"
        r"(?::(?P<minute>[0-5]\d)|"
        r"(?P<half> و ?(?:ال)?نصف?| و(?:ال)?ربع| الا (?:ال)?ربع))?"
        r"(?: (?P<part>{part}))?(?!\w)",
        rf"(?<![\d.:]){_CLOCK}"
        r"(?: (?P<part>{part}))?(?![\w:])",
        r"(?<![\w.:])(?P<hour>1[0-2]|0?[1-9]) "
        r"(?P<part>{part})(?!\w)",
    ),
    mornings=("صباحا", "صباحًا", "الصبح", "الفجر", "فجرا", "ص"),
    afternoons=(
        "مساء",
        "مساءً",
        "مساءا",
        "المسا",
        "المغرب",
        "بالليل",
        "بليل",
        "ليلا",
        "العصر",
        "الظهر",
        "ظهرا",
        "م",
    ),
    between=r"(?:علي|ع|في|الصبح|صباحا|مساء|المسا)",
    named_hours={"منتصف الليل": 0},
    halves=(
        *(" ونص", " ونصف", " و نص", " و نصف"),
        *(" والنص", " والنصف", " و النص", " و النصف"),
    ),
    quarters=(" وربع", " والربع", " الا ربع", " الا الربع"),
    evenings=("الليله",),
    nights=("الليله", "بالليل", "بليل", "ليلا"),
    passed=r" (?:الماضيه?|الفا[ئي]ته?|السابقه?"
    r"|(?:اللي|الي|يلي) (?:فاتت?|راحت?|طافت?|عدت?))",
)

_HAN = r"[一二两兩三四五六七八九十]{1,3}"
_ZH = Words(
    days={
        "今天": 0,
        "今日": 0,
        "今晚": 0,
        "今早": 0,
        "明天": 1,
        "明日": 1,
        "明早": 1,
        "明晚": 1,
        "后天": 2,
        "後天": 2,
        "大后天": 3,
        "大後天": 3,
        "昨天": -1,
        "前天": -2,
    },
    weekdays=("一", "二", "三", "四", "五", "六", "[日天末]"),
    months=(),
    numbers={},
    units={
        **{"天": 1, "日": 1, "星期": 7, "周": 7, "週": 7},
        **dict.fromkeys(("个星期", "個星期", "个礼拜", "個禮拜"), 7),
    },
    dates=(
        rf"(?:(?P<y>20\d\d)年)?(?<!\d)(?P<mm>1[0-2]|0?[1-9]|{_HAN})月"
        rf"(?P<d>3[01]|[12]\d|0?[1-9]|{_HAN})(?:日|号|號)?",
        # One of last week is none to come.
        r"(?:(?P<next>下[个個]?)|这个?|這個?|本)?"
        r"(?<!上)(?<!上[个個])(?:周|週|星期|礼拜|禮拜)(?P<weekday>{weekday})",
        rf"(?<!\d)(?P<n>\d{{1,3}}|{_HAN})(?P<unit>{{unit}})(?:之后|以后|之後|以後|后|後)",
        r"(?<![\d月])(?P<d>3[01]|[12]\d|0?[1-9])(?:号|號)(?![线楼店])",
    ),
    hours=(
        rf"(?P<part>{{part}})?(?<!\d)(?P<hour>2[0-3]|1\d|0?\d|{_HAN})"
        rf"(?:点|點|[时時](?!间|間|候))"
        rf"(?:(?P<half>半|一刻)|(?P<minute>[0-5]?\d|{_HAN})分?)?(?:钟|鐘|整)?",
        rf"(?P<part>{{part}})?(?<![\d.:]){_CLOCK}(?![\d:])",
    ),
    mornings=("凌晨", "早上", "上午"),
    afternoons=("下午", "傍晚", "晚上", "中午", "夜里", "夜裡", "半夜", "深夜", "夜晚"),
    between=r"(?:的|在|早上|上午|下午|晚上)",
    named_hours={"正午": 12, "午夜": 0},
    next_is_of_next_week=True,
    halves=("半",),
    quarters=("一刻",),
    evenings=("今晚", "明晚"),
    nights=("今晚", "明晚", "晚上", "夜里", "夜裡", "半夜", "深夜", "夜晚"),
)

LANGUAGES: Mapping[str, Words] = {
    "en": _EN,
    "es": _ES,
    "fr": _FR,
    "ar": _AR,
    "zh": _ZH,
}
