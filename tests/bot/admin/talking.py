"""A conversation that an editor tries beside a form."""

import html
import json
import re
import time

from tests.bot.visiting import words

LONGEST = 90.0  # seconds, on a machine that does much else


class Talk:
    """A browser without scripts: what it shows is sent with what is pressed next."""

    def __init__(self, editor, path="/admin/faq/new", **fields):
        self._editor, self._path = editor, path
        self.fields = fields
        self.page = ""

    def send(self, **pressed):
        """Press a button; wait until the second assistant has learned."""
        until = time.monotonic() + LONGEST
        self._post(**pressed)
        while "learns your draft" in self.page:
            assert time.monotonic() < until
            time.sleep(0.2)
            self._post(**{"try": self.left})
        return words(self.draft)

    def write(self, text):
        return self.send(**{"try": text})

    def tap(self, title):
        (offered,) = [one for one in self.offered if json.loads(one)["text"] == title]
        return self.send(tap=offered)

    def _post(self, **pressed):
        carried = {"said": self.said} if self.said else {}
        answer = self._editor.who.post(
            f"{self._path}/try", **{**self.fields, **carried, **pressed}
        )
        assert answer.status_code == 200
        self.page = answer.text

    @property
    def said(self):
        return self._values("said")

    @property
    def offered(self):
        return self._values("tap")

    @property
    def left(self):
        """What stands in the field below the phone."""
        return html.unescape(re.findall(r'name="try"[^>]*>\n([^<]*)<', self.page)[0])

    def _values(self, name):
        found = re.findall(rf'name="{name}" value="([^"]*)"', self.page)
        return [html.unescape(one) for one in found]

    @property
    def draft(self):
        return self._between('id="tried"', 'for="try"')

    @property
    def live(self):
        return words(self._between('id="tried-live"', "</aside>"))

    def _between(self, start, end):
        return "<i " + self.page.partition(start)[2].partition(end)[0] + ">"
