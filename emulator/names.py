"""What customers are called who were given no name, from many parts of the world."""

FIRST = (
    *("Amara", "Bruno", "Chidi", "Dalia", "Emil", "Fatou", "Gabriela", "Hugo"),
    *("Ingrid", "Jamal", "Keiko", "Lautaro", "Mei", "Nikhil", "Olena", "Paolo"),
    *("Qiang", "Rosa", "Sanjay", "Tuuli", "Umar", "Valeria", "Wanjiru", "Ximena"),
    *("Yusuf", "Zsófia", "Aoife", "Bjørn", "Camille", "Dmytro", "Eleni", "Farid"),
    *("Giulia", "Hye-jin", "Ioana", "Jasper", "Kofi", "Leilani", "Matteo", "Nadia"),
    *("Oluwaseun", "Priya", "Ramón", "Sükrü", "Thandiwe", "Uxía", "Vikram", "Wiktor"),
    *("Yara", "Zoltán", "Anaïs", "Batbayar", "Ceren", "Duc", "Esther", "Freya"),
    *("Goran", "Hana", "Itzel", "Jūratė", "Kwame", "Linh", "Mariam", "Tomasz"),
)
LAST = (
    *("Okafor", "Costa", "Haddad", "Novák", "Diallo", "Lindqvist", "Tanaka", "Silva"),
    *("Nguyen", "Kowalski", "Rossi", "Petrenko", "Mwangi", "García", "Bianchi"),
    *("Yılmaz", "Chen", "Sharma", "Virtanen", "Abdi", "Moreau", "Kim", "Papadopoulos"),
    *("Nagy", "Murphy", "Hansen", "Bello", "Fernández", "Ivanova", "Jansen", "Kaya"),
    *("Larsen", "Mbeki", "Nakamura", "Osei", "Popescu", "Qureshi", "Reyes", "Sato"),
    *("Tesfaye", "Ueda", "Vargas", "Walsh", "Xu", "Yamamoto", "Zulu", "Andersson"),
    *("Banerjee", "Castillo", "Dlamini", "Eriksen", "Farouk", "Gruber", "Horvat"),
    *("Iyer", "Jovanović", "Kariuki", "Lefèvre", "Mendoza", "Ndiaye", "Ōtani"),
)


def name(number: int) -> str:
    """Return the name of the customer of this number, counted from nought.

    64 first and 61 last names have no divisor in common: no name comes twice among
    the first 3,904.
    """
    return f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}"
