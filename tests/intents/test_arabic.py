"""Other ways to ask a question in Arabic, by rule."""

import pytest

from intents import rewriting
from intents.text import bare, normalise


def ways(question, known=()):
    return rewriting.ways("ar", question, known)


@pytest.mark.parametrize(
    ("question", "another"),
    [
        ("هل توصلون إلى خارج البلاد؟", "بتوصلوا إلى خارج البلاد"),
        ("هل توصلون إلى خارج البلاد؟", "هل تشحنون إلى خارج البلاد"),
        ("هل توصلون إلى خارج البلاد؟", "هل توصلون برا البلد"),
        ("متى تفتحون؟", "إيمتى بتفتحوا"),
        ("متى تفتحون؟", "الساعة كم تفتحون"),
        ("كم تكلفة التوصيل؟", "قديش سعر التوصيل"),
        ("كم تكلفة التوصيل؟", "التوصيل بكام"),
        ("أين متجركم؟", "كيف أصل إلى متجركم"),
        ("أين طلبي؟", "وين الطلب"),
        ("كيف أستطيع الدفع؟", "شو طريقة الدفع"),
        ("كيف أشترك في النشرة؟", "ازاي أشترك في النشرة"),
        ("هل يمكنني الحصول على فاتورة؟", "بدي فاتورة"),
        ("هل أستطيع أن أغير طلبي؟", "فيني أغير طلبي"),
        ("هل عندكم أسطوانات؟", "بدور على أسطوانات"),
        ("ما سياسة الإرجاع؟", "إيش سياسة الترجيع"),
        ("رمز الخصم لا يعمل", "كود الخصم مش شغال"),
        ("هل توصلون اليوم؟", "ممكن أعرف إذا توصلون اليوم"),
    ],
)
def test_a_question_is_asked_as_people_of_the_street_would(question, another):
    found = {bare(normalise(text)) for text in ways(question)}
    assert bare(normalise(another)) in found


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("أين طلبي؟", "كيف أصل إلى طلبي"),  # an order has no address
        ("هل أستطيع تغيير عنواني؟", "ازاي تغيير عنواني"),  # a noun after "how to"
        ("هل أستطيع أن أغير طلبي؟", "ممكن أن أغير طلبي"),
        ("لا أستطيع تسجيل الدخول", "لا أستطيع تسجيل الدخول لو سمحت"),
    ],
)
def test_no_form_is_put_where_it_does_not_fit(question, never):
    assert never not in ways(question)


def test_each_is_another_and_what_is_known_is_not_proposed():
    found = ways("متى تفتحون؟", ["امتى بتفتحوا؟"])
    keys = [bare(normalise(text)) for text in found]
    assert len({*keys}) == len(keys)
    assert bare(normalise("امتى بتفتحوا")) not in keys
    assert bare(normalise("متى تفتحون")) not in keys
