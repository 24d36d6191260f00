"""Twelve planted changes among a thousand messages, and what the check makes of them.

The truth is the live path's, with the model that publishing would make live.
"""

from dataclasses import replace

import pytest

from benchmarks import check
from bot.change import Change
from intents.polyglot import Polyglot

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


def test_of_a_thousand_messages_exactly_the_twelve_that_change_are_listed(tmp_path):
    with check.shop(str(tmp_path)) as parts:
        draft = check.draft(parts)
        now = parts.understanding.assistants
        model = Polyglot.load(parts.teaching.candidate(Change(entry=draft)))
        then = replace(now, models=model)

        def changes(text):
            (before,), (after,) = (check.fares(a, [text], parts) for a in (now, then))
            return before != after

        gone = check.taken_out(
            next(e for e in parts.content.faq if e.name == draft.name)
        )
        planted = [*check.PLANTED[:9], *filter(changes, gone)][:12]
        others = [
            text
            for text in check.messages(parts, 1150)
            if text not in gone and not changes(text)
        ]
        texts = [*planted, *others][: check.MESSAGES]
        check.say(parts, sorted(texts))

        ended = check.checked(parts, draft)

        assert ended.report.messages == check.MESSAGES
        assert check.listed(ended) == {*planted}
        assert len(planted) == 12
        assert {one.text for one in ended.report.gained} >= {*check.PLANTED[:9]}
