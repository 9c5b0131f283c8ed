"""Index terms: what the full-text index knows a text by, cut by the one rule that queries are cut by too.

A folded text is a row of *runs* with symbols and spaces between them. A run is of one kind: a *Han run*
(Chinese characters, and the scripts that like Chinese put no space between words: kana, bopomofo, Hangul, Yi;
private-use characters, which stand for rare names) or a *word* (all other letters and digits: ``6654``,
``covid19``, ``admin``). Where the kinds meet a run ends: ``2023年`` is the word ``2023`` and the run ``年``.
A line end is no letter, so no run goes over it. A Han run is indexed as its overlapping pairs and its last
character, a word as itself.
"""

import re

from nanhai_crawler.text.folding import fold_for_search

_HAN = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u309d-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua000-\ua48c\ua960-\ua97c\uac00-\ud7fb\ue000-\uf8ff\uf900-\ufaff\U00017000-\U00018fff\U0001aff0-\U0001b2ff"
    "\U00020000-\U0010fffd"
)
_RUN = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_WORD_CHARACTER = re.compile(f"[^\\W_{_HAN}]")

# Runs that touch, and words with up to three ASCII symbols between them (167.98, 2023-10-31, http://a.b).
_COMPOUND = re.compile(f"(?:{_RUN.pattern}|(?<=[^\\W_{_HAN}])[!-/:-@[-`{{-~]{{1,3}}(?=[^\\W_{_HAN}]))+")

# Characters that some SQLite's unicode61 may take for a separator (its table is Unicode 6.1 of 2012 in the
# oldest, and even 3.40.1 lacks New Tai Lue digits): everything of the runs that is not Latin, Greek,
# Cyrillic, kana, Hangul or Chinese of that time.
_UNSURE = re.compile(
    "[\u037f\u0528-\u1fff\u2c00-\u2e7f\u2e80-\u2fdf\u3021-\u303c\u3105-\u33ff\u4db6-\u4dff\u9fcd-\uabff\ud7a4-\uf8ff"
    "\ufa2e-\ufaff\ufb00-\ufeff\U00010000-\U0001ffff\U0002a6d7-\U0010ffff]"
)

# The Yi syllables: 1,165 letters in a row that unicode61 has always known. A character it may not know is
# indexed as one of them, chosen by its number; that some share one costs nothing, since such terms are
# checked against the text.
_FIRST_YI, _YI_LETTERS = 0xA000, 1165

#: A longer word is indexed by its beginning: no person's word has more letters, and FTS5 cuts terms of 32 KB
#: itself.
LONGEST_TERM = 64


def is_word_character(character: str) -> bool:
    """Whether the (folded) character belongs to a word, not to a Han run nor to the symbols between runs."""
    return _WORD_CHARACTER.match(character) is not None


def is_han(character: str) -> bool:
    """Whether the (folded) character belongs to a Han run."""
    return _HAN_CHARACTER.match(character) is not None


def find_runs(folded: str) -> list[tuple[str, int]]:
    """The Han runs and words of a folded text in order, each with where it begins."""
    return [(match[0], match.start()) for match in _RUN.finditer(folded)]


def compound_runs(folded: str) -> list[str]:
    """The runs of a query's word, those that belong together as one: ``6654目标``, ``2023-10-31``."""
    return _COMPOUND.findall(folded)


def index_terms(text: str) -> str:
    """The terms that the index holds for a text, parted by spaces; what SQL knows as ``terms(text)``.

    Empty for a text without letters and digits, and for null.
    """
    folded = fold_for_search(text or "")
    terms: list[str] = []
    for run in _RUN.findall(folded):
        if _HAN_CHARACTER.match(run):
            terms.extend(map(str.__add__, run, run[1:]))
            terms.append(run[-1])
        else:
            terms.append(run[:LONGEST_TERM])
    return known_to_index(" ".join(terms), unsure=_UNSURE.search(folded) is not None)


def is_sure(folded: str) -> bool:
    """Whether every character of a run stands in the index as itself."""
    return len(folded) <= LONGEST_TERM and _UNSURE.search(folded) is None


def known_to_index(terms: str, *, unsure: bool = True) -> str:
    """The terms with every character that unicode61 may not know written as its Yi letter."""
    return _UNSURE.sub(_yi_letter, terms) if unsure else terms


def _yi_letter(match: re.Match[str]) -> str:
    return chr(_FIRST_YI + ord(match[0]) % _YI_LETTERS)
