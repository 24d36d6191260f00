"""Whom is it for? The customer a call names, if the Page can reach them."""

from emulator.calls import Call
from emulator.refusals import NO_SUCH_CUSTOMER, UNREACHABLE, GraphError, bad_parameter
from emulator.world import Customer, Page, World


def recipient(world: World, page: Page, call: Call) -> Customer:
    """Return the customer *call* is for, or raise GraphError."""
    given = call.parameters.get("recipient")
    if not isinstance(given, dict) or "id" not in given:
        raise bad_parameter("The parameter recipient is required")
    if not call.psid.isdigit():
        raise bad_parameter(
            'Param recipient[id] must be a valid ID string (e.g., "123")'
        )
    customer = world.customers.get(call.psid)
    if customer is None or customer.page_id != page.page_id:
        raise GraphError(NO_SUCH_CUSTOMER)
    if customer.blocked:
        raise GraphError(UNREACHABLE)
    return customer
