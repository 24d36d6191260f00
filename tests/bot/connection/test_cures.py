"""Cures: each ends with a look whether it helped, and leads where it sends people."""

import pytest

from bot.connection import links, words
from bot.connection.wording import BY_BUTTON, THEN, Either
from bot.connection.words_of_effects import EFFECTS


def sentences():
    for told in words.FINDINGS.values():
        for step in (told.said, *told.cure):
            yield from step.ways if isinstance(step, Either) else (step,)


#: What is told while nothing is wrong.
NO_FAULTS = {"message_none", "message_under_way"}


@pytest.mark.parametrize("finding", words.FINDINGS)
def test_whatever_has_a_cure_begins_with_what_customers_notice(finding):
    ails = bool(words.FINDINGS[finding].cure) and finding not in NO_FAULTS
    assert (finding in EFFECTS) is ails


def test_beside_a_button_that_checks_by_itself_nobody_is_told_to_check():
    for finding, told in words.FINDINGS.items():
        if "Press “" in str(told.cure):
            assert THEN not in told.steps, finding


@pytest.mark.parametrize("finding", words.RAW)
def test_what_facebook_said_is_in_no_sentence_of_ours(finding):
    assert "{reason}" not in str(words.FINDINGS[finding])


@pytest.mark.parametrize("finding", words.FINDINGS)
def test_a_cure_ends_with_a_look_whether_it_helped(finding):
    steps = words.FINDINGS[finding].steps
    assert not steps or "heck again" in steps[-1] or steps[-1] == BY_BUTTON


def test_no_sentence_names_a_file_of_the_documentation():
    assert [sentence for sentence in sentences() if "docs/" in sentence] == []


def test_a_page_of_facebook_is_a_link_that_opens_beside_ours():
    told = links.linked("Accept at developers.facebook.com/requests.")
    assert told == (
        'Accept at <a href="https://developers.facebook.com/requests" rel="noopener" '
        'target="_blank"><bdi>developers.facebook.com/requests</bdi></a>.'
    )


def test_what_somebody_else_wrote_is_no_link_of_ours():
    written = "<b> evil-facebook.com facebook.com.evil.example a@facebook.com"
    assert links.linked(written) == written.replace("<b>", "&lt;b&gt;")


def test_a_place_of_the_page_is_a_link_there_and_is_named_in_a_terminal():
    told = "Send [the test message](#test)."
    assert links.linked(told) == 'Send <a href="#test">the test message</a>.'
    assert links.plain(told) == "Send the test message (Connect a Page)."
