"""What the book says of one request to Graph."""

from dataclasses import dataclass
from datetime import datetime

import orjson

from emulator.calls import Answer, Call
from emulator.clock import written
from emulator.faults import GraphFault
from emulator.payload import Payload
from emulator.server import Response

READABLE = ("error", "hang", "no_message_id")


@dataclass(slots=True)
class Visit:
    """One request, from its first line to its end, whatever that was."""

    method: str
    path: str
    call: Call | None = None
    #: What Graph would say if nothing went wrong.
    answer: Answer | None = None
    fault: GraphFault | None = None
    #: What it does say.
    response: Response | None = None

    def record(self, at: datetime) -> Payload:
        """Return the entry; `message_id` is there if a message was accepted."""
        said: Payload = {"at": written(at), "method": self.method, "path": self.path}
        if self.call is not None:
            said |= {"kind": self.call.kind, "psid": self.call.psid}
            said["body"] = self.call.parameters
        if self.fault is not None:
            said["fault"] = self.fault.do
        return said | self._outcome()

    def _outcome(self) -> Payload:
        payload = self.answer.payload if self.answer else None
        mid = payload.get("message_id") if isinstance(payload, dict) else None
        refused = self.answer is None or self.answer.status != 200
        refused = refused or (self.fault is not None and not self.fault.accepts)
        outcome: Payload = {"accepted": not refused, "status": None, "answer": None}
        if mid is not None:
            outcome["message_id"] = mid
        if self.response is not None and self.response.ending != "reset":
            outcome["status"] = self.response.status
            outcome["answer"] = self._words(self.response)
        return outcome

    def _words(self, response: Response) -> object:
        if self.fault is None or self.fault.do in READABLE:
            return orjson.Fragment(response.body)
        return response.body.decode("utf-8", "replace")
