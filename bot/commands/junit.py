"""What came of the scripts, in the XML that build servers show."""

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.scripts import telling
from bot.scripts.player import Break, Performance


def report(
    performed: Sequence[Performance],
    waiting: Sequence[Break],
    problems: Sequence[str],
    cure: Callable[[Break], str] = telling.cure,
) -> str:
    """Return a JUnit report: a case each script, and each file that can't be read."""
    waits = {one.script.name for one in waiting}
    failed = [one for one in performed if one.broken and one.script.name not in waits]
    suite = Element(
        "testsuite",
        name="conversations",
        tests=str(len(performed) + len(problems)),
        failures=str(len(failed)),
        errors=str(len(problems)),
        skipped=str(len(waits)),
    )
    for one in performed:
        case = SubElement(
            suite, "testcase", classname=one.script.file, name=one.script.title
        )
        if one.broken is None:
            continue
        if one.script.name in waits:
            SubElement(case, "skipped", message=telling.waits(one.broken))
        else:
            _fail(case, one.broken, cure(one.broken))
    for problem in problems:
        case = SubElement(suite, "testcase", classname="files", name=problem)
        SubElement(case, "error", message=problem)
    return tostring(suite, encoding="unicode", xml_declaration=True)


def _fail(case: Element, broken: Break, cure: str) -> None:
    message = f"{telling.where(broken)}: {broken.step.written}"
    told = SubElement(case, "failure", message=message)
    told.text = "\n".join((telling.came(broken), telling.understood(broken), cure))
