"""Folding, index terms, queries and snippets: what counts as the same text, and what a query asks of it."""

import sqlite3
import sys
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from nanhai_crawler.text.folding import fold_for_search, fold_with_offsets, is_plain, original_span
from nanhai_crawler.text.query import parse_query
from nanhai_crawler.text.snippet import SNIPPET_LENGTH, cut_snippet, find_matches
from nanhai_crawler.text.terms import LONGEST_TERM, index_terms, is_han, is_word_character

EVERY_CHARACTER = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
TEXTS = st.text(
    st.sampled_from("党黨组組，。“”（）()ＡaB1２ \u3000\xa0\n㐂𠮷é\u0301e\u200bｶﾞﷺ①㎡😀ᄀ\u1161"), max_size=40
)


def shown(query: str) -> list[list[str]]:
    """The clauses as text: ``|`` where a word must begin, ``$`` where it must end."""
    return [
        [
            "-" * term.excluded
            + "&".join("|" * item.whole_start + item.text + "$" * item.whole_end for item in term.patterns)
            for term in clause
        ]
        for clause in parse_query(query).clauses
    ]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＧＤＰ：１２３％", "gdp:123%"),
        ("黨組織發展", "党组织发展"),
        ("乾坤", "干坤"),
        ("ｶﾞ①㎡…", "ガ1m2..."),
        ("e\u0301", "é"),
        ("目\u200b标\ufeff", "目标"),
        ("甲\n乙\r\u2028丙", "甲\n乙\r\u2028丙"),
    ],
)
def test_width_case_and_script_are_folded(text: str, folded: str) -> None:
    assert fold_for_search(text) == folded


def test_folding_twice_changes_nothing_for_any_character() -> None:
    assert [
        char for char in EVERY_CHARACTER if fold_for_search(fold_for_search(char)) != fold_for_search(char)
    ] == []


def test_what_is_passed_over_quickly_folds_to_itself() -> None:
    to_simplified = OpenCC("t2s")
    for char in map(chr, [*range(0x20, 0x7F), *range(0x4E00, 0xA000), *map(ord, "、。“”《》，：（")]):
        plain = unicodedata.normalize("NFKC", char).casefold()
        while (simpler := to_simplified.convert(plain)) != plain:
            plain = simpler
        assert fold_for_search(char) == plain


def test_no_character_folds_to_a_line_end_but_the_line_end() -> None:
    assert [char for char in EVERY_CHARACTER if "\n" in fold_for_search(char)] == ["\n"]


@given(st.text(max_size=30) | TEXTS)
def test_offsets_tell_of_the_same_folded_text(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold_for_search(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)


@given(TEXTS, st.data())
def test_a_match_is_found_again_in_the_original(text: str, data: st.DataObject) -> None:
    folded, offsets = fold_with_offsets(text)
    start = data.draw(st.integers(0, len(folded)))
    end = data.draw(st.integers(start, len(folded)))
    begin, finish = original_span(offsets, start, end) if end > start else (0, 0)
    assert folded[start:end] in fold_for_search(text[begin:finish])


@given(
    st.text(st.sampled_from("党黨组織發中Ａb3，。 \u3000（")),
    st.text(st.sampled_from("党黨组織發中Ａb3，。 \u3000（")),
)
def test_a_part_of_a_text_folds_to_a_part_of_the_folded_text(before: str, part: str) -> None:
    assert fold_for_search(before) + fold_for_search(part) == fold_for_search(before + part)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("基层党建", "基 层 党 建 基层 层党 党建"),
        ("基层\n党建", "基 层 党 建 基层 党建"),
        ("基层，党建", "基 层 党 建 基层 党建"),
        ("2023年", "年 2023"),
        ("6654目标", "目 标 目标 6654"),
        ("委_Admin", "委 admin"),
        ("167.98亿", "亿 167 98"),
        ("，。“”\x00", ""),
        ("カタ", "カ タ カタ"),
        ("党党", "党 党党"),
        ("w" * 100, "w" * LONGEST_TERM),
    ],
)
def test_terms_are_characters_pairs_and_words(text: str, terms: str) -> None:
    assert [term[:-1] for term in index_terms("", text).split()] == terms.split()
    assert sorted(term[:-1] for term in index_terms(text, text).split()) == sorted(terms.split())


