"""Which part of this Messenger answers: the phone, the JSON API, or Graph."""

from emulator import api, phone
from emulator.messenger import Messenger
from emulator.server import Request, Response

PHONE = ("/", "/static/", "/media/")


class App:
    """Hands each request to whom it is for."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger

    def drops(self, method: str, path: str) -> bool:
        """Say whether the connection dies before the body is read."""
        return not _is_ours(path) and self._messenger.graph.drops(method, path)

    async def answer(self, request: Request) -> Response:
        """Return the answer to *request*."""
        if request.path == "/api" or request.path.startswith("/api/"):
            return await api.answer(self._messenger, request)
        if request.path == PHONE[0] or request.path.startswith(PHONE[1:]):
            return phone.answer(self._messenger, request)
        return await self._messenger.graph.answer(request)


def _is_ours(path: str) -> bool:
    return path == "/" or path.startswith(("/api", *PHONE[1:]))
