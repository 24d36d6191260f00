from intents.classifier import Model
from intents.verdict import verdict


def test_a_clear_message_is_answered_and_a_strange_one_is_not(model: Model):
    sure = model.at(0.95)
    assert verdict(sure, "zxqv brrr")["outcome"] == "person"
    assert verdict(sure, "")["intent"] is None
    clear = verdict(sure, "do you sell gift cards")
    assert (clear["intent"], clear["choices"]) == ("faq/gift_cards", [])


def test_a_doubtful_message_is_offered_three_choices(model: Model):
    verdicts = [
        verdict(model, text)
        for text in (
            "gift order",
            "are you open for refunds",
            "when does the refund open",
        )
    ]
    offers = [one for one in verdicts if one["outcome"] == "offer"]
    assert offers
    assert all(len(one["choices"]) == 3 for one in offers)
    assert all(one["choices"][0] == one["intent"] for one in offers)
