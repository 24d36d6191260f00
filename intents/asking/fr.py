"""French: « nettoyez-vous des disques » is « je voudrais faire nettoyer … » as well."""

import re
from collections.abc import Iterator

from intents.asking.shapes import Named, filled, shape

#: Verbs whose infinitive is not what ends in -er instead of -ez.
_OTHERS = {
    "vendez": "vendre",
    "reprenez": "reprendre",
    "prenez": "prendre",
    "faites": "faire",
    "ouvrez": "ouvrir",
    "offrez": "offrir",
    "remettez": "remettre",
}
#: What a shop does to a thing that a customer brings.
_SERVICES = (
    "nettoy|répar|repar|emball|grav|restaur|affût|encadr|accord|ajust|révis|chang|"
    "remplac|install|personnalis|numéris|expertis|lav|repass|imprim|aiguis|retouch|"
    "entreten"
)
_NO_THING = r"(?!à |en |le |dans |chez |sur |vers )"


def _asked(verb: str) -> str:
    """Return how a shop is asked whether it does, in each order of the words."""
    return (
        rf"(?:est-ce que )?(?:vous )?(?:pouvez(?:-vous)? |pourriez(?:-vous)? )?"
        rf"(?P<verb>{verb})(?:-vous)?"
    )


_SERVICE = shape(
    rf"{_asked(f'(?:{_SERVICES})(?:ez|er)')} {_NO_THING}(?P<thing>.+)",
    "pouvez-vous {does} {thing}",
    "pourriez-vous {does} {thing}",
    "puis-je faire {does} {thing} chez vous",
    "je voudrais faire {does} {thing}",
    "est-il possible de faire {does} {thing}",
    "je cherche quelqu'un pour {does} {thing}",
    "j'aimerais faire {does} {thing}",
    "où puis-je faire {does} {thing}",
    "vous pouvez {does} {thing}",
    "je dois faire {does} {thing}",
    "c'est possible de faire {does} {thing} chez vous",
    price=(
        "combien ça coûte pour faire {does} {thing}",
        "quel est le prix pour {does} {thing}",
        "vous prenez combien pour {does} {thing}",
    ),
    time=(
        "combien de temps faut-il pour {does} {thing}",
        "en combien de temps pouvez-vous {does} {thing}",
    ),
)
_BUYS = shape(
    rf"{_asked('(?:r?achet|repren)(?:ez|er)|reprendre')} (?P<thing>.+)",
    "puis-je vous vendre {thing}",
    "je voudrais vendre {thing}",
    "je peux vous vendre {thing}",
    "je cherche à vendre {thing}",
    "où puis-je vendre {thing}",
    "est-il possible de vous vendre {thing}",
    "vous reprenez {thing}",
    "j'aimerais vous vendre {thing}",
    "cela vous intéresse d'acheter {thing}",
    "pourriez-vous racheter {thing}",
    price=("combien vous donnez pour {thing}", "vous rachetez {thing} à quel prix"),
    time=("en combien de temps rachetez-vous {thing}",),
)
_SELLS = shape(
    rf"{_asked('vendez|vendre')} (?P<thing>.+)",
    "avez-vous {thing}",
    "je voudrais acheter {thing}",
    "puis-je acheter {thing} chez vous",
    "on trouve {thing} chez vous",
    "où puis-je acheter {thing}",
    "j'aimerais acheter {thing}",
    "vous avez {thing} en magasin",
    "est-il possible d'acheter {thing} chez vous",
    "est-ce que je peux acheter {thing}",
    "c'est possible d'avoir {thing}",
    price=("vous vendez {thing} à quel prix", "combien demandez-vous pour {thing}"),
    time=("en combien de temps puis-je avoir {thing}",),
)
_HAS = shape(
    rf"(?:{_asked('avez|proposez|offrez')}|y a-t-il|est-ce qu'il y a|il y a) "
    r"(?P<thing>.+)",
    "vous avez {thing}",
    "proposez-vous {thing}",
    "est-ce que vous avez {thing}",
    "je voulais savoir si vous avez {thing}",
    "y a-t-il {thing} chez vous",
    "auriez-vous {thing}",
    "pouvez-vous me dire si vous avez {thing}",
    "est-ce qu'il y a {thing}",
    "savez-vous s'il y a {thing}",
    "j'aimerais savoir si vous avez {thing}",
    price=("combien demandez-vous pour {thing}",),
    time=("en combien de temps puis-je avoir {thing}",),
)
_DEEDS = (
    r"(?:livr|expédi|envoy|accept|lou|réserv|gard|rembours|échang)(?:ez|er)|"
    + "|".join(_OTHERS)
)
_DOES = shape(
    rf"{_asked(_DEEDS)} (?P<thing>.+)",
    "pouvez-vous {does} {thing}",
    "pourriez-vous {does} {thing}",
    "vous est-il possible de {does} {thing}",
    "je voulais savoir si vous pouvez {does} {thing}",
    "c'est possible pour vous de {does} {thing}",
    "pouvez-vous me dire s'il est possible de {does} {thing}",
    "vous pouvez {does} {thing}",
    "est-ce que vous pourriez {does} {thing}",
    "seriez-vous en mesure de {does} {thing}",
    "j'aimerais savoir si vous pouvez {does} {thing}",
    price=("vous prenez combien pour {does} {thing}",),
    time=("en combien de temps pouvez-vous {does} {thing}",),
)
_MAY = shape(
    r"(?:est-ce que )?(?:puis-je|je peux|peut-on|on peut|est-il possible de|"
    r"c'est possible de) (?P<what>.+)",
    "est-il possible de {what}",
    "est-ce que je peux {what}",
    "on peut {what}",
    "je voudrais {what}",
    "j'aimerais {what}",
    "comment faire pour {what}",
    "a-t-on le droit de {what}",
    "y a-t-il moyen de {what}",
    "je voulais savoir si je peux {what}",
    "c'est possible de {what}",
    "pourrais-je {what}",
    price=("combien ça coûte de {what}",),
    time=("combien de temps ai-je pour {what}", "jusqu'à quand puis-je {what}"),
)
_HOW = shape(
    r"comment (?:puis-je|faire pour|peut-on|je peux|est-ce que je peux|je fais pour) "
    r"(?P<what>.+)",
    "comment faire pour {what}",
    "que dois-je faire pour {what}",
    "je voudrais {what}",
    "quelle est la marche à suivre pour {what}",
    "pouvez-vous m'aider à {what}",
    "je ne sais pas comment {what}",
    "où puis-je {what}",
    "y a-t-il moyen de {what}",
    "j'aimerais {what}, comment faire",
    "que faut-il pour {what}",
    price=("combien ça coûte de {what}",),
    time=("combien de temps ai-je pour {what}",),
)
_PRICED = shape(
    r"(?:combien co[ûu]ten?t? |quel est le prix (?:de |d')|c'est combien )"
    r"(?P<thing>.+)",
    "c'est combien {thing}",
    "vous prenez combien pour {thing}",
    "quel prix pour {thing}",
    "combien faut-il payer pour {thing}",
    "ça coûte combien {thing}",
    "je dois payer combien pour {thing}",
    "quel tarif pour {thing}",
    "pouvez-vous me dire le prix pour {thing}",
    "combien demandez-vous pour {thing}",
    "il faut compter combien pour {thing}",
)
_ALL = (_SERVICE, _BUYS, _SELLS, _HAS, _DOES, _MAY, _HOW, _PRICED)
_BEFORE_VOWEL = re.compile(r"\b(d|qu|s)e (?=[aeiouyâàéèêëîïôûùh])", re.IGNORECASE)


def ways(plain: str, named: Named) -> Iterator[str]:
    """Yield other ways to ask a question, given in small letters without its marks."""
    for one in _ALL:
        if match := one.begins.fullmatch(plain):
            parts = match.groupdict()
            verb = parts.get("verb") or ""
            does = _OTHERS.get(verb) or re.sub("ez$", "er", verb)
            for way in filled(one, {**parts, "does": does}, named):
                yield _BEFORE_VOWEL.sub(r"\1'", way)
            return
