"""How Graph says no: the codes, the texts people have seen, the shape of an error.

Texts that were met in the wild are verbatim; where none is known, a plain sentence
stands in. Code and subcode are what a client may rely on, never the words.
https://developers.facebook.com/docs/graph-api/guides/error-handling
"""

import secrets
from dataclasses import dataclass, field

from emulator.payload import Payload

Code = tuple[int, int | None]

BAD_TOKEN: Code = (190, None)
TOKEN_EXPIRED: Code = (190, 463)
PASSWORD_CHANGED: Code = (190, 460)
ROLE_LOST: Code = (190, 492)
BAD_PARAMETER: Code = (100, None)
UNKNOWN_OBJECT: Code = (100, 33)
NO_SUCH_CUSTOMER: Code = (100, 2018001)
MESSAGE_WITH_ACTION: Code = (100, 2018014)
EMPTY_MESSAGE: Code = (100, 2018034)
NO_SUCH_ATTACHMENT: Code = (100, 2018074)
HUMAN_AGENT_NOT_APPROVED: Code = (100, 2018276)
DEAD_TAG: Code = (100, 1893061)
UNREACHABLE: Code = (551, 1545041)
WINDOW_CLOSED: Code = (10, 2018278)
NOT_A_NEWS_PAGE: Code = (10, 2018065)
PAGE_RESTRICTED: Code = (10, 1893063)
NOT_A_TESTER: Code = (200, 2018028)
TOO_FAST: Code = (613, None)
WEBHOOK_REFUSED: tuple[int, None] = (2200, None)
CHALLENGE_UNMET: tuple[int, None] = (2201, None)
QUICK_REPLY_IN_TEMPLATE: Code = (100, 2018416)

TEXTS: dict[Code, str] = {
    (1, None): "An unknown error occurred",
    (1, 1357046): "Received Invalid JSON reply.",
    (2, None): "(#2) Service temporarily unavailable",
    (4, None): "(#4) Application request limit reached",
    (10, None): "(#10) Application does not have permission for this action",
    WINDOW_CLOSED: "(#10) This message is sent outside of allowed window.",
    NOT_A_NEWS_PAGE: "(#10) This message is sent outside of allowed window.",
    (10, 2018300): "(#10) Message failed to send because another app is controlling "
    "this thread now.",
    PAGE_RESTRICTED: "(#10) This Page is temporarily restricted from messaging.",
    (32, None): "(#32) Page request limit reached",
    BAD_PARAMETER: "(#100) Invalid parameter",
    UNKNOWN_OBJECT: "Unsupported {method} request. Object with ID '{id}' does not "
    "exist, cannot be loaded due to missing permissions, or does not support this "
    "operation",
    DEAD_TAG: "Invalid parameter",
    NO_SUCH_CUSTOMER: "(#100) No matching user found",
    MESSAGE_WITH_ACTION: "(#100) A message and a sender_action cannot be sent together",
    EMPTY_MESSAGE: "(#100) Message cannot be empty, must provide valid attachment or "
    "text",
    NO_SUCH_ATTACHMENT: "(#100) Invalid attachment id",
    HUMAN_AGENT_NOT_APPROVED: "(#100) Cannot tag messages with 'HUMAN_AGENT' without "
    "prior approval.",
    QUICK_REPLY_IN_TEMPLATE: "Fatal",
    BAD_TOKEN: "Invalid OAuth access token.",
    PASSWORD_CHANGED: "Error validating access token: The session has been invalidated "
    "because the user changed their password or Facebook has changed the session for "
    "security reasons.",
    TOKEN_EXPIRED: "Error validating access token: Session has expired.",
    ROLE_LOST: "Error validating access token: The user must be an administrator, "
    "editor, or moderator of the page in order to impersonate it.",
    (200, None): "(#200) Permissions error",
    NOT_A_TESTER: "(#200) Cannot message users who are not admins, developers or "
    "testers of the app until pages_messaging permission is reviewed and the app is "
    "live.",
    (368, None): "(#368) The action attempted has been deemed abusive or is otherwise "
    "disallowed",
    (551, None): "(#551) This person isn't available right now.",
    UNREACHABLE: "(#551) This person isn't available right now.",
    TOO_FAST: "(#613) Calls to this api have exceeded the rate limit.",
    (1200, 2018024): "(#1200) Temporary send message failure. Please try again later.",
    WEBHOOK_REFUSED: "(#2200) Callback verification failed with the following errors:",
    CHALLENGE_UNMET: "(#2201) response does not match challenge,",
    (80001, None): "(#80001) There have been too many calls to this Page account.",
    (80006, None): "(#80006) There have been too many calls to this Messenger account.",
}


@dataclass
class GraphError(Exception):
    """Graph does not do what was asked; *code* says why."""

    code: Code
    message: str = ""
    status: int = 400
    transient: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def payload(self) -> Payload:
        """Return the error as Graph writes it."""
        number, subcode = self.code
        error: Payload = {
            "message": self.message or text(self.code),
            "type": _type(self.code),
            "code": number,
        }
        if subcode is not None:
            error["error_subcode"] = subcode
        if self.transient:
            error["is_transient"] = True
        return {"error": error | {"fbtrace_id": trace_id()}}

    @property
    def all_headers(self) -> dict[str, str]:
        """Return the headers that go with the error; token errors have one more."""
        if self.code[0] != BAD_TOKEN[0]:
            return self.headers
        said = self.message or text(self.code)
        challenge = f'OAuth "Facebook Platform" "invalid_token" "{said}"'
        return self.headers | {"WWW-Authenticate": challenge}


def bad_parameter(sentence: str) -> GraphError:
    """Return the refusal of a request that is wrong in itself."""
    return GraphError(BAD_PARAMETER, f"(#100) {sentence}")


def unsupported(method: str, what: str) -> GraphError:
    """Return the refusal of a path or an object that nobody knows."""
    words = TEXTS[UNKNOWN_OBJECT].format(method=method.lower(), id=what)
    return GraphError(UNKNOWN_OBJECT, words)


def text(code: Code) -> str:
    """Return the words that go with *code*, as far as any are known."""
    number, subcode = code
    return TEXTS.get(code) or TEXTS.get((number, None)) or f"(#{number}) An error"


def trace_id() -> str:
    """Return what Meta's support would ask for."""
    return "A" + secrets.token_urlsafe(16)


def _type(code: Code) -> str:
    return "GraphMethodException" if code == UNKNOWN_OBJECT else "OAuthException"
