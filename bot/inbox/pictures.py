"""Pictures of an answer: taken from its form, shown in the thread."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from flask import abort, request, send_file
from flask.typing import ResponseReturnValue

from bot import pictures
from bot.attachments import content
from bot.attachments.content import Size
from bot.inbox.pages import blueprint
from bot.inbox.thread import picture
from bot.picture_names import media_type
from bot.store import desk
from bot.store.people import Role
from bot.tongue import _
from bot.web.access import needs
from bot.web.current import parts

LONGEST_SIDE = 320  # pixels of the page; composer.css says it too


@blueprint.get("/<int:conversation_id>/pictures/<int:message_id>")
@needs(Role.VIEWER)
def show_picture(conversation_id: int, message_id: int) -> ResponseReturnValue:
    """Answer with the picture of a message."""
    with parts().database.read() as connection:
        said = desk.parts_of(connection, conversation_id, message_id)
    name = picture(said or {})
    place = pictures.find(parts().settings.home, name) if name else None
    if name is None or place is None:
        abort(404)
    return send_file(place, mimetype=media_type(name))


@blueprint.app_template_global("shown_size")
def shown_size(name: str) -> Size | None:
    """Return how large a picture stands in the thread, None if nobody can tell.

    Said beforehand, so that nothing moves when it comes.
    """
    place = pictures.find(parts().settings.home, name)
    found = _size(place) if place else None
    if found is None or not found.is_bearable:
        return None
    scale = min(1, LONGEST_SIDE / max(found.width, found.height))
    return Size(max(1, round(found.width * scale)), max(1, round(found.height * scale)))


@lru_cache(maxsize=2000)  # a file of a name never changes
def _size(place: Path) -> Size | None:
    with place.open("rb") as file:
        return content.size(file.read(content.ENOUGH))


def given() -> Sequence[bytes]:
    """Return the files that came with a form; a field left empty is none."""
    found = []
    for file in request.files.getlist("picture"):
        found.append(file.read())
        file.close()
    return [one for one in found if one]


def problem(contents: Sequence[bytes], *, besides: int = 0) -> str | None:
    """Return why they can't be sent; *besides* them go some that are kept."""
    if len(contents) + besides > pictures.MOST:
        return _("At most %(most)s pictures go out at once.", most=pictures.MOST)
    return next(filter(None, map(pictures.problem, contents)), None)


def kept(contents: Sequence[bytes]) -> list[str]:
    """Keep the pictures and return their names."""
    return [pictures.keep(parts().settings.home, one) for one in contents]
