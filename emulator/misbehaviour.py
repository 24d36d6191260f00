"""What a fault makes of Graph's answer. The answer it is handed is the proper one."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace

import orjson

from emulator.faults import Doing, GraphFault
from emulator.refusals import GraphError
from emulator.server import Response

HTML = (
    b"<!DOCTYPE html><html><head><title>Error</title></head><body>Sorry</body></html>"
)
Shaping = Callable[[GraphFault, Response], Response]


def shaped(fault: GraphFault, proper: Response) -> Response:
    """Return what leaves us in place of *proper*."""
    return SHAPES[fault.do](fault, proper)


async def hang(fault: GraphFault, response: Response) -> None:
    """Hold *response* back; what was accepted goes on meanwhile."""
    if response.then is not None:
        response.then()
        response.then = None
    await asyncio.sleep(fault.seconds)


def _error(fault: GraphFault, proper: Response) -> Response:
    code = (fault.code, fault.subcode)
    status = fault.status or 400
    error = GraphError(code, fault.message, status, transient=fault.transient)
    return replace(
        proper,
        status=status,
        body=orjson.dumps(error.payload),
        headers=proper.headers | error.all_headers,
    )


def _html(fault: GraphFault, proper: Response) -> Response:
    usual = 503 if fault.do == "status" else 200
    return replace(
        proper,
        status=fault.status or usual,
        body=HTML,
        content_type="text/html; charset=utf-8",
    )


def _hang(fault: GraphFault, proper: Response) -> Response:
    return replace(proper, ending="whole" if fault.accepts else "reset")


def _reset(fault: GraphFault, proper: Response) -> Response:
    return replace(proper, ending="reset")


def _empty(fault: GraphFault, proper: Response) -> Response:
    return replace(proper, body=b"")


def _truncated(fault: GraphFault, proper: Response) -> Response:
    return replace(proper, body=proper.body[: len(proper.body) // 2])


def _cut(fault: GraphFault, proper: Response) -> Response:
    return replace(proper, ending="cut")


def _without_id(fault: GraphFault, proper: Response) -> Response:
    answer = orjson.loads(proper.body)
    answer.pop("message_id", None)
    return replace(proper, body=orjson.dumps(answer))


SHAPES: Mapping[Doing, Shaping] = {
    "error": _error,
    "status": _html,
    "hang": _hang,
    "reset_before_reading": _reset,
    "reset_after_accept": _reset,
    "html": _html,
    "empty": _empty,
    "truncated": _truncated,
    "cut": _cut,
    "no_message_id": _without_id,
}