def test_a_terms_level_grows_with_how_much_the_text_says_it() -> None:
    usual = "无" * 1600
    said = ["甲" + usual, "甲" * 2 + usual, "甲" * 4 + usual, "甲" * 9 + usual]
    assert [index_terms("", body).split()[0] for body in said] == ["甲1", "甲2", "甲3", "甲4"]
    assert "甲4" in index_terms("甲", usual).split()
    assert "甲2" in index_terms("", "甲" + usual[:600]).split()


def test_every_term_comes_back_from_the_index_as_one() -> None:
    """The index neither cuts a term nor takes two for the same, whatever characters they have."""
    letters = {letter for char in EVERY_CHARACTER for letter in fold_for_search(char)}
    folded = sorted(letter for letter in letters if is_han(letter) or is_word_character(letter))
    terms = [term for char in folded for term in (f"{char}1", f"{char}{char}1")]
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(a, detail=none, tokenize='ascii')")
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'row')")
    for start in range(0, len(terms), 1000):  # one text of 200,000 terms takes FTS5 a minute
        connection.execute("INSERT INTO t VALUES (?)", (" ".join(terms[start : start + 1000]),))
    known = [term for (term,) in connection.execute("SELECT term FROM v")]
    connection.close()
    assert sorted(terms) == sorted(known)
    assert len(set(terms)) == len(terms) > 70_000


@pytest.mark.parametrize(
    ("query", "clauses"),
    [
        ("南海 大沥", [["南海"], ["大沥"]]),
        ("南海\u3000大沥", [["南海"], ["大沥"]]),
        ("6654目标", [["|6654目标"]]),
        ("167.98亿元 2023-10-31", [["|167.98亿元"], ["|2023-10-31$"]]),
        ("a:b", [["|a:b$"]]),
        ("南海，大沥", [["南海&大沥"]]),
        ('"甲，乙 丙"', [["甲,乙 丙"]]),
        ("＂甲＂", [["甲"]]),
        ("“一盘棋”", [["一盘棋"]]),
        ("党 -建 -A", [["党"], ["-建"], ["-|a$"]]),
        ('党 -"甲 乙"', [["党"], ["-甲 乙"]]),
        ("甲 乙 OR 丙", [["甲"], ["乙", "丙"]]),
        ("甲 OR 乙 OR 丙", [["甲", "乙", "丙"]]),
        ("甲 AND 乙", [["甲"], ["乙"]]),
        ("南海 AND", [["南海"], ["|and$"]]),
        ("OR", [["|or$"]]),
        ("AND OR NOT", [["|and$", "|not$"]]),
        ("", []),
        ('""', []),
        ("\u3000 \n", []),
        ('"', [['"']]),
        ('"南海 大沥', [["南海"], ["大沥"]]),
        ("-", [["-"]]),
        ("(", [["("]]),
        ("（甲）", [["甲"]]),
        ("😀", [["😀"]]),
        ("\x00", [["\x00"]]),
        ("NEAR(a b)*", [["|near(a$"], ["|b$"]]),
        ("title:党", [["|title$&党"]]),
    ],
)
def test_any_string_is_a_query(query: str, clauses: list[list[str]]) -> None:
    assert shown(query) == clauses


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_no_string_is_an_error(query: str) -> None:
    parse_query(query).holds("党建\n2023 a")


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("art", False),
        ("party", True),
        ("PARTY", True),
        ("023", False),
        ("2023", True),
        ("2023年", True),
        ("023年", False),
        ("年1", False),
        ("年10月", True),
        ('"art"', True),
        ("基层黨建", True),
        ("建设", False),
        ("党 -建设", True),
        ("党 -建", False),
        ("建设 OR 基层", True),
        ("-基层，建设", True),
        ("-基层，党建", False),
    ],
)
def test_words_are_whole_and_chinese_is_a_part(query: str, held: bool) -> None:
    assert parse_query(query).holds(fold_for_search("基层党建\n设 Party，2023年10月")) is held


