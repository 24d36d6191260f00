"""What a script is played in: its own shop, what is around it, and what it supposes.

The same however it is played: turn after turn, or through the tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.assistants import Assistants
from bot.event_names import EventNames
from bot.scripts.around import CLOSED, Around
from bot.scripts.lines import Script, Step
from bot.scripts.supposing import SupposedModels, standing_in
from bot.scripts.world import ScriptedCalendar, ScriptedOrders, ScriptedProducts
from flows.actions import all_actions
from flows.executor import in_process


class Scene:
    """The world of one script, which its lines change, and the assistant in it."""

    def __init__(self, script: Script, assistants: Assistants) -> None:
        self.around = Around(now=script.now, hours=script.hours)
        self._orders = ScriptedOrders(script.world)
        self._calendar = ScriptedCalendar(script.world, lambda: self.around.now)
        self._products = ScriptedProducts(script.world)
        self._means: dict[str, Mapping[str, float]] = {}
        own = assistants.own_actions
        actions = all_actions(self._orders, self._calendar, own, self._products)
        here = in_process(actions, assistants.domain.raw, rehearsed=True)
        # Ours quote our words, which admins change: theirs quote what is said now.
        said = assistants.responses if script.path else assistants.as_written
        self.assistants = replace(
            assistants,
            run_action=standing_in(here, script.stand_ins),
            responses=said or assistants.responses,
            names=EventNames(tuple(self._calendar.announced())),
            products=self._products.names,
        )

    def suppose(self, step: Step) -> None:
        """Let what a customer writes in a step mean what the step says, if it does."""
        if step.means is not None:
            self._means[step.value] = step.means

    def reading(self, text: str) -> Assistants:
        """Return the assistant as it reads a text: as the script says it is meant."""
        if text not in self._means:
            return self.assistants
        models = SupposedModels(self.assistants.models, self._means[text])
        return replace(self.assistants, models=models)

    def break_down(self) -> None:
        """Let the shop's own system be out of order."""
        self._orders.is_down = self._calendar.is_down = True
        self._products.is_down = True

    def close_look_ups(self) -> None:
        """Let so many have guessed that no order is looked up by a proof."""
        self._orders.is_guessed_at = True

    def mail_codes(self) -> None:
        """Let the shop have a mail server."""
        self._orders.has_mail = True

    def let_cancel(self) -> None:
        """Let the shop cancel orders for customers, who prove with a code."""
        self._orders.has_mail = self._orders.lets_cancel = True

    def let_readdress(self) -> None:
        """Let the shop change addresses for customers, who prove with a code."""
        self._orders.has_mail = self._orders.lets_readdress = True

    def send_all(self) -> None:
        """Let what was ordered leave the shop."""
        self._orders.leave()

    def empty_calendar(self) -> None:
        """Let there be no events."""
        self._calendar.tickets = {}

    def close(self) -> None:
        """Let nobody be there to answer."""
        self.around.hours = CLOSED


#: Lines that change what is around the customer.
SETS: Mapping[str, Callable[[Scene], None]] = {
    "the shop's system is down": Scene.break_down,
    "the orders are guessed at": Scene.close_look_ups,
    "the shop mails codes": Scene.mail_codes,
    "the shop cancels orders": Scene.let_cancel,
    "the shop changes addresses": Scene.let_readdress,
    "the orders leave": Scene.send_all,
    "the calendar is empty": Scene.empty_calendar,
    "the shop is closed": Scene.close,
}
