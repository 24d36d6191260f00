import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from intents import corpus
from intents.classifier import Model
from intents.features import WEIGHTS, Index, grams
from intents.text import normalise

LETTERS = st.text(st.sampled_from("ab \u00e9\u4e2d1?!'.,\U0001f44d"), max_size=40)
WORD_ANALYSER = TfidfVectorizer(
    ngram_range=(1, 2), lowercase=False, token_pattern=r"\w+|[?!]"
)
CHARACTER_ANALYSER = TfidfVectorizer(
    analyzer="char_wb", ngram_range=(2, 5), lowercase=False
)


@settings(deadline=None)
@given(LETTERS)
def test_texts_are_cut_as_scikit_learn_cuts_them(text):
    read = normalise(text)
    words, characters, _ = grams(read, "en")
    assert sorted(words) == sorted(WORD_ANALYSER.build_analyzer()(read))
    assert sorted(characters) == sorted(CHARACTER_ANALYSER.build_analyzer()(read))


@pytest.mark.parametrize(
    ("analyser", "weight", "block"),
    [(WORD_ANALYSER, WEIGHTS[0], 0), (CHARACTER_ANALYSER, WEIGHTS[1], 1)],
    ids=["words", "characters"],
)
def test_known_texts_weigh_what_scikit_learn_says(shop, analyser, weight, block):
    texts = [normalise(one.text) for one in shop.examples]
    analyser = analyser.set_params(sublinear_tf=True)
    expected = analyser.fit_transform(texts).toarray() * weight

    counted = corpus.count(texts)
    columns = [counted.spelt[block][gram] for gram in analyser.get_feature_names_out()]
    weights = dense(counted.corpus, taught=len(texts))[:, columns]
    assert np.abs(weights - expected).max() < 1e-6


def dense(counted: corpus.Corpus, taught: int) -> np.ndarray:
    return spread(counted, corpus.weigh(counted, np.arange(counted.texts) < taught))


def spread(counted: corpus.Corpus, weighted: corpus.Weighted) -> np.ndarray:
    rows = np.repeat(np.arange(counted.texts), np.diff(counted.starts))
    matrix = np.zeros((counted.texts, counted.size))
    matrix[rows, counted.numbers] = weighted.values
    return matrix


@settings(deadline=None)
@given(st.lists(LETTERS, min_size=2, max_size=6), st.data())
def test_an_unseen_row_weighs_in_training_what_it_weighs_in_service(texts, data):
    """What was counted whole and masked equals what was never counted at all."""
    texts = [normalise(text) for text in texts]
    known = data.draw(st.integers(1, len(texts) - 1))
    everything = corpus.count(texts, "en").corpus
    taught = np.arange(len(texts)) < known
    masked = corpus.weigh(everything, taught)

    alone = corpus.count(texts[:known], "en")
    learnt = corpus.weigh(alone.corpus, taught[:known]).learnt
    served = corpus.vocabulary(alone, learnt)
    for row in range(known, len(texts)):
        weighed = served.weigh(texts[row])
        known_there = weighed.numbers >= 0
        place = slice(everything.starts[row], everything.starts[row + 1])
        kept = masked.values[place][masked.values[place] > 0]
        assert np.allclose(
            np.sort(kept), np.sort(weighed.values[known_there]), atol=1e-5
        )
        assert np.allclose(masked.familiarity[row], weighed.familiarity, atol=1e-6)


def test_strange_words_shorten_a_message():
    counted = corpus.count(["where is my order"])
    everything = np.ones(1, np.bool_)
    learnt = corpus.weigh(counted.corpus, everything).learnt
    served = corpus.vocabulary(counted, learnt)

    def length(text: str) -> float:
        weighed = served.weigh(text)
        return float(np.linalg.norm(weighed.values[weighed.numbers >= 0]))

    assert length("where is my order") > length("where is my zxqv") > length("zxqv")
    assert length("zxqv") == 0


@given(st.lists(st.text(max_size=5), unique=True), st.lists(st.text(max_size=5)))
def test_an_index_finds_what_a_dict_would(known, asked):
    numbers = {gram: 3 * place for place, gram in enumerate(known)}
    found = Index(numbers).find([*asked, *known])
    assert found.tolist() == [numbers.get(gram, -1) for gram in [*asked, *known]]


@given(st.lists(st.text(max_size=5), unique=True), st.text(max_size=5))
def test_an_index_finds_one_as_it_finds_many(known, asked):
    index = Index({gram: place for place, gram in enumerate(known)})
    for gram in [asked, *known]:
        assert [index.number(gram)] == index.find([gram]).tolist()


def test_an_index_is_a_tenth_of_a_dict():
    numbers = {f"{place:05}": place for place in range(30_000)}
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    index = Index(numbers)
    size = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert len(index) == 30_000
    assert size < 30_000 * 17


def test_a_loaded_model_does_not_pretend_that_it_can_be_written(model, tmp_path):
    loaded = Model.load(model.save(tmp_path))
    with pytest.raises(TypeError, match="copy its directory"):
        loaded.save(tmp_path / "again")


@settings(deadline=None)
@given(st.lists(LETTERS, min_size=2, max_size=8), st.data())
def test_n_grams_that_always_stand_together_weigh_the_same_as_one(texts, data):
    whole = corpus.count(map(normalise, texts), "en").corpus
    fewer, numbers = corpus.merged(whole)
    assert fewer.twins.sum() == whole.size
    taught = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    )
    each, joined = (corpus.weigh(one, taught) for one in (whole, fewer))
    assert np.allclose(each.familiarity, joined.familiarity)
    one, other = spread(whole, each), spread(fewer, joined)
    assert np.allclose(one @ one.T, other @ other.T)
    known = joined.learnt.of(numbers)
    assert np.array_equal(each.learnt.which, known.which)
    assert np.allclose(each.learnt.rarity, known.rarity)
