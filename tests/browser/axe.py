"""What axe-core finds on a page that keeps somebody from using it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: WCAG 2.2 AA, and what axe calls good practice.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WEIGHTY = ("serious", "critical")


def wrong(page: Page) -> list[str]:
    """Return what is wrong with a page as it stands now."""
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "resultTypes": ["violations"],
    }
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][:300]}"
        for one in violations
        if one["impact"] in WEIGHTY
        for node in one["nodes"]
    ]