def test_a_match_does_not_go_over_a_line_end() -> None:
    assert not parse_query("党建").holds(fold_for_search("党\n建"))
    assert not parse_query('"党\n建"').holds(fold_for_search("党\n建"))


def test_a_snippet_is_the_sentence_of_the_match() -> None:
    text = "首句。\n前一句话。这里说到基層黨建的事！“后一句”。"
    snippet = cut_snippet(text, parse_query("基层党建").sought)
    assert snippet.text == "…这里说到基層黨建的事！“后一句”。"
    assert [snippet.text[start:end] for start, end in snippet.matches] == ["基層黨建"]


def test_a_long_sentence_is_cut_around_the_match() -> None:
    snippet = cut_snippet("字" * 500 + "党建" + "句" * 500, parse_query("党建").sought)
    assert snippet.text.startswith("…字")
    assert snippet.text.endswith("句…")
    assert len(snippet.text) <= SNIPPET_LENGTH + 2
    assert [snippet.text[start:end] for start, end in snippet.matches] == ["党建"]


def test_a_snippet_shows_the_line_with_most_of_the_words() -> None:
    assert cut_snippet("甲。\n乙。\n甲和乙。", parse_query("甲 乙").sought).text == "甲。"
    assert cut_snippet("甲。\n乙和甲。", parse_query("甲 乙").sought).text == "乙和甲。"


def test_a_text_without_the_words_is_shown_from_its_beginning() -> None:
    assert cut_snippet("\n首段。次句。", parse_query("-无").sought).text == "首段。次句。"
    assert cut_snippet("", parse_query("无").sought).text == ""


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_snippets_are_cut_from_the_text_and_their_matches_are_right(text: str, query: str) -> None:
    patterns = parse_query(query).sought
    snippet = cut_snippet(text, patterns)
    assert snippet.text.removeprefix("…").removesuffix("…") in text
    assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.matches)
    for start, end in find_matches(text, patterns):
        assert any(pattern.text in fold_for_search(text[start:end]) for pattern in patterns)


def test_the_folded_form_is_composed() -> None:
    assert unicodedata.is_normalized("NFC", fold_for_search("ｶﾞe\u0301ᄀ\u1161"))


@given(
    st.text(st.sampled_from("党黨建か㐂𠮷か\u3099ﾞ，。（①℃㎡…\u200bＡaé\u0301\u1100\u1161가\n ")),
    st.text(st.sampled_from("党建か㐂𠮷"), min_size=1, max_size=3),
)
def test_chinese_stands_in_a_plain_text_where_it_stands_in_the_folded_one(text: str, sought: str) -> None:
    assume(is_plain(text))
    assert text.count(sought) == fold_for_search(text).count(sought)
    patterns = parse_query(sought).sought
    assert find_matches(text, patterns, as_is=True) == find_matches(text, patterns)
    assert cut_snippet(text, patterns, as_is=True) == cut_snippet(text, patterns)


def test_no_plain_character_becomes_chinese_or_something_else_than_it_is() -> None:
    plain = [char for char in EVERY_CHARACTER if is_plain(char)]
    assert len(plain) > 50_000
    chinese = [(char, [*filter(is_han, char)], [*filter(is_han, fold_for_search(char))]) for char in plain]
    assert [char for char, before, after in chinese if before != after] == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("党建，2023年（Ａ）……①", True),
        ("黨建", False),
        ("か\u3099", False),
        ("党\u200b建", False),
        ("", True),
    ],
)
def test_most_texts_are_plain(text: str, plain: bool) -> None:
    assert is_plain(text) is plain
