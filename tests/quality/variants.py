"""Pages that say what a given page says, in other markup: changes drawn together, the same ones every time."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.quality import attributes, bodies, breadcrumbs, info_lines, junk, surroundings, titles
from tests.quality.dice import Dice
from tests.quality.sheet import Sheet, opened
from tests.quality.truth import Credited, Truth
from tests.quality.writing import Written, written

Change = Callable[[Sheet, Dice], None]

#: One of each row at most, so many times in a hundred; the order is that of building a page from the inside out.
_ROWS: tuple[tuple[int, tuple[Change, ...]], ...] = (
    (70, (info_lines.retold_info_line,)),
    (60, (breadcrumbs.retold_breadcrumb,)),
    (60, (titles.retold_title,)),
    (60, (titles.other_title_tag,)),
    (40, (titles.other_meta_tags,)),
    (50, (titles.keyless_address,)),
    (
        75,
        (
            bodies.divs_for_paragraphs, bodies.paragraphs_for_all, bodies.styled_paragraphs, bodies.line_breaks,
            bodies.double_line_breaks, bodies.rows_for_paragraphs, bodies.word_paragraphs, bodies.font_paragraphs,
        ),
    ),
    (15, (bodies.bold_as_style,)),
    (15, (bodies.split_blocks,)),
    (40, (bodies.wrapped_text, bodies.nested_tables)),
    (30, (surroundings.related_list, surroundings.neighbours)),
    (30, (surroundings.share_bar,)),
    (25, (surroundings.print_links,)),
    (20, (surroundings.editors_line,)),
    (20, (surroundings.font_size_links,)),
    (30, (junk.scripts, junk.style_rules, junk.comments)),
    (35, (junk.hidden_blocks,)),
    (25, (surroundings.side_list,)),
    (40, (surroundings.menu_above,)),
    (40, (surroundings.banner_above,)),
    (15, (surroundings.menu_below,)),
    (35, (surroundings.foot,)),
    (35, (surroundings.page_in_table, surroundings.page_in_wrappers)),
    (60, (attributes.renamed_classes, attributes.no_classes, attributes.misleading_classes)),
    (30, (attributes.no_styles, attributes.inline_styles)),
    (20, (attributes.shuffled_attributes,)),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """A page to make variants of; ``name`` tells it apart from all others."""

    name: str
    url: str
    html: str
    truth: Truth
    site_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """A page in another markup, the truth of it, and the changes that made it."""

    name: str
    page: Written
    truth: Truth
    added: frozenset[Credited]
    changes: tuple[str, ...]


def variant(original: Original, number: int) -> Variant:
    """The variant of that number; 0 is the page as it is but for being parsed and written again."""
    dice = Dice(f"{original.name}/{number}")
    sheet = opened(original.url, original.html, original.truth, original.site_name)
    done = []
    if number:
        for percent, changes in _ROWS:
            change = dice.pick(changes)
            if dice.chance(percent):
                change(sheet, dice)
                done.append(change.__name__)
    return Variant(
        name=f"{original.name}/{number}",
        page=written(sheet, dice),
        truth=original.truth,
        added=frozenset(sheet.added),
        changes=tuple(done),
    )
