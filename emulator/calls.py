"""One call of the Graph API: who calls, what for, and what came of it."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from emulator import payload
from emulator.faults import Kind
from emulator.payload import Payload, Upload
from emulator.receipts import Announcement
from emulator.refusals import BAD_TOKEN, GraphError, bad_parameter
from emulator.server import Request
from emulator.world import World

VERSION = re.compile(r"v\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Call:
    """A request to Graph, however it was written."""

    method: str
    #: Without the version.
    path: tuple[str, ...]
    parameters: Payload
    token: str | None
    proof: str | None
    upload: Upload | None = None

    @property
    def message(self) -> Payload:
        """Return the message to be sent, empty if there is none that can be read."""
        message = self.parameters.get("message")
        return message if isinstance(message, dict) else {}

    @property
    def psid(self) -> str:
        """Return the customer a message is for, or whose profile is asked for."""
        recipient = self.parameters.get("recipient")
        if isinstance(recipient, dict):
            return str(recipient.get("id", ""))
        return self.path[0] if len(self.path) == 1 else ""

    @property
    def kind(self) -> Kind:
        """Return what kind of call this is, as faults name them."""
        if self.path[-1:] == ("messages",):
            return "action" if "sender_action" in self.parameters else "send"
        if self.path[-1:] == ("message_templates",):
            return "template"
        if self.path[-1:] == ("message_attachments",):
            return "upload"
        asks_a_node = self.method == "GET" and len(self.path) == 1
        return "profile" if asks_a_node and self.path[0].isdigit() else "other"


@dataclass(slots=True)
class Answer:
    """What Graph says, and whom else it tells."""

    payload: object
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    announcement: Announcement | None = None


def read(request: Request) -> Call:
    """Return the call in *request*; the token may stand in any of four places."""
    kind = request.headers.get("content-type", "")
    try:
        found = payload.read(request.query, kind, request.body)
    except payload.UnreadableError as broken:
        raise bad_parameter(str(broken)) from broken
    values = found.values
    token, proof = values.pop("access_token", None), values.pop("appsecret_proof", None)
    parts = [part for part in request.path.split("/") if part]
    return Call(
        method=values.pop("method", request.method).upper(),
        path=tuple(parts[1:] if parts and VERSION.fullmatch(parts[0]) else parts),
        parameters=values,
        token=_bearer(request.headers) or token,
        proof=proof,
        upload=found.upload,
    )


def check_proof(call: Call, world: World) -> None:
    """Raise GraphError if the proof is wrong, or missing where it is demanded."""
    if call.proof is None and world.options.require_proof:
        raise bad_parameter(
            "API calls from the server require an appsecret_proof argument"
        )
    if call.proof is not None and call.proof != proof(call.token, world.app.secret):
        raise bad_parameter("Invalid appsecret_proof provided in the API argument")


def proof(token: str | None, app_secret: str) -> str:
    """Return the appsecret_proof that goes with *token*."""
    if token is None:
        raise GraphError(BAD_TOKEN)
    return hmac.digest(app_secret.encode(), token.encode(), "sha256").hex()


def _bearer(headers: Mapping[str, str]) -> str | None:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() in ("bearer", "oauth") else None
