"""A draft that nothing answers yet: do they mend records?"""

ASKED = ("do you mend records", "can you mend my record", "record mending")
FIELDS = {
    "question": "Do you mend records?",
    "phrasings": "\n".join(
        f"{words} {end}"
        for words in ASKED
        for end in ("", "please", "today", "with a scratch", "here")
    ),
    "answer": "Sadly not.",
}
