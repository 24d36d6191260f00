"""Really different ways to ask a question, by rule: the customer's side of it.

"Do you clean records?" is asked as "can I get my records cleaned" and "looking for
someone to clean my records" too; and where the answer names a price or a time, as "how
much is it to clean records". A language a module: each knows how a question of its
shops begins, and what is right with the rest of it, whatever that is.
"""
