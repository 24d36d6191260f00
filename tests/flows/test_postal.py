"""An address in one line: what is its street, its town, its postcode?"""

import pytest

from flows import postal


@pytest.mark.parametrize(
    ("said", "street", "town", "postcode"),
    [
        # As the British write it.
        ("3 Quay Street, Whitby YO21 1QF", "3 Quay Street", "Whitby", "YO21 1QF"),
        ("3 Quay Street, Whitby, yo211qf", "3 Quay Street", "Whitby", "YO21 1QF"),
        (
            "Flat 5, 3 Quay Street, Ruswarp, Whitby, YO21 1QF, United Kingdom",
            "Flat 5, 3 Quay Street",
            "Ruswarp, Whitby",
            "YO21 1QF",
        ),
        (
            "3 Quay Street\nWhitby\nYO21 1QF\nUK",
            "3 Quay Street",
            "Whitby",
            "YO21 1QF",
        ),
        ("3 Quay Street Whitby YO21 1QF", "3 Quay Street", "Whitby", "YO21 1QF"),
        ("Rose Cottage, Quay Street, Whitby, YO21 1QF",)
        + ("Rose Cottage, Quay Street", "Whitby", "YO21 1QF"),
        # Where there is nothing more than a street, or no town.
        ("3 Quay Street", "3 Quay Street", None, None),
        ("3 Quay Street, flat 5", "3 Quay Street, flat 5", None, None),
        ("Flat 5, 3 Quay Street", "Flat 5, 3 Quay Street", None, None),
        ("3 Quay Street, YO21 1QF", "3 Quay Street", None, "YO21 1QF"),
        ("3 Quay Street, Whitby", "3 Quay Street", "Whitby", None),
        # North America.
        ("70 Oak Ave, Salem, OR 97301", "70 Oak Ave", "Salem, OR", "97301"),
        ("70 Oak Ave Apt 4, Salem OR 97301-1234",)
        + ("70 Oak Ave Apt 4", "Salem, OR", "97301-1234"),
        ("70 Oak Ave Salem OR 97301", "70 Oak Ave", "Salem, OR", "97301"),
        ("12345 Oak Ave, Salem, OR 97301, USA", "12345 Oak Ave", "Salem, OR", "97301"),
        ("8 King St W, Toronto, ON M5H 1A1", "8 King St W", "Toronto, ON", "M5H 1A1"),
        ("70 Oak Ave, Elm Grove, OR 97301", "70 Oak Ave", "Elm Grove, OR", "97301"),
        ("70 Oak Ave, Suite 5, Salem, OR", "70 Oak Ave, Suite 5", "Salem, OR", None),
        # Ireland, where each house has its own, and Australia.
        ("8 Quay Street, Dublin 1, D01 X2Y3", "8 Quay Street", "Dublin 1", "D01 X2Y3"),
        ("8 Quay Street, Galway h91x2y3", "8 Quay Street", "Galway", "H91 X2Y3"),
        ("8 Quay St, Perth WA 6000", "8 Quay St", "Perth, WA", "6000"),
        # The continent: the postcode stands before the town.
        ("9 rue du Port, 44000 Nantes", "9 rue du Port", "Nantes", "44000"),
        ("9 rue du Port 44000 Nantes", "9 rue du Port", "Nantes", "44000"),
        ("9 bis, rue du Port, 44000 Nantes, France",)
        + ("9 bis, rue du Port", "Nantes", "44000"),
        ("9 rue du Port, bât. C, Nantes", "9 rue du Port, bât. C", "Nantes", None),
        ("Calle Luna 8, 2º A, 46001 Valencia", "Calle Luna 8, 2º A", "Valencia")
        + ("46001",),
        ("C/ Luna 8, Valencia 46001", "C/ Luna 8", "Valencia", "46001"),
        ("Av. Luna 8, piso 3, Valencia", "Av. Luna 8, piso 3", "Valencia", None),
        ("Gracht 8, 1012 AB Amsterdam", "Gracht 8", "Amsterdam", "1012 AB"),
        ("Torstr. 8, 10119 Berlin, Deutschland", "Torstr. 8", "Berlin", "10119"),
        ("Rua Nova 8, 1100-053 Lisboa", "Rua Nova 8", "Lisboa", "1100-053"),
        ("ul. Nowa 8/5, 00-590 Warszawa", "ul. Nowa 8/5", "Warszawa", "00-590"),
        # Arabic, with its own comma and its own digits.
        ("شارع النيل ٨، شقة ٣، الجيزة ١٢٥١١", "شارع النيل ٨، شقة ٣", "الجيزة", "12511"),
        ("شارع النيل 8، الجيزة", "شارع النيل 8", "الجيزة", None),
        # Chinese goes from large to small, and needs no comma.
        ("浙江省杭州市西湖区文三路9号3单元502室 310012",)
        + ("西湖区文三路9号3单元502室", "浙江省杭州市", "310012"),
        ("310012 杭州市西湖区文三路9号", "西湖区文三路9号", "杭州市", "310012"),
        ("杭州市西湖区文三路9号，邮编310012", "西湖区文三路9号", "杭州市", "310012"),
        ("臺北市大安區和平路9號", "大安區和平路9號", "臺北市", None),
        ("文三路9号", "文三路9号", None, None),
    ],
)
def test_an_address_is_read(said, street, town, postcode):
    assert postal.read(said) == postal.Parts(street, town, postcode)


@pytest.mark.parametrize(
    ("said", "street", "town", "postcode"),
    [
        ("no, it's 3 Quay Street, Whitby YO21 1QF please", "3 Quay Street", "Whitby")
        + ("YO21 1QF",),
        ("My new address is 3 Quay Street, Whitby YO21 1QF. Thanks!",)
        + ("3 Quay Street", "Whitby", "YO21 1QF"),
        ("mi nueva dirección es Calle Luna 8, 46001 Valencia, gracias",)
        + ("Calle Luna 8", "Valencia", "46001"),
        ("mon adresse est 9 rue du Port, 44000 Nantes, merci",)
        + ("9 rue du Port", "Nantes", "44000"),
        ("عنواني الجديد هو شارع النيل 8، الجيزة شكرا", "شارع النيل 8", "الجيزة", None),
        ("我的新地址是杭州市西湖区文三路9号，谢谢", "西湖区文三路9号", "杭州市", None),
        ("no, the postcode is YO21 1QF", "", None, "YO21 1QF"),
        ("no, el código postal es 46001", "", None, "46001"),
        # These are of the house.
        ("No. 5, Quay Street, Whitby", "No. 5, Quay Street", "Whitby", None),
        ("Okay Street 5, Whitby", "Okay Street 5", "Whitby", None),
    ],
)
def test_what_is_said_around_an_address_is_none_of_it(said, street, town, postcode):
    assert postal.read(said) == postal.Parts(street, town, postcode)


@pytest.mark.parametrize(
    ("said", "town", "postcode"),
    [
        ("Whitby YO21 1QF", "Whitby", "YO21 1QF"),
        ("Whitby", "Whitby", None),
        ("Salem, OR", "Salem, OR", None),
        ("Salem, OR 97301", "Salem, OR", "97301"),
        ("44000 Nantes", "Nantes", "44000"),
        ("杭州市 310012", "杭州市", "310012"),
    ],
)
def test_a_town_is_told_from_its_postcode(said, town, postcode):
    assert postal.read_town(said) == postal.Parts("", town, postcode)


def test_what_is_too_long_for_an_address_stays_as_it_is():
    said = ", " * 500 + "1 Mill Lane"
    assert postal.read(said).street == said
    assert postal.read_town(said).town == said
