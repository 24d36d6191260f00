"""Why the policy decided so, as it is kept; pages tell it in the reader's language."""

from bot.tongue import english, shape

STOP = english("likely wants stop")
DOES_WITHOUT = english("does without the person who has not come yet")
IS_ANSWERED = english("a person answers")
THUMBS_UP = english("a thumbs-up, and no yes or no was asked")
LINK = english("a link was followed inside a flow")
UNREAD_AGAIN = english("the second message in a row that can't be read")
UNREAD = english("not a word; said so once")
NO_GUESS = english("none of our guesses was right")
CANCEL = english("the word alone, inside a flow")
PERSON = english("a person, please")
NO_PERSON = english("no person; asked once more")
COURTESY = english("a courtesy, inside a question")
NEITHER = english("neither an answer nor a yes or no to the offer of a person")
HALF_SURE = english("not sure enough to answer, sure enough to ask")
UNSURE = english("not sure of anything")

LIKELY_WANTS = shape("likely wants {intent}")
INSIDE = shape("{intent}, inside a flow")
FITS = shape("fits {slots}")
PUT_RIGHT = shape("puts {slots} right")
NO_ANSWER = shape("no answer to the question for {slot}")
SURE_OF = shape("sure of {intent}")
HARDLY_MORE = shape("hardly more than {slots}")
UNANSWERED = shape("{intent} is known, but nothing answers it")
