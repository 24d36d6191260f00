"""Where a message may be taken apart."""

import pytest

from bot.borders import piece_of, spans_of


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("متى يصل وهل التوصيل مجاني", ["متى يصل", "هل التوصيل مجاني"]),
        ("كم السعر وكيفية الإرجاع", ["كم السعر", "كيفية الإرجاع"]),
        ("طلبي 48213 وينه", ["طلبي 48213 وينه"]),
        ("订单到哪了 运费多少", ["订单到哪了", "运费多少"]),
        ("订单 48213 到哪了", ["订单 48213 到哪了"]),
        ("where is it n do you ship", ["where is it", "do you ship"]),
        ("any drum n bass", ["any drum n bass"]),
        ("أريد قميصاً مقاس كبير ولون أزرق", ["أريد قميصاً مقاس كبير ولون أزرق"]),
        ("عندكم صورة ولوحة", ["عندكم صورة ولوحة"]),
    ],
)
def test_it_is_taken_apart_where_it_is_joined(text, pieces):
    assert [piece_of(text, one) for one in spans_of(text)] == pieces
