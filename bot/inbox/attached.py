"""A file that a customer sent, for whoever is signed in.

It is a stranger's: only pictures whose first bytes say so are shown, in a sandbox
that runs nothing; all else is a download. A player takes what it plays from that
download, piece by piece.
"""

from flask import Response, abort, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from bot.attachments import content, keeper
from bot.inbox import doing
from bot.inbox.pages import blueprint
from bot.store import attachments
from bot.store.people import Role
from bot.store.types import AnyRow
from bot.web import headers
from bot.web.access import needs
from bot.web.current import parts


@blueprint.get("/attachments/<int:attachment_id>")
@needs(Role.VIEWER)
def attachment(attachment_id: int) -> ResponseReturnValue:
    """Answer with a file as it is kept."""
    with parts().database.read() as connection:
        found = attachments.kept(connection, attachment_id)
    if found is None:
        abort(404)
    path = keeper.folder(parts().settings) / found.name
    if not path.is_file():
        abort(404)
    try:
        response = send_file(
            path,
            mimetype=_told(found),
            as_attachment=not found.is_shown,
            download_name=f"{attachment_id}.{content.ending(found.content_type)}",
            conditional=_is_piece_asked_for(),
            # A file of a name never changes.
            etag=found.name,
        )
        response.accept_ranges = "bytes"
    except RequestedRangeNotSatisfiable as error:
        # Not our page of errors: a player wants to hear how long the file is.
        response = Response(status=error.code, headers=error.get_headers())
    return _guarded(response)


def _is_piece_asked_for() -> bool:
    """Whether one stretch of bytes is asked for; all else gets the whole."""
    asked = request.range
    return asked is not None and asked.units == "bytes" and len(asked.ranges) == 1


def _told(found: AnyRow) -> str:
    """Return what a browser is told that a file is: only what it may do something with.

    What we have found by its first bytes, that is, not what anybody says of it.
    """
    is_known = found.is_shown or found.content_type in content.PLAYED
    return str(found.content_type) if is_known else content.ANYTHING


@blueprint.post("/<int:conversation_id>/attachments/<int:attachment_id>/again")
@needs(Role.AGENT)
def fetch_again(conversation_id: int, attachment_id: int) -> ResponseReturnValue:
    """Let a file be fetched once more that could not be."""
    doing.found(conversation_id)
    # The assistant is not woken: nobody has said anything.
    done = parts().database.write(
        lambda c: attachments.try_again(c, conversation_id, attachment_id)
    )
    return doing.back(conversation_id, "fetching" if done else "fetched")


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = headers.SANDBOX
    return response
