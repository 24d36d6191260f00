"""English: "do you clean records" is "can i get my records cleaned" as well."""

import re
from collections.abc import Iterator

from intents.asking.shapes import Named, filled, shape

#: What a shop does to a thing that a customer brings, and the thing when it is done.
_DONE = {
    "fix": "fixed",
    "wrap": "wrapped",
    "gift-wrap": "gift-wrapped",
    "gift wrap": "gift-wrapped",
    "dye": "dyed",
    "copy": "copied",
    "put together": "put together",
}
_REGULAR = [
    "clean",
    "repair",
    "mend",
    "restore",
    "service",
    "sharpen",
    "engrave",
    "frame",
    "tune",
    "alter",
    "print",
    "adjust",
    "replace",
    "polish",
    "wash",
    "press",
    "iron",
    "shorten",
    "resize",
    "exchange",
    "check",
    "test",
    "calibrate",
    "assemble",
    "install",
    "charge",
    "digitise",
    "digitize",
    "convert",
    "value",
    "appraise",
    "customise",
    "customize",
    "personalise",
    "personalize",
    "embroider",
    "refurbish",
    "maintain",
    "inspect",
    "recycle",
]
_DONE |= {one: one + ("d" if one.endswith("e") else "ed") for one in _REGULAR}
_SERVICES = "|".join(sorted(map(re.escape, _DONE), key=len, reverse=True))
_YOU = r"(?:do|can|could|would|will) you(?: guys)?(?: also| still)?"
_I = r"(?:can|could|may|am i able to|is it possible (?:for me )?to)(?: i| we| one)?"
#: A thing, without what points at it.
_THING = r"(?:(?:any|some|my|our|the|an?|your|customers'?) )?(?P<thing>.+)"
#: A thing alone: what is said of it beside would come between it and what is done.
_NO_THING = (
    r"(?!.*\b(?:to|on|in|at|for|with|from|by|it|them|me|us|up|out|that|which|if|when|"
    r"while|before|after|and|or)\b)"
)
_PAID = (
    r"(?P<thing>(?:credit |debit |bank |gift )?cards?|cash|pay ?pal|apple pay|"
    r"google pay|klarna|visa|mastercard|cheques?|bank transfers?|bitcoin|vouchers?)"
)

