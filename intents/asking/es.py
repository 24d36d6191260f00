"""Spanish: "¿limpian discos?" is "quiero llevar a limpiar discos" as well."""

import re
from collections.abc import Iterator

from intents.asking.shapes import Named, filled, shape

#: What a shop does to a thing that a customer brings: "they do", and to do it.
_SERVICES = {
    "limpian": "limpiar",
    "reparan": "reparar",
    "arreglan": "arreglar",
    "envuelven": "envolver",
    "graban": "grabar",
    "restauran": "restaurar",
    "afilan": "afilar",
    "enmarcan": "enmarcar",
    "afinan": "afinar",
    "ajustan": "ajustar",
    "revisan": "revisar",
    "cambian": "cambiar",
    "instalan": "instalar",
    "personalizan": "personalizar",
    "digitalizan": "digitalizar",
    "tasan": "tasar",
    "lavan": "lavar",
    "planchan": "planchar",
    "imprimen": "imprimir",
}
#: What else it does, and its infinitive.
_DEEDS = {
    "envían": "enviar",
    "envian": "enviar",
    "mandan": "mandar",
    "entregan": "entregar",
    "abren": "abrir",
    "aceptan": "aceptar",
    "hacen": "hacer",
    "alquilan": "alquilar",
    "reservan": "reservar",
    "guardan": "guardar",
    "devuelven": "devolver",
    "reciben": "recibir",
}
_ANY = r"(?:ustedes )?(?:también |todavía |aún )?"
_BEGINS = r"(?:(?:pueden|podrían|podéis|se puede) )"


def _among(verbs: dict[str, str]) -> str:
    return "|".join(sorted({*verbs, *verbs.values()}, key=len, reverse=True))


