"""In which script is a word written, and which languages does a script tell?"""

from collections.abc import Mapping

LATIN = "latin"
#: Languages that a script alone tells.
LANGUAGES: Mapping[str, frozenset[str]] = {
    "arabic": frozenset({"ar", "fa", "ur"}),
    "cyrillic": frozenset({"bg", "ru", "uk"}),
    "devanagari": frozenset({"hi"}),
    "greek": frozenset({"el"}),
    "han": frozenset({"zh"}),
    "hangul": frozenset({"ko"}),
    "hebrew": frozenset({"he"}),
    "kana": frozenset({"ja"}),
    "thai": frozenset({"th"}),
}
#: First and last character of each block that customers write in.
_BLOCKS = (
    ("greek", 0x0370, 0x03FF),
    ("cyrillic", 0x0400, 0x052F),
    ("hebrew", 0x0590, 0x05FF),
    ("arabic", 0x0600, 0x077F),
    ("devanagari", 0x0900, 0x097F),
    ("thai", 0x0E00, 0x0E7F),
    ("kana", 0x3040, 0x30FF),
    ("han", 0x3400, 0x9FFF),
    ("hangul", 0xAC00, 0xD7AF),
)


def script(word: str) -> str:
    """Return the script of a word's first letter that is not Latin, else Latin."""
    for letter in word:
        number = ord(letter)
        if number < 0x0370:
            continue
        for name, first, last in _BLOCKS:
            if first <= number <= last:
                return name
    return LATIN
