"""A file that a customer sent, for whoever is signed in.

It is a stranger's: only pictures whose first bytes say so are shown, in a sandbox
that runs nothing; all else is a download.
"""

from flask import Response, abort, send_file
from flask.typing import ResponseReturnValue

from bot.attachments import content, keeper
from bot.inbox import doing
from bot.inbox.pages import blueprint
from bot.store import attachments
from bot.store.people import Role
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
    return _guarded(
        send_file(
            path,
            mimetype=found.content_type if found.is_shown else content.ANYTHING,
            as_attachment=not found.is_shown,
            download_name=f"{attachment_id}.{content.ending(found.content_type)}",
            etag=False,
        )
    )


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
