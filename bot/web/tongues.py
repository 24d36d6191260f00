"""Which language a page speaks: chosen for the account, or the browser, or asked for.

Somebody's own choice counts everywhere; before they have signed in, what was chosen
in this browser; at last what the browser itself asks for.
"""

from functools import cache
from typing import Any

from flask import Flask, request
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug import Response

from bot import tongue
from bot.tongue import TONGUES
from bot.web import cookies
from bot.web.access import OPEN_ENDPOINTS
from bot.web.current import signed_in


def prepare(app: Flask) -> None:
    """Let pages of *app* speak; before any other question is asked of a request."""
    app.before_request(_choose)
    app.teardown_request(lambda _: tongue.speak(tongue.ENGLISH))
    jinja = app.jinja_env
    jinja.add_extension("jinja2.ext.i18n")
    jinja.policies["ext.i18n.trimmed"] = True
    jinja.install_gettext_callables(  # type: ignore[attr-defined]
        tongue.find, tongue.find_plural, newstyle=True, pgettext=tongue.find_in
    )
    # A page says two hundred sentences, and three in four have nothing to put in.
    jinja.globals.update(gettext=_say, _=_say)
    jinja.globals.update(
        tongue=tongue.spoken,
        tongues=TONGUES,
        lang=lang,
        direction=tongue.direction,
        forms=forms,
    )
    jinja.filters.update(kept=tongue.kept)


def keep(response: Response, code: str) -> None:
    """Let this browser speak a language from now on."""
    cookies.put(response, cookies.LANGUAGE, code, cookies.YEAR)


def forget(response: Response) -> None:
    """Let this browser speak what it asks for itself."""
    cookies.drop(response, cookies.LANGUAGE)


def lang() -> str:
    """Return the language as a browser wants it named."""
    return str(tongue.locale()).replace("_", "-") if tongue.spoken() != "en" else "en"


def speak_as_browser() -> None:
    """Speak what this browser asks for, or what was chosen in it."""
    tongue.speak(_of_browser())


def forms(one: str, many: str) -> dict[str, str]:
    """Return how our scripts count something: a sentence for each kind of number.

    The kinds are those of CLDR, by which browsers count too; *one* and *many* have
    a place for it named {count}.
    """
    return {
        kind: tongue.find_plural(one, many, count)
        for kind, count in _counts(tongue.spoken()).items()
    }


@cache
def _counts(code: str) -> dict[str, int]:
    """Return the least count of each kind that a language tells apart."""
    kind_of = tongue.locale().plural_form
    return {kind_of(count): count for count in range(101, -1, -1)}


@pass_eval_context
def _say(about: EvalContext, message: str, /, **values: Any) -> str:
    """Return a sentence as Jinja's own `gettext` does; one without places is kept."""
    if not values:
        return _whole(tongue.spoken(), message, about.autoescape)
    told = tongue.find(message)
    return (Markup(told) if about.autoescape else told) % values  # noqa: S704 - ours


@cache
def _whole(code: str, message: str, is_html: bool) -> str:
    """Return a sentence without places, in the language that is spoken: *code*."""
    told = tongue.find(message)
    return (Markup(told) if is_html else told) % {}  # noqa: S704 - ours


def _choose() -> None:
    if request.endpoint in OPEN_ENDPOINTS:
        return
    # First what needs no database: an error has a page too.
    speak_as_browser()
    someone = signed_in()
    if someone is not None and someone.language:
        tongue.speak(someone.language)


def _of_browser() -> str:
    chosen = request.cookies.get(cookies.name(cookies.LANGUAGE), "")
    if chosen in TONGUES:
        return chosen
    # Not `best_match`: to that, English in second place is nearer than ar-EG in first.
    asked = (
        name.partition("-")[0].lower() for name in request.accept_languages.values()
    )
    return next((code for code in asked if code in TONGUES), tongue.ENGLISH)
