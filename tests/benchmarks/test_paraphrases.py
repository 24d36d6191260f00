from collections import Counter

from benchmarks import paraphrases
from benchmarks.automation import Played
from benchmarks.labelled import Message
from bot.content import DATA, PREFIX
from flows.files import read


def test_every_new_question_has_ten_messages_in_each_language():
    names = {entry.name for entry in paraphrases.new_entries()}
    assert len(names) == 20
    for language in paraphrases.LANGUAGES:
        counted = Counter(one.intent for one in paraphrases.messages(language))
        assert counted == dict.fromkeys(names, 10)


def test_nothing_that_is_asked_was_taught():
    taught = {text for one in paraphrases.new_entries() for text in one.phrasings}
    for language in paraphrases.LANGUAGES:
        assert not taught & {one.text for one in paraphrases.messages(language)}


def test_the_new_questions_are_none_that_ship():
    (source,) = read([DATA / "faq" / "en.yml"])
    shipped = {one["intent"] for one in source.contents["nlu"]}
    assert not shipped & {PREFIX + one.name for one in paraphrases.new_entries()}


def test_an_answer_and_a_right_choice_reach_the_customer_and_little_may_be_wrong():
    meant = Message("text", "jobs", frozenset(["faq/jobs"]))

    def played(outcome, goal=None, choices=()):
        return Played(meant, outcome, goal, choices, goal, 0.9)

    right = [played("answered", "faq/jobs")] * 30
    offered = [played("offered", choices=("greet", "faq/jobs"))] * 40
    silent = [played("handed_over")] * 28
    wrong = [played("answered", "greet")] * 2
    assert paraphrases.is_met(paraphrases.summed([*right, *offered, *silent, *wrong]))
    less = [*right, *offered[1:], *silent, *wrong, played("handed_over")]
    assert not paraphrases.is_met(paraphrases.summed(less))
    more = [*right, *offered, *silent[1:], *wrong, *wrong[:1]]
    assert not paraphrases.is_met(paraphrases.summed(more))
