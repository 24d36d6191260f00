"""The Graph API: whose token it is, what is called, and what goes wrong on purpose.

Each call ends in the book (`GET /api/requests`), accepted or refused.
"""

import orjson

from emulator import apps, calls, edges, misbehaviour
from emulator.calls import Answer, Call
from emulator.faults import GraphFault
from emulator.journal import Journal
from emulator.payload import Payload
from emulator.postman import Postman
from emulator.refusals import (
    BAD_TOKEN,
    GraphError,
    trace_id,
    unsupported,
)
from emulator.server import Request, Response
from emulator.visits import Visit
from emulator.world import Page, World

NEWEST_VERSION = "v26.0"


class Graph:
    """Answers the Graph API of one world."""

    def __init__(self, world: World, postman: Postman) -> None:
        self.requests = Journal(keep=100_000)
        self._world = world
        self._postman = postman
        self._page_of = {page.token: page for page in world.pages.values()}

    def drops(self, method: str, path: str) -> bool:
        """Say whether the connection of this request dies before its body is read."""
        fault = self._postman.faults.pick_unread(path) if method == "POST" else None
        if fault is not None:
            self._note(Visit(method, path, fault=fault))
        return fault is not None

    async def answer(self, request: Request) -> Response:
        """Answer one request, properly or as the faults want it."""
        visit = Visit(request.method, request.path)
        try:
            visit.call = calls.read(request)
        except GraphError as refusal:
            visit.answer = _refused(refusal)
        else:
            visit.fault = self._fault(visit.call)
            visit.answer = await self._answered(visit.call, visit.fault)
        response = _response(visit.answer)
        if visit.answer.status != 200:
            visit.fault = None  # what is refused anyway needs nothing to go wrong
        if visit.fault is not None:
            response = misbehaviour.shaped(visit.fault, response)
        visit.response = response
        self._note(visit)
        if visit.fault is not None and visit.fault.do == "hang":
            await misbehaviour.hang(visit.fault, response)
        return response

    def _note(self, visit: Visit) -> None:
        self.requests.add(visit.record(self._world.clock.now()))

    def _fault(self, call: Call) -> GraphFault | None:
        if not self._postman.faults.graph:
            return None
        text = orjson.dumps(call.message).decode()
        return self._postman.faults.pick(call.kind, call.psid, text)

    async def _answered(self, call: Call, fault: GraphFault | None) -> Answer:
        if fault is not None and not fault.accepts:
            return Answer({})
        try:
            answer = await self._done(call)
        except GraphError as refusal:
            return _refused(refusal)
        if answer.announcement is not None:
            await answer.announcement.before_response()
        return answer

    async def _done(self, call: Call) -> Answer:
        """Do what *call* wants, or raise GraphError."""
        if apps.is_apps(self._world, call):
            return await apps.answer(self._world, self._postman, call)
        calls.check_proof(call, self._world)
        page = self._page(call)
        match call.path:
            case (owner, edge) if owner in ("me", page.page_id) and edge in edges.EDGES:
                return edges.EDGES[edge](self._world, self._postman, page, call)
            case (node,) if call.method == "GET":
                return Answer(self._node(page, node, call))
        raise unsupported(call.method, "/".join(call.path))

    def _node(self, page: Page, node: str, call: Call) -> Payload:
        if node in ("me", page.page_id):
            return edges.page_node(page, call.parameters)
        customer = self._world.customers.get(node)
        if customer is None or customer.page_id != page.page_id:
            raise unsupported(call.method, node)
        return edges.customer_node(customer, call.parameters)

    def _page(self, call: Call) -> Page:
        page = self._page_of.get(call.token or "")
        if page is None:
            raise GraphError(BAD_TOKEN)
        if page.token_refusal is not None:
            raise GraphError(page.token_refusal)
        return page


def _refused(refusal: GraphError) -> Answer:
    return Answer(refusal.payload, refusal.status, refusal.all_headers)


def _response(answer: Answer) -> Response:
    announcement = answer.announcement
    return Response(
        status=answer.status,
        body=orjson.dumps(answer.payload),
        headers={
            "facebook-api-version": NEWEST_VERSION,
            "x-fb-trace-id": trace_id(),
            **answer.headers,
        },
        then=announcement.after_response if announcement else None,
    )
