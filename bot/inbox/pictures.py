"""Pictures of an answer: taken from its form, shown in the thread."""

from collections.abc import Sequence

from flask import abort, request, send_file
from flask.typing import ResponseReturnValue

from bot import pictures
from bot.inbox.pages import blueprint
from bot.inbox.thread import picture
from bot.picture_names import media_type
from bot.store import desk
from bot.store.people import Role
from bot.tongue import _
from bot.web.access import needs
from bot.web.current import parts


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


def given() -> Sequence[bytes]:
    """Return the files that came with a form; a field left empty is none."""
    found = []
    for file in request.files.getlist("picture"):
        found.append(file.read())
        file.close()
    return [content for content in found if content]


def problem(contents: Sequence[bytes], *, besides: int = 0) -> str | None:
    """Return why they can't be sent; *besides* them go some that are kept."""
    if len(contents) + besides > pictures.MOST:
        return _("At most %(most)s pictures go out at once.", most=pictures.MOST)
    return next(filter(None, map(pictures.problem, contents)), None)


def kept(contents: Sequence[bytes]) -> list[str]:
    """Keep the pictures and return their names."""
    return [pictures.keep(parts().settings.home, content) for content in contents]
