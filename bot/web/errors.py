"""What a page says when something went wrong: in words, with a number, no details."""

import secrets
import traceback
from typing import Any

import structlog
from flask import Flask, Response, make_response, render_template, request
from sqlalchemy.exc import DataError
from werkzeug.exceptions import Forbidden, HTTPException

from bot.tongue import _, lazy
from intents.examples import TrainingDataError

log = structlog.get_logger()

WORDS: dict[int, tuple[str, str]] = {
    400: (
        lazy("That did not arrive whole"),
        lazy("Go back, load the page anew and try again."),
    ),
    401: (
        lazy("You have been signed out"),
        lazy(
            "Nothing was changed. Sign in again, then go back to what you were doing."
        ),
    ),
    403: (
        lazy("You may not do that"),
        lazy("Your role does not include it. An admin can give you another role."),
    ),
    404: (
        lazy("There is nothing here"),
        lazy("The address is wrong, or what was here is gone."),
    ),
    405: (
        lazy("That can't be done this way"),
        lazy("Go back and use the buttons of the page."),
    ),
    413: (
        lazy("That is too much at once"),
        lazy("Shorten the text and send it again."),
    ),
    429: (lazy("Too many tries"), lazy("Wait a little, then try again.")),
    503: (
        lazy("Too many pages at once"),
        lazy(
            "Nothing was changed. Try again in a moment; what you wrote is not lost if "
            "you go back."
        ),
    ),
    500: (
        lazy("Something went wrong on our side"),
        lazy(
            "Nothing you wrote is lost if you go back. Try again in a moment; if "
            "it goes on, tell whoever runs Frontdesk the number below."
        ),
    ),
}


def register(app: Flask) -> None:
    """Let *app* answer every error with a page of ours."""
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(TrainingDataError, _unlearnable)
    app.register_error_handler(DataError, _untakeable)
    app.register_error_handler(OverflowError, _untakeable)
    app.register_error_handler(Exception, _unforeseen)


def page(code: int) -> Response:
    """Return the page that says what a status means."""
    return _page(code, secrets.token_hex(4), None)


def _known(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    code = error.code or 500
    number = secrets.token_hex(4)
    if code >= 500 or code == 403:
        log.warning("page_refused", status=code, id=number, endpoint=request.endpoint)
    made_ours = isinstance(error, Forbidden) and error.description
    hint = error.description if made_ours != Forbidden.description else None
    return _page(code, number, hint if made_ours else None)


def _unlearnable(error: TrainingDataError) -> Response:
    """Tell which file of phrasings was broken since the start: it is the shop's own."""
    number = secrets.token_hex(4)
    log.error(
        "training_file_unreadable", id=number, file=str(error.path), at=error.line
    )
    words = _(
        "A file of phrasings can't be read: %(problem)s. Whoever runs Frontdesk has to "
        "mend it. Nothing you wrote is lost if you go back.",
        problem=str(error),
    )
    return _page(500, number, words)


def _untakeable(error: Exception) -> Response:
    """Tell of what no column takes: no form of ours has such numbers, or a NUL.

    It is logged as what fails is: it may have been ours all the same.
    """
    return _failed(error, 400)


def _unforeseen(error: Exception) -> Response:
    return _failed(error, 500)


def _failed(error: Exception, code: int) -> Response:
    number = secrets.token_hex(4)
    # Where, not what: the text of an error may quote what a customer wrote.
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    log.error(
        "page_failed",
        id=number,
        endpoint=request.endpoint,
        error=type(error).__name__,
        at=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    )
    return _page(code, number, None)


def _page(code: int, number: str, hint: Any) -> Response:
    title, words = WORDS.get(code, WORDS[400 if code < 500 else 500])
    page = render_template(
        "error.html", title=title, words=hint or words, code=code, number=number
    )
    return make_response(page, code)
