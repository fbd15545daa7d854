"""What the sentences of an article must say, with the glossary at work."""

from bilingual.engines.echo import DictionaryTranslator
from bilingual.glossary.match import Matcher
from bilingual.pairs import Prepared, as_pair
from bilingual.records import Article, Sentence, Term, TermType
from bilingual.tasks import Rules, Task, article_tasks, key_of, translate_tasks

TERMS = [
    Term("trade minister", "통상장관", TermType.TITLE),
    Term("trade minister", "통상교섭본부장", TermType.TITLE, country="KR"),
    Term("trade minister", "경제산업상", TermType.TITLE, country="JP"),
    Term("Yeo Han-koo", "여한구", TermType.PERSON),
    Term("Busan", "부산", TermType.PLACE, country="KR"),
    Term("Tokyo", "도쿄", TermType.PLACE, country="JP"),
]


def tasks(*texts: str) -> list[Task]:
    sentences = tuple(Sentence(text, number, 0) for number, text in enumerate(texts))
    return article_tasks(Prepared(Article("a", 1, ()), "a", sentences), Rules(Matcher(TERMS)))


def targets(*texts: str) -> list[list[str]]:
    return [[item.target for item in task.required] for task in tasks(*texts)]


def test_a_title_is_that_of_the_country_the_article_is_about() -> None:
    assert targets("Trade Minister Yeo Han-koo left.", "He had been in Busan.")[0] == [
        "여한구 통상교섭본부장"
    ]
    assert targets("The trade minister left Tokyo.", "Tokyo said so.")[0][0] == "경제산업상"


def test_the_same_sentence_with_other_terms_is_another_task() -> None:
    one = tasks("The trade minister left.", "Busan is far.")[0]
    other = tasks("The trade minister left.", "Tokyo is far.")[0]
    assert one.source == other.source
    assert one.key != other.key


def test_the_key_of_a_task_is_that_of_the_pair_it_becomes() -> None:
    (task,) = tasks("Yeo Han-koo left Busan.")
    (done,) = translate_tasks([task], DictionaryTranslator())
    assert key_of(as_pair(task.source, done)) == task.key
