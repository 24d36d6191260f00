"""The bar of every page: where one is."""

import re

import pytest

from tests.bot.visiting import visitor

HERE = re.compile(r'<a [^>]*href="([^"]+)"[^>]* aria-current="page"')


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("path", "under"),
    [
        ("/inbox/", "/inbox/"),
        ("/admin/faq/new", "/admin/faq/"),
        ("/admin/pins", "/admin/faq/"),
        ("/admin/satisfaction", "/admin/faq/"),
        ("/admin/scripts", "/admin/faq/"),
        ("/admin/sureness", "/admin/faq/"),
        ("/admin/hours", "/admin/hours"),
        ("/admin/audit", "/admin/people"),
        ("/admin/connect", "/admin/connect"),
    ],
)
def test_a_page_is_marked_in_the_bar_under_what_leads_to_it(app, path, under):
    page = visitor(app, "admin", "Grace").page(path)
    assert HERE.findall(page) == [under]