_SERVICE = shape(
    rf"{_ANY}{_BEGINS}?(?:me )?(?P<verb>{_among(_SERVICES)}) (?P<thing>.+)",
    "pueden {does} {thing}",
    "podrían {does} {thing}",
    "es posible {does} {thing} con ustedes",
    "quiero llevar a {does} {thing}",
    "busco a alguien que pueda {does} {thing}",
    "me gustaría llevar a {does} {thing}",
    "dónde puedo llevar a {does} {thing}",
    "tienen servicio para {does} {thing}",
    "necesito que me ayuden a {does} {thing}",
    "hay alguien que pueda {does} {thing}",
    "puedo llevarles a {does} {thing}",
    price=(
        "cuánto cuesta {does} {thing}",
        "cuánto cobran por {does} {thing}",
        "qué precio tiene {does} {thing}",
    ),
    time=("cuánto tardan en {does} {thing}", "cuánto tiempo lleva {does} {thing}"),
)
_BUYS = shape(
    rf"{_ANY}{_BEGINS}?(?:compran|comprar) (?P<thing>.+)",
    "puedo venderles {thing}",
    "quiero vender {thing}",
    "les puedo vender {thing}",
    "me comprarían {thing}",
    "están interesados en comprar {thing}",
    "me gustaría vender {thing}",
    "dónde puedo vender {thing}",
    "es posible venderles {thing}",
    "tengo {thing} para vender",
    "busco vender {thing}",
    price=("cuánto pagan por {thing}", "cuánto me darían por {thing}"),
    time=("cuánto tardan en comprar {thing}",),
)
_SELLS = shape(
    rf"{_ANY}(?:venden) (?P<thing>.+)",
    "tienen {thing}",
    "busco {thing}",
    "quiero comprar {thing}",
    "puedo comprar {thing} en su tienda",
    "dónde puedo comprar {thing}",
    "me gustaría comprar {thing}",
    "estoy buscando {thing}",
    "tendrían {thing}",
    "hay {thing} en la tienda",
    "es posible comprar {thing} con ustedes",
    price=("cuánto piden por {thing}", "a cuánto venden {thing}"),
    time=("cuánto tardan en conseguir {thing}",),
)
_HAS = shape(
    rf"{_ANY}(?:tienen|hay|ofrecen) (?P<thing>.+)",
    "ofrecen {thing}",
    "cuentan con {thing}",
    "quería saber si tienen {thing}",
    "busco {thing}",
    "tendrían {thing}",
    "me pueden decir si tienen {thing}",
    "ustedes tienen {thing}",
    "hay {thing} en la tienda",
    "saben si hay {thing}",
    "me interesa saber si tienen {thing}",
    price=("cuánto cobran por {thing}",),
    time=("cuánto tardan en conseguir {thing}",),
)
_DOES = shape(
    rf"{_ANY}{_BEGINS}?(?P<verb>{_among(_DEEDS)}) (?P<thing>.+)",
    "pueden {does} {thing}",
    "podrían {does} {thing}",
    "les es posible {does} {thing}",
    "quería saber si pueden {does} {thing}",
    "me pueden decir si es posible {does} {thing}",
    "hay manera de que puedan {does} {thing}",
    "tienen la opción de {does} {thing}",
    "me interesa saber si pueden {does} {thing}",
    "ustedes pueden {does} {thing}",
    "sería posible {does} {thing}",
    price=("cuánto cuesta {does} {thing}", "cuánto cobran por {does} {thing}"),
    time=("cuánto tardan en {does} {thing}",),
)
_MAY = shape(
    r"(?:puedo|podría|se puede|es posible|podemos) (?P<what>.+)",
    "es posible {what}",
    "se puede {what}",
    "podría {what}",
    "me gustaría {what}",
    "quiero {what}",
    "hay forma de {what}",
    "cómo puedo {what}",
    "está permitido {what}",
    "hay algún problema en {what}",
    "quería saber si puedo {what}",
    "me dejan {what}",
    price=("cuánto cuesta {what}",),
    time=("cuánto tiempo tengo para {what}", "hasta cuándo puedo {what}"),
)
_HOW = shape(
    r"c[óo]mo (?:puedo|se puede|podría|hago para) (?P<what>.+)",
    "qué tengo que hacer para {what}",
    "quiero {what}",
    "cuál es la forma de {what}",
    "me ayudan a {what}",
    "dónde puedo {what}",
    "necesito {what}",
    "me gustaría {what}",
    "qué pasos hay que seguir para {what}",
    "no sé cómo {what}",
    "hay forma de {what}",
    price=("cuánto cuesta {what}",),
    time=("cuánto tiempo tengo para {what}",),
)
_FOR = (
    "cuánto cobran por {thing}",
    "cuánto hay que pagar por {thing}",
    "me dicen el precio de {thing}",
    "cuánto se paga por {thing}",
    "cuál es el precio de {thing}",
    "quería saber el precio de {thing}",
)
_PRICED = shape(
    r"cu[aá]nto (?:cuesta|vale|sale) (?P<thing>.+)",
    *_FOR,
    "qué precio tiene {thing}",
    "cuánto vale {thing}",
    "cuánto sale {thing}",
    "cuánto me costaría {thing}",
)
_PRICED_MANY = shape(
    r"cu[aá]nto (?:cuestan|valen|salen) (?P<thing>.+)",
    *_FOR,
    "qué precio tienen {thing}",
    "cuánto valen {thing}",
    "cuánto salen {thing}",
    "cuánto me costarían {thing}",
)
_ALL = (_SERVICE, _BUYS, _SELLS, _HAS, _DOES, _MAY, _HOW, _PRICED, _PRICED_MANY)
_INFINITIVES = {**_SERVICES, **_DEEDS}
_FUSED = re.compile(r"\b(a|de) el\b", re.IGNORECASE)


def ways(plain: str, named: Named) -> Iterator[str]:
    """Yield other ways to ask a question, given in small letters without its marks."""
    for one in _ALL:
        if match := one.begins.fullmatch(plain):
            parts = match.groupdict()
            verb = parts.get("verb") or ""
            does = _INFINITIVES.get(verb, verb)
            for way in filled(one, {**parts, "does": does}, named):
                yield _FUSED.sub(lambda found: found[1] + "l", way)
            return
