"""The picture of an answer: taken as a file from its form, kept, shown to editors.

Such a form holds a picture by its name, so that whatever is done with it, as it is
previewed, tried, checked or saved, the file travels once. Without a script the file
comes with the next button that is pressed.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import abort, g, request, send_file
from flask.typing import ResponseReturnValue

from bot import pictures
from bot.admin.home import blueprint
from bot.picture_names import is_name, media_type
from bot.store.people import Role
from bot.tongue import _
from bot.web.access import needs
from bot.web.current import parts

FILE, KEPT, OUT, REFUSED = "picture", "kept-picture", "picture-out", "picture-refused"
#: A file that is too large is refused in words up to here, with all that was typed.
LARGEST_FORM = 4 * pictures.LARGEST


def typed() -> dict[str, str]:
    """Return the form that was sent, with the name of the picture that came with it.

    A file that is no picture is none; why stands in the form then.
    """
    if "typed" not in g:
        g.typed = _typed()
    typed: dict[str, str] = g.typed
    return {**typed}


def _typed() -> dict[str, str]:
    form = {**request.form}
    form.pop(REFUSED, None)
    content = _given()
    if not content:
        return form
    if (problem := pictures.problem(content)) is not None:
        return {**form, REFUSED: problem}
    return {**form, KEPT: pictures.keep(parts().settings.home, content), "image": ""}


def _given() -> bytes:
    file = request.files.get(FILE)
    if file is None:
        return b""
    content: bytes = file.read()
    file.close()
    return content


def chosen(form: Mapping[str, str]) -> str:
    """Return the kept picture that a form holds, empty if there is none."""
    name = form.get(KEPT, "")
    return name if is_name(name) and OUT not in form else ""


def problems(image: str) -> Iterator[str]:
    """Yield what is wrong with a kept picture."""
    if is_name(image) and not is_kept(image):
        yield _(
            "This picture is not kept here any more: choose it again, or take it out."
        )


def is_kept(name: str) -> bool:
    """Return whether a picture lies here."""
    return pictures.find(parts().settings.home, name) is not None


def around() -> dict[str, Any]:
    """Return what the field of a picture says and asks for."""
    return {"picture_limit": pictures.LARGEST}


@blueprint.app_template_filter("picture_in")
def picture_in(line: str) -> str | None:
    """Return the name of the kept picture that a line tells of."""
    return next(filter(is_name, line.split()), None)


@blueprint.app_template_test("kept_here")
def kept_here(name: str) -> bool:
    """Whether there is a kept picture of this name."""
    return is_kept(name)


@blueprint.app_template_test("picture_name")
def picture_name(image: str) -> bool:
    """Whether a picture is a kept one, and no address."""
    return is_name(image)


@blueprint.get("/pictures/<picture>")
@needs(Role.EDITOR)
def show_picture(picture: str) -> ResponseReturnValue:
    """Answer with a kept picture."""
    place = pictures.find(parts().settings.home, picture)
    if place is None:
        abort(404)
    return send_file(place, mimetype=media_type(place.name))
