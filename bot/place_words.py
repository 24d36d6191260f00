"""What the first to the twentieth of a list are called, and one to twenty."""

from collections.abc import Sequence

#: One line a place, in English, Spanish, French, Arabic and Chinese; without accents,
#: and in the spelling of `intents.text`.
PLACES: Sequence[str] = (
    r"first|primer[oa]?|premiere?|الاول|الاولي|اول|اول واحد",
    r"second|segund[oa]|deuxieme|seconde?|"
    r"الثاني|الثانيه|التاني|التانيه|ثاني واحد|تاني واحد",
    r"third|tercer[oa]?|troisieme|الثالث|الثالثه|التالت|التالته|ثالث واحد",
    r"fourth|cuart[oa]|quatrieme|الرابع|الرابعه|رابع واحد",
    r"fifth|quint[oa]|cinquieme|الخامس|الخامسه|خامس واحد",
    r"sixth|sext[oa]|sixieme|السادس|السادسه|سادس واحد",
    r"seventh|sep?tim[oa]|septieme|السابع|السابعه|سابع واحد",
    r"eighth|octav[oa]|huitieme|الثامن|الثامنه|التامن|التامنه|ثامن واحد",
    r"ninth|noven[oa]|neuvieme|التاسع|التاسعه|تاسع واحد",
    r"tenth|decim[oa]|dixieme|العاشر|العاشره|عاشر واحد",
    r"eleventh|undecim[oa]|onzieme|الحادي عشر|الحاديه عشره?",
    r"twelfth|duodecim[oa]|douzieme|الثاني عشر|الثانيه عشره?",
    r"thirteenth|decimotercer[oa]?|treizieme|الثالث عشر|الثالثه عشره?",
    r"fourteenth|decimocuart[oa]|quatorzieme|الرابع عشر|الرابعه عشره?",
    r"fifteenth|decimoquint[oa]|quinzieme|الخامس عشر|الخامسه عشره?",
    r"sixteenth|decimosext[oa]|seizieme|السادس عشر|السادسه عشره?",
    r"seventeenth|decimoseptim[oa]|dix septieme|السابع عشر|السابعه عشره?",
    r"eighteenth|decimoctav[oa]|dix huitieme|الثامن عشر|الثامنه عشره?",
    r"nineteenth|decimonoven[oa]|dix neuvieme|التاسع عشر|التاسعه عشره?",
    r"twentieth|vigesim[oa]|vingtieme|العشرون|العشرين",
)
#: Alone or behind "number": "the one" names none of a list.
COUNTS: Sequence[str] = (
    r"one|un[oa]?|une|واحد|واحده|一",
    r"two|dos|deux|اثنان|اثنين|اتنين|تنين|二|两|兩",
    r"three|tres|trois|ثلاثه|تلاته|ثلاث|三",
    r"four|cuatro|quatre|اربعه|اربع|四",
    r"five|cinco|cinq|خمسه|خمس|五",
    r"six|seis|سته|六",
    r"seven|siete|sept|سبعه|七",
    r"eight|ocho|huit|ثمانيه|تمانيه|八",
    r"nine|nueve|neuf|تسعه|九",
    r"ten|diez|dix|عشره|十",
    r"eleven|once|onze|احد عشر|احدي عشره|حداشر|十一",
    r"twelve|doce|douze|اثنا عشر|اثني عشر|اثنتا عشره|اتناشر|十二",
    r"thirteen|trece|treize|ثلاثه عشر|ثلاث عشره|十三",
    r"fourteen|catorce|quatorze|اربعه عشر|اربع عشره|十四",
    r"fifteen|quince|quinze|خمسه عشر|خمس عشره|十五",
    r"sixteen|dieciseis|seize|سته عشر|ست عشره|十六",
    r"seventeen|diecisiete|dix sept|سبعه عشر|سبع عشره|十七",
    r"eighteen|dieciocho|dix huit|ثمانيه عشر|ثماني عشره|十八",
    r"nineteen|diecinueve|dix neuf|تسعه عشر|تسع عشره|十九",
    r"twenty|veinte|vingt|عشرون|عشرين|二十",
)
