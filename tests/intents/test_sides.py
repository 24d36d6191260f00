"""Really different ways to ask a question: the customer's side, the price, the time."""

import pytest

from intents.rewriting import sides

PRICED = "It is €5 a record."
QUICK = "It takes two days."


@pytest.mark.parametrize(
    ("language", "question", "way"),
    [
        ("en", "Do you clean records?", "can i get my records cleaned"),
        ("en", "Do you clean records?", "could you clean my records"),
        ("en", "Do you clean records?", "i'd like my records cleaned"),
        ("en", "Do you clean records?", "looking for someone to clean my records"),
        ("en", "Do you buy used vinyl?", "can i sell you my used vinyl"),
        ("en", "Do you buy used vinyl?", "do you take used vinyl"),
        ("en", "Do you ship to France?", "can i get my order shipped to france"),
        ("en", "When are you open?", "can you tell me when you are open"),
        ("en", "How much are tickets?", "what do tickets cost"),
        ("es", "¿Limpian discos?", "quiero llevar a limpiar discos"),
        ("es", "¿Compran vinilos?", "puedo venderles vinilos"),
        ("es", "¿Cuánto cuesta el envío?", "me dicen el precio del envío"),
        ("fr", "Nettoyez-vous les disques ?", "je voudrais faire nettoyer les disques"),
        ("fr", "Achetez-vous des vinyles ?", "puis-je vous vendre des vinyles"),
        ("fr", "Puis-je amener mon chien ?", "est-il possible d'amener mon chien"),
        ("ar", "هل تنظفون الأسطوانات؟", "أبحث عمن ينظف الأسطوانات"),
        ("ar", "هل تشترون الأسطوانات؟", "أريد أن أبيع الأسطوانات"),
        ("zh", "你们清洗唱片吗？", "想找人清洗唱片"),
        ("zh", "你们收旧唱片吗？", "我想卖旧唱片"),
    ],
)
def test_the_customers_side_is_another_way(language, question, way):
    found = sides(language, question, ())
    assert way in found
    assert len(found) >= 10


@pytest.mark.parametrize(
    ("language", "question", "price", "time"),
    [
        (
            *("en", "Do you clean records?"),
            *("how much is it to clean records", "how long does it take to clean"),
        ),
        ("es", "¿Limpian discos?", "cuánto cuesta limpiar", "cuánto tardan en limpiar"),
        (
            "fr",
            "Réparez-vous des platines ?",
            "vous prenez combien",
            "combien de temps",
        ),
        ("ar", "هل تنظفون الأسطوانات؟", "كم تكلفة تنظيف", "كم يستغرق تنظيف"),
        ("zh", "你们清洗唱片吗？", "清洗唱片多少钱", "清洗唱片要多久"),
    ],
)
def test_price_and_time_are_asked_for_where_the_answer_names_them(
    language, question, price, time
):
    def begin(answer, words):
        return any(
            one.startswith(words) for one in sides(language, question, (), answer)
        )

    assert begin(PRICED, price)
    assert begin(QUICK, time)
    assert not begin(QUICK, price)
    assert not begin("We do.", time)


@pytest.mark.parametrize(
    ("answer", "is_priced", "is_timed"),
    [
        ("Cuesta 5 € el disco y tarda dos días.", True, True),
        ("Comptez 12 euros et 3 jours.", True, True),
        ("السعر 20 ريال خلال ثلاثة أيام", True, True),
        ("每张20元，三天取。", True, True),
        ("Bring it to the shop.", False, False),
        ("We are at Mill Lane 5.", False, False),
    ],
)
def test_what_an_answer_names_is_found_in_every_language(answer, is_priced, is_timed):
    found = sides("en", "Do you clean records?", (), answer)
    assert any(one.startswith("how much") for one in found) is is_priced
    assert any(one.startswith("how long") for one in found) is is_timed


@pytest.mark.parametrize(
    ("question", "clumsy"),
    [
        ("Do you open on Sundays?", "my on"),
        ("Do you clean records by hand?", "my records by hand cleaned"),
        ("Do you have to sign?", "to sign, do you have"),
        ("Do you sell parking?", "question about"),
    ],
)
def test_what_would_be_wrong_is_not_said(question, clumsy):
    assert not any(clumsy in one for one in sides("en", question, ()))


def test_what_is_known_is_not_said_again():
    known = ["Can I get my records cleaned?"]
    assert known[0].lower().rstrip("?") not in sides(
        "en", "Do you clean records?", known
    )


@pytest.mark.parametrize("question", ["", "?", "vinyl"])
def test_what_is_built_otherwise_has_no_sides(question):
    assert sides("en", question, ()) == []
