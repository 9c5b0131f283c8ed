"""Comparison: nothing of either text is lost, and what changed is told as closely as it can be."""

from hypothesis import given
from hypothesis import strategies as some

from nanhai_crawler.text.comparison import Op, compare, split_sentences

TEXTS = some.text(alphabet="甲乙丙丁。！？；”\n", max_size=60)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [
        (str(sentence.op), sentence.before if sentence.op is Op.REMOVED else sentence.after)
        for sentence in compare(before, after)
    ]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_had_back(before: str, after: str) -> None:
    found = compare(before, after)
    assert [sentence.before for sentence in found if sentence.op is not Op.ADDED] == split_sentences(before)
    assert [sentence.after for sentence in found if sentence.op is not Op.REMOVED] == split_sentences(after)


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert {sentence.op for sentence in compare(text, text)} <= {Op.SAME}


def test_sentences_end_with_their_marks_and_quotes() -> None:
    assert split_sentences("他说：“好。”然后走了！\n\n下一行没有句号") == [
        "他说：“好。”",
        "然后走了！",
        "下一行没有句号",
    ]


def test_a_changed_sentence_is_told_by_character() -> None:
    (same, changed) = compare(
        "全区共有党员３人。今年新建支部十二个。", "全区共有党员３人。今年新建支部十五个。"
    )
    assert (same.op, changed.op) == (Op.SAME, Op.CHANGED)
    assert [(str(piece.op), piece.text) for piece in changed.pieces] == [
        ("same", "今年新建支部十"),
        ("removed", "二"),
        ("added", "五"),
        ("same", "个。"),
    ]


def test_added_and_removed_sentences_stand_in_their_places() -> None:
    assert told("甲甲甲。丙丙丙。", "甲甲甲。乙乙乙。丙丙丙。") == [
        ("same", "甲甲甲。"),
        ("added", "乙乙乙。"),
        ("same", "丙丙丙。"),
    ]
    assert told("甲甲甲。乙乙乙。", "乙乙乙。") == [("removed", "甲甲甲。"), ("same", "乙乙乙。")]


def test_sentences_that_are_not_alike_are_two() -> None:
    assert told("村口有树。", "会议昨天召开，代表发言！") == [
        ("removed", "村口有树。"),
        ("added", "会议昨天召开，代表发言！"),
    ]
