from bot.commands.recordings import Vector
from bot.commands.signatures import Tried, groups


def vector(secret, *, valid=True, body=b"{}", signature="sha256=aa"):
    return Vector(
        name=secret,
        secret=secret,
        body=body,
        header="X-Hub-Signature-256",
        signature=signature,
        valid=valid,
        algorithm="sha256",
    )


def test_vectors_of_different_bodies_share_a_server():
    found = groups([vector("one"), vector("two", body=b"[]")])
    assert [len(group) for group in found] == [2]


def test_a_signature_refused_for_its_secret_is_tried_on_a_server_of_its_own():
    found = groups([vector("right"), vector("wrong", valid=False)])
    assert [[one.secret for one in group] for group in found] == [["right"], ["wrong"]]


def test_all_vectors_of_one_secret_stay_together():
    same = [vector("one"), vector("one", body=b"[]"), vector("two", valid=False)]
    found = groups(same)
    assert [{one.secret for one in group} for group in found] == [{"one"}, {"two"}]


def test_a_vector_holds_only_if_every_way_of_sending_it_had_the_expected_answer():
    right, wrong = {"whole": 200, "chunked": 200}, {"whole": 200, "chunked": 403}
    assert Tried(vector=vector("one"), statuses=right).held
    assert not Tried(vector=vector("one"), statuses=wrong).held
    assert not Tried(vector=vector("one", valid=False), statuses=right).held