_SERVICE = shape(
    rf"{_YOU} (?P<does>{_SERVICES}) {_NO_THING}{_THING}",
    "can i get my {thing} {done}",
    "could you {does} my {thing}",
    "i'd like my {thing} {done}",
    "is it possible to have my {thing} {done}",
    "looking for someone to {does} my {thing}",
    "i need my {thing} {done}",
    "where can i get my {thing} {done}",
    "would you be able to {does} my {thing}",
    "do you {does} {thing}",
    "can i bring in my {thing} to have {it} {done}",
    "i have some {thing} that i want {done}",
    "can someone {does} my {thing} for me",
    price=(
        "how much is it to {does} {thing}",
        "what does it cost to have my {thing} {done}",
        "how much do you charge to {does} {thing}",
        "what would i pay to get my {thing} {done}",
    ),
    time=(
        "how long does it take to {does} {thing}",
        "how soon can you {does} my {thing}",
        "how long until my {thing} {are} {done}",
    ),
)
_BUYS = shape(
    rf"{_YOU} (?:buy|purchase|buy back|take in) {_NO_THING}{_THING}",
    "can i sell you my {thing}",
    "do you take {thing}",
    "i'd like to sell my {thing}",
    "would you buy my {thing}",
    "is it possible to sell you my {thing}",
    "looking to sell my {thing}",
    "are you interested in buying {thing}",
    "i want to sell some {thing}",
    "could you buy my {thing}",
    "where can i sell my {thing}",
    "do you purchase {thing}",
    price=("how much do you pay for {thing}", "what would i get for my {thing}"),
    time=("how long does it take to sell you my {thing}",),
)
_HAS = shape(
    rf"{_YOU} (?:sell|stock|carry) {_THING}",
    "have you got {thing}",
    "can i buy {thing} from you",
    "i'm looking for {thing}",
    "can i get {thing} from you",
    "any {thing} in your shop",
    "where can i get {thing}",
    "is it possible to get {thing} from you",
    "i'd like to buy {thing}",
    "do you stock {thing}",
    "i was wondering if you have {thing}",
    "could i get {thing} from you",
    price=("how much do you want for {thing}", "what do you charge for {thing}"),
    time=("how long does it take to get {thing}",),
)
_OFFERS = shape(
    rf"{_YOU} (?:have|offer|do)(?! to\b) {_THING}",
    "have you got {thing}",
    "i'm looking for {thing}",
    "i was wondering if you have {thing}",
    "can you tell me if you have {thing}",
    "i'd like to know if you have {thing}",
    "do you guys have {thing}",
    "any chance you have {thing}",
    "do you offer {thing}",
    "is it right that you have {thing}",
    "do you have {thing} at the moment",
    "{thing}, do you have that",
    price=("how much do you want for {thing}", "what do you charge for {thing}"),
    time=("how long does it take to get {thing}",),
)
_PAYS = shape(
    rf"{_YOU} (?:accept|take) {_THING[: -len('(?P<thing>.+)')]}{_PAID}",
    "can i pay with {thing}",
    "is it possible to pay with {thing}",
    "could i pay with {thing}",
    "am i able to pay with {thing}",
    "do you accept {thing}",
    "i'd like to pay with {thing}",
    "is {thing} ok for paying",
    "paying with {thing}, does that work",
    "would you take {thing}",
    "i only have {thing}, can i still pay",
)
_SENDS = shape(
    rf"{_YOU} (?P<does>deliver|ship|send|post) (?P<rest>(?:to|abroad|outside|overseas|"
    r"international(?:ly)?|world ?wide|within|on|at)\b.*)",
    "can i get my order {done} {rest}",
    "could you {does} {rest}",
    "is it possible to have an order {done} {rest}",
    "i'd like my order {done} {rest}",
    "would you {does} {rest}",
    "can you {does} my order {rest}",
    "are you able to {does} {rest}",
    "i want to order something {done} {rest}",
    "do you {does} {rest}",
    "can i have something {done} {rest}",
    "i was wondering if you {does} {rest}",
    price=("how much is it to {does} {rest}", "what does it cost to {does} {rest}"),
    time=("how long does it take to {does} {rest}", "how fast can you {does} {rest}"),
)
_DOES = shape(
    rf"{_YOU} (?P<what>.+)",
    "could you {what}",
    "would you be able to {what}",
    "is it possible for you to {what}",
    "are you able to {what}",
    "i was wondering if you {what}",
    "can you tell me if you {what}",
    "i'd like to know if you {what}",
    "is it true that you {what}",
    "do you guys {what}",
    "do you ever {what}",
    "someone said you {what}, is that right",
    price=("what do you charge to {what}",),
    time=("how soon can you {what}",),
)
_MAY = shape(
    rf"{_I} (?P<what>.+)",
    "is it possible to {what}",
    "am i able to {what}",
    "could i {what}",
    "i'd like to {what}",
    "am i allowed to {what}",
    "would it be ok to {what}",
    "i want to {what}",
    "how do i {what}",
    "is there a way to {what}",
    "i was wondering if i could {what}",
    "do you let people {what}",
    price=("how much is it to {what}", "does it cost anything to {what}"),
    time=("how long do i have to {what}", "until when can i {what}"),
)
_HOW = shape(
    r"how (?:do|can|could|should|would) (?:i|we|one) (?P<what>.+)",
    "how can i {what}",
    "what do i have to do to {what}",
    "i'd like to {what}",
    "what's the best way to {what}",
    "can you help me {what}",
    "i want to {what}, how does that work",
    "is there a way to {what}",
    "where do i {what}",
    "how does one {what}",
    "i don't know how to {what}",
    "can you explain how to {what}",
    price=("how much is it to {what}", "does it cost anything to {what}"),
    time=("how long do i have to {what}",),
)
_PRICED = shape(
    r"how much (?:(?:does|do|would|will) (?P<thing>.+?) cost|(?:is|are) (?P<other>.+))",
    "what {do} {thing} cost",
    "how much do you charge for {thing}",
    "what do i pay for {thing}",
    "what's the price of {thing}",
    "price for {thing}",
    "how expensive {are} {thing}",
    "do i have to pay for {thing}",
    "can you tell me the price of {thing}",
    "how much would i pay for {thing}",
    "cost of {thing}",
)
_LASTS = shape(
    r"how long (?:does|do|will|would) (?P<thing>.+?)(?: take)?",
    "how many days {do} {thing} take",
    "how quick {are} {thing}",
    "what's the waiting time for {thing}",
    "how fast {are} {thing}",
    "how long do i have to wait for {thing}",
    "how much time {do} {thing} take",
    "when can i expect {thing}",
    "{do} {thing} take long",
    "how long should i allow for {thing}",
    "{are} {thing} quick",
)
_CALLED = shape(
    r"(?P<thing>(?:\S+ ){0,3}\S+ing)",
    "do you do {thing}",
    "do you offer {thing}",
    "i'm interested in {thing}",
    "can i get {thing} at your shop",
    "is {thing} something you do",
    "tell me about {thing}",
    "i'm looking for {thing}",
    "do you have {thing}",
    "can you help with {thing}",
    "who does {thing} at your shop",
    price=("how much is {thing}", "what does {thing} cost", "price for {thing}"),
    time=("how long does {thing} take", "how fast is {thing}"),
)
_WHEN = shape(
    r"(?P<wh>when|where|what|at what time|what time|which days|how late|until when) "
    r"(?P<asked>(?P<be>is|are) (?P<subject>you|it|the \w+|your \w+(?: \w+)?)"
    r"(?P<rest>(?: .+)?)|do (?P<who>you|i|we)(?P<verb> .+))",
    "can you tell me {wh} {clause}",
    "i'd like to know {wh} {clause}",
    "do you know {wh} {clause}",
    "i need to know {wh} {clause}",
    "could someone tell me {wh} {clause}",
    "just wondering {wh} {clause}",
    "please tell me {wh} {clause}",
    "any idea {wh} {clause}",
    "i can't find out {wh} {clause}",
    "quick question, {wh} {asked}",
    "sorry, {wh} {asked}",
)
_ALL = (
    *(_SERVICE, _BUYS, _PAYS, _SENDS, _HAS, _OFFERS, _DOES),
    *(_MAY, _HOW, _PRICED, _LASTS, _WHEN, _CALLED),
)
_SENT = {
    "deliver": "delivered",
    "ship": "shipped",
    "send": "sent",
    "post": "posted",
}


def ways(plain: str, named: Named) -> Iterator[str]:
    """Yield other ways to ask a question, given in small letters without its marks."""
    for one in _ALL:
        if match := one.begins.fullmatch(plain):
            yield from filled(one, _parts(match.groupdict()), named)
            return


def _parts(found: dict[str, str | None]) -> dict[str, str]:
    parts = {name: value for name, value in found.items() if value}
    thing = parts.get("thing") or parts.get("other", "")
    does = parts.get("does", "")
    is_many = thing.endswith("s") and not thing.endswith("ss")
    done = _DONE.get(does) or _SENT.get(does, "")
    many = {"it": "them", "are": "are", "do": "do"}
    count = many if is_many else {"it": "it", "are": "is", "do": "does"}
    subject, rest = parts.get("subject", ""), parts.get("rest", "")
    clause = f"{subject} {parts.get('be', '')}{rest}"
    if "verb" in parts:
        clause = f"{parts['who']}{parts['verb']}"
    return {**parts, "thing": thing, "done": done, "clause": clause, **count}
