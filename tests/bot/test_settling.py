"""Many conversations are handled in one transaction, and each as if it were alone."""

from concurrent.futures import ThreadPoolExecutor

from bot.answer import Done

PEOPLE = ("11", "12", "13", "14")


def tasks_of(floor, *people):
    numbers = [floor.conversation(psid) for psid in people]
    return floor.write(lambda c: floor.answerer.claim_all(c, numbers))


def settle(floor, done):
    return floor.write(lambda c: floor.answerer.settle_all(c, done))


def thought(floor, tasks):
    return [Done(task.held, floor.answerer.think(task)) for task in tasks]


def test_each_of_several_is_claimed_once_and_answered(floor):
    for psid in PEOPLE:
        floor.hears("hello", psid)
    tasks = tasks_of(floor, *PEOPLE)
    assert [task.owed.psid for task in tasks] == [*PEOPLE]
    assert tasks_of(floor, *PEOPLE) == [None] * 4
    assert settle(floor, thought(floor, tasks)) == [None] * 4
    assert [floor.outcomes(psid) for psid in PEOPLE] == [["answered"]] * 4
    floor.delivers()
    assert len(floor.graph.taken) == 4


def test_one_that_asks_twice_gets_its_conversation_once(floor):
    floor.hears("hello", "11")
    first, second = tasks_of(floor, "11", "11")
    assert first is not None
    assert second is None


def test_of_several_only_those_are_left_to_a_person_who_took_over(floor):
    for psid in PEOPLE:
        floor.hears("hello", psid)
    done = thought(floor, tasks_of(floor, *PEOPLE))
    floor.takes_over("12")
    settle(floor, done)
    assert [floor.outcomes(psid) for psid in PEOPLE] == [
        ["answered"],
        ["left_to_person"],
        ["answered"],
        ["answered"],
    ]
    floor.delivers()
    assert len(floor.graph.taken) == 3


def test_of_several_one_that_lost_its_claim_changes_nothing(floor):
    for psid in PEOPLE:
        floor.hears("hello", psid)
    done = thought(floor, tasks_of(floor, *PEOPLE))
    number = floor.conversation("13")
    floor.run("UPDATE conversation SET claim = claim + 1 WHERE id = :n", n=number)
    assert settle(floor, done) == [None] * 4
    assert [floor.outcomes(psid) for psid in PEOPLE] == [
        ["answered"],
        ["answered"],
        [],
        ["answered"],
    ]
    assert floor.kinds() == {"message handled": 3, "message new": 1}
    floor.leases_end()
    floor.answers()
    assert floor.outcomes("13") == ["answered"]


def test_of_several_only_the_one_that_wants_a_person_waits_for_one(floor):
    for psid in PEOPLE[:3]:
        floor.hears("hello", psid)
    floor.hears("I want to talk to a human", "14")
    settle(floor, thought(floor, tasks_of(floor, *PEOPLE)))
    assert [floor.status(psid) for psid in PEOPLE] == ["bot", "bot", "bot", "waiting"]
    floor.delivers()
    assert len({body["recipient"]["id"] for body in floor.graph.taken}) == 4


def test_what_else_is_owed_is_taken_at_once_and_under_the_same_claim(floor):
    floor.hears("hello", "11")
    floor.hears("when are you open?", "11")
    floor.hears("hello", "12")
    first, other = tasks_of(floor, "11", "12")
    following, nothing = settle(floor, thought(floor, [first, other]))
    assert (following.held, nothing) == (first.held, None)
    assert b"open" in following.owed.raw
    assert settle(floor, thought(floor, [following])) == [None]
    leases = "SELECT count(*) FROM conversation WHERE lease_until IS NOT NULL"
    assert floor.one(leases) == 0


def test_a_turn_that_failed_is_taken_again_and_the_others_are_settled(floor):
    for psid in PEOPLE[:2]:
        floor.hears("hello", psid)
    first, other = tasks_of(floor, *PEOPLE[:2])
    again, nothing = settle(floor, [Done(first.held, None), *thought(floor, [other])])
    assert (again.owed.event_id, again.owed.tries) == (first.owed.event_id, 2)
    assert nothing is None
    assert floor.outcomes(PEOPLE[1]) == ["answered"]


def test_many_who_write_at_once_are_all_answered_once_each(floor):
    people = [str(number) for number in range(100, 140)]
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda psid: floor.hears("hello", psid), people))
        numbers = [floor.conversation(psid) for psid in people]
        list(pool.map(floor.answerer.answer, numbers * 2))
        list(pool.map(floor.sender.deliver, numbers * 2))
    assert floor.kinds() == {"message handled": 40}
    assert sorted(body["recipient"]["id"] for body in floor.graph.taken) == people
    assert {state for psid in people for state in floor.states(psid)} == {"sent"}
