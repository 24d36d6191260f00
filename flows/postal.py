"""An address in one line: what is its street, its town, its postcode?

Nothing is made up: what is not told apart stays with the street, which is read back.
"""

import re
from dataclasses import dataclass
from unicodedata import digit

#: No address is longer; what is may take its time to be looked at.
LONGEST = 300
_HAN = r"\u4e00-\u9fff"
_LABEL = (
    r"(?:(?:\b(?:the|my|el|mi|le|mon) )?"
    r"\b(?:post ?code|zip(?: code)?|cp|c\.p\.|c[oó]digo postal|code postal)"
    r"(?: is| es| est)?[ :]*"
    r"|(?:邮编|郵編|邮政编码|الرمز البريدي)(?:是| هو)?[ :：]*)?"
)
#: Postcodes that no house number looks like: of Britain ("B2 4th floor" has none), of
#: Canada, and of Ireland, where each house has its own.
_LETTERED = re.compile(
    rf"(?<![\w-]){_LABEL}(?P<code>[A-Z]{{1,2}}\d[A-Z\d]? ?(?!\d(?:th|st|nd|rd)\b)"
    r"\d[A-Z]{2}|[A-Z]\d[A-Z][ -]?\d[A-Z]\d"
    r"|[AC-FHKNPRTV-Y]\d[\dW] ?(?=[A-Z]*\d)[\dAC-FHKNPRTV-Y]{4})(?![\w-])",
    re.IGNORECASE,
)
#: Those of digits: behind a town or alone, before a town, between a street and it.
_BEHIND = re.compile(
    rf"(?:^|(?<=[ {_HAN}])){_LABEL}(?P<code>\d{{5}}-\d{{4}}|\d{{5,6}}"
    # Of Australia four, behind the code of a state.
    r"|(?:(?<=\b(?:NSW|VIC|QLD|TAS|ACT) )|(?<=\b(?:SA|WA|NT) ))\d{4})$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"^(?P<code>\d{4} ?[A-Z]{2}|\d{4}-\d{3}|\d{2}-\d{3}|\d{3} \d{2}|\d{4,6})(?= )"
)
_BETWEEN = re.compile(r"(?<= )(?P<code>\d{5})(?= +[^\W\d])")
_COMMA = re.compile(r"\s*[,،，、;\n]\s*")
#: A state or province by its code, behind a town.
_REGION = re.compile(r"(.*\w)[ ,]+([A-Z]{2,3})")
_STATE = re.compile(r"[A-Z]{2,3}")
#: What says that a piece is of a house or a street, and no town.
_OF_HOUSE = re.compile(
    r"\d"
    r"|^(?:flat|apt|apartment|unit|suite|floor|room|block|house|c/o|piso|puerta|planta|"
    r"bajo|esc|escalera|portal|depto|dpto|int|edificio|appt?|appartement|[ée]tage|"
    r"b[aâ]t|b[aâ]timent|r[ée]sidence|escalier|شقة|طابق|دور|الدور|الطابق|عمارة|بناية|مبنى)\b"
    r"|^(?:calle|c/|av|avda|avenida|paseo|plaza|camino|carretera|rue|avenue|boulevard|"
    r"bd|chemin|place|quai|all[ée]e|impasse|route|شارع|طريق|حي)\b"
    r"|\b(?:street|road|lane|avenue|drive|close|crescent|terrace|gardens|mews|hill|"
    r"ave|rd|blvd|boulevard|court|way|parade|square|row|walk|grove|cottage)\.?$",
    re.IGNORECASE,
)
#: Where a street ends that no comma parts from its town, the surer words first: "St"
#: may begin a name.
_STREET_ENDS = [
    re.compile(
        rf"(?P<street>.*\d.*\b(?:{kinds})\b\.?(?: [NSEW]{{1,2}}\b)?"
        r"(?: (?:apt|unit|flat|no|#)\.? ?\w+)?) (?P<town>[^\W\d][^\d]+)",
        re.IGNORECASE,
    )
    for kinds in (
        "street|road|lane|avenue|drive|close|crescent|terrace|boulevard|court|mews",
        "st|rd|ln|ave|dr|blvd|ct",
    )
]
_CHINESE = re.compile(
    rf"(?P<town>(?:[{_HAN}]{{2,7}}(?:省|自治区))?[{_HAN}]{{2,6}}?(?:市|縣|县|自治州))"
    r"(?P<street>.*\S.*)"
)
#: Countries behind an address: an order's stays as it was.
_COUNTRY = re.compile(
    r"(?:the )?(?:u\.?k\.?|united kingdom|great britain|england|scotland|wales|ireland|"
    r"u\.?s\.?a?\.?|united states(?: of america)?|canada|australia|spain|espa[ñn]a|"
    r"m[ée]xico|argentina|chile|colombia|france|belgique|suisse|belgium|germany|"
    r"netherlands|deutschland|[öo]sterreich|austria|schweiz|switzerland|suiza|italy|"
    r"italia|nederland|belgi[eë]|portugal|poland|polska|sweden|sverige|denmark|norway|"
    r"new zealand|éire|المملكة المتحدة|بريطانيا|"
    r"السعودية|المملكة العربية السعودية|الإمارات|"
    r"مصر|الأردن|لبنان|العراق|المغرب|الكويت|قطر|中国|中國|台湾|台灣|香港|英国|英國)\.?",
    re.IGNORECASE,
)
#: A town with a number, which is of no house.
_DISTRICT = re.compile(r"dublin \d{1,2}w?", re.IGNORECASE)
#: What stands before an address, and behind it, and is none of it. "No. 5" is.
_LEAD = re.compile(
    r"(?:(?:no(?![. ]*\d)|nope|sorry|wait|actually|perd[oó]n|non|pardon|لا|عفوا)\b"
    r"[ ,،.:!]*|(?:yes|ok|okay|s[ií]|oui|نعم) *[,،.:!]+ *"
    r"|(?:不是|不对|不|抱歉|是)[,，。 ]+)*"
    r"(?:(?:(?:(?:my|the|our) (?:new |right |correct |delivery |shipping )*address"
    r"(?: is| should be)|it['’]?s|it is|it should be)\b"
    r"|(?:mi|la) (?:nueva )?direcci[oó]n(?: nueva| correcta)? es\b"
    r"|(?:mon adresse|(?:ma|la) nouvelle adresse|l['’]adresse) est\b|c['’]est\b"
    r"|(?:عنواني|العنوان)(?: الجديد)?(?: هو)?\b"
    r"|(?:我的|新的?)*地址(?=[是:：])是?)[ :：,]*"
    r"|(?:(?:my|the) )?(?:new )?address *: *)?",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:[\s,،.!]+(?:please|pls|thanks?(?: you)?|thx|por favor|(?:muchas )?gracias|"
    r"s['’]il (?:vous|te) pla[iî]t|svp|stp|merci(?: beaucoup)?|من فضلك|لو سمحت|شكرا)"
    r"|[\s,，。！!]*(?:谢谢|謝謝|麻烦了))[\s.!！。]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Parts:
    """What an address says; None of what it does not."""

    street: str
    town: str | None = None
    postcode: str | None = None


@dataclass(frozen=True)
class _Line:
    """The pieces of a line without its postcode, and what stood behind that."""

    pieces: list[str]
    postcode: str | None = None
    behind: str | None = None


def bare(said: str) -> str:
    """Return an address without the words around it: "no, it's ..., please"."""
    while (less := _COURTESY.sub("", said)) != said:
        said = less
    return _LEAD.sub("", said, count=1) or said


def read(said: str) -> Parts:
    """Return street, town and postcode, as far as they stand in what was said."""
    if len(said) > LONGEST:
        return Parts(said, None, None)
    line = _line(bare(said))
    if chinese := _CHINESE.fullmatch(" ".join(line.pieces)):
        return Parts(chinese["street"].strip(), chinese["town"], line.postcode)
    pieces, town = line.pieces, line.behind
    if town is None:
        pieces, town = _at_comma(pieces) if len(pieces) > 1 else _at_street(line)
    comma = "، " if "،" in said else ", "
    return Parts(comma.join(pieces), town and _with_region(town), line.postcode)


def read_town(said: str) -> Parts:
    """Return the town and the postcode of what was said for a town."""
    if len(said) > LONGEST:
        return Parts("", said, None)
    line = _line(bare(said), of_house=False)
    town = ", ".join([*line.pieces, *([line.behind] if line.behind else [])])
    return Parts("", _with_region(town) or None, line.postcode)


def _line(said: str, *, of_house: bool = True) -> _Line:
    """Return the pieces of a text, with the last of its postcodes set apart."""
    pieces = [one for piece in _COMMA.split(said) if (one := piece.strip(" ."))]
    if len(pieces) > 1 and _COUNTRY.fullmatch(pieces[-1]):
        del pieces[-1]
    for at in reversed(range(len(pieces))):
        if found := _postcode(pieces[at], first=of_house and at == 0):
            return _apart(pieces, at, found)
    return _Line(pieces)


def _postcode(piece: str, *, first: bool) -> re.Match[str] | None:
    """Return where a postcode stands in a piece; the first may begin with a house."""
    lettered = [*_LETTERED.finditer(piece)]
    if lettered:
        return lettered[-1]
    before, behind = _BEFORE.match(piece), _BEHIND.search(piece)
    if before and (not first or re.search(f"[{_HAN}]", piece)):
        return before
    labelled = behind is not None and not behind[0][0].isdigit()
    in_front = piece[: behind and behind.start()]
    counts = labelled or not first or re.search(rf"[\d{_HAN}]", in_front)
    return behind if behind and counts else _BETWEEN.search(piece)


def _apart(pieces: list[str], at: int, found: re.Match[str]) -> _Line:
    piece, code = pieces[at], _tidy(found["code"])
    before, behind = piece[: found.start()].strip(), piece[found.end() :].strip()
    line = [*pieces[:at], *([before] if before else [])]
    after = [*([behind] if behind else []), *pieces[at + 1 :]]
    # A town stands behind digits alone; letters and what has a town stand behind it.
    is_behind = found.re is not _LETTERED and not re.search(f"[{_HAN}]", "".join(after))
    if after and is_behind and (behind or not before):
        return _Line(line, code, ", ".join(after))
    return _Line([*line, *after], code)


def _tidy(code: str) -> str:
    """Return a postcode as it is written: large letters, digits from 0 to 9."""
    code = "".join(str(digit(sign, sign)) for sign in code).upper()
    if _LETTERED.fullmatch(code):
        code = code.replace(" ", "").replace("-", "")
        if len(code) == 7 and code[1].isdigit():
            return f"{code[:3]} {code[3:]}"
        return f"{code[:-3]} {code[-3:]}"
    return code


def _at_comma(pieces: list[str]) -> tuple[list[str], str | None]:
    """Return the pieces of the street, and the town: what is behind all of these."""
    of_house = [at for at, piece in enumerate(pieces) if _is_of_house(piece)]
    last = max(of_house, default=0)
    # "Forest Grove, OR": before a state alone stands its town, whatever it is called.
    if len(of_house) > 1 and _STATE.fullmatch(", ".join(pieces[last + 1 :])):
        last = of_house[-2]
    return pieces[: last + 1], ", ".join(pieces[last + 1 :]) or None


def _is_of_house(piece: str) -> bool:
    return bool(_OF_HOUSE.search(piece)) and not _DISTRICT.fullmatch(piece)


def _at_street(line: _Line) -> tuple[list[str], str | None]:
    """Return street and town of one piece, where its postcode says that it has both."""
    if line.postcode is not None and line.pieces:
        for ends in _STREET_ENDS:
            if found := ends.fullmatch(line.pieces[0]):
                return [found["street"]], found["town"]
    return line.pieces, None


def _with_region(town: str) -> str:
    found = _REGION.fullmatch(town)
    return f"{found[1].rstrip(' ,')}, {found[2]}" if found else town
