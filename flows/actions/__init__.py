"""The actions of the flows: one module a customer goal.

An action is a rasa-sdk Action that awaits nothing: it asks a port, says responses
by name and returns the events to remember. To add one: copy a module, list it
here, name it in data/domain.yml and call it from a flow in data/flows/. A shop's own
lie in FRONTDESK_HOME/actions, and may await (bot/own_actions.py).
"""

import inspect
from collections.abc import Iterable, Mapping

from rasa_sdk import Action

from flows.actions.ask_csat_score import AskCsatScore
from flows.actions.can_cancel import CanCancel
from flows.actions.can_change_address import CanChangeAddress
from flows.actions.cancel_order import CancelOrder
from flows.actions.change_address import ChangeAddress
from flows.actions.check_code import CheckCode
from flows.actions.check_owner import CheckOwner
from flows.actions.event_cancelled import EventCancelled
from flows.actions.event_when import EventWhen
from flows.actions.event_where import EventWhere
from flows.actions.find_product import FindProduct
from flows.actions.further_orders import FurtherOrders
from flows.actions.human_handoff import HumanHandoff
from flows.actions.keep_satisfaction import KeepSatisfaction
from flows.actions.mail_code import MailCode
from flows.actions.mail_owner import MailOwner
from flows.actions.only_event import OnlyEvent
from flows.actions.only_order import OnlyOrder
from flows.actions.order_contents import OrderContents
from flows.actions.order_known import OrderKnown
from flows.actions.order_open import OrderOpen
from flows.actions.order_status import OrderStatus
from flows.actions.product_price import ProductPrice
from flows.actions.product_stock import ProductStock
from flows.actions.refund_state import RefundState
from flows.actions.refund_wait import RefundWait
from flows.actions.reminders_off import RemindersOff
from flows.actions.repeat_bot_messages import RepeatBotMessages
from flows.actions.resolved import Resolved
from flows.actions.restart import Restart
from flows.actions.said_reason import SaidReason
from flows.actions.stop import Stop
from flows.actions.upcoming_events import UpcomingEvents
from flows.actions.validate_address_street import ValidateAddressStreet
from flows.actions.validate_address_town import ValidateAddressTown
from flows.actions.watch_order import WatchOrder
from flows.actions.which_event import WhichEvent
from flows.actions.which_order import WhichOrder
from flows.actions.which_product import WhichProduct
from flows.actions.withdraw_handoff import WithdrawHandoff
from flows.ports import CalendarEvents, Orders
from flows.products import NoProducts, Products


def all_actions(
    orders: Orders,
    calendar: CalendarEvents,
    own: Iterable[type[Action]] = (),
    products: Products | None = None,
) -> list[Action]:
    """Return every action, with what it needs from the world.

    One of a shop's *own* stands in for ours of the same name.
    """
    products = products or NoProducts()
    ports = {"orders": orders, "calendar": calendar, "products": products}
    every = [
        *_ours(orders, calendar),
        *_of_products(products),
        *(_made(action, ports) for action in own),
    ]
    return list({action.name(): action for action in every}.values())


def _made(action: type[Action], ports: Mapping[str, object]) -> Action:
    wanted = inspect.signature(action).parameters
    return action(**{name: port for name, port in ports.items() if name in wanted})


def _ours(orders: Orders, calendar: CalendarEvents) -> list[Action]:
    return [
        AskCsatScore(),
        CanCancel(orders),
        CanChangeAddress(orders),
        CancelOrder(orders),
        ChangeAddress(orders),
        CheckCode(orders),
        CheckOwner(orders),
        EventCancelled(calendar),
        EventWhen(calendar),
        EventWhere(calendar),
        FurtherOrders(),
        HumanHandoff(),
        KeepSatisfaction(),
        MailCode(orders),
        MailOwner(orders),
        OnlyEvent(calendar),
        OnlyOrder(orders),
        OrderContents(orders),
        OrderKnown(orders),
        OrderOpen(orders),
        OrderStatus(orders),
        RefundState(orders),
        RefundWait(),
        RemindersOff(),
        RepeatBotMessages(),
        Resolved(),
        Restart(),
        SaidReason(),
        Stop(),
        UpcomingEvents(calendar),
        ValidateAddressStreet(),
        ValidateAddressTown(),
        WatchOrder(),
        WhichEvent(calendar),
        WhichOrder(orders),
        WithdrawHandoff(),
    ]


def _of_products(products: Products) -> list[Action]:
    return [
        FindProduct(products),
        ProductPrice(products),
        ProductStock(products),
        WhichProduct(products),
    ]
