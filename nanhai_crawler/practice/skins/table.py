"""Nested tables, font tags, upper case, unquoted attributes, br instead of p: a page of the early 2000s."""

from html import escape

from nanhai_crawler.practice.skins.forms import Forms
from nanhai_crawler.practice.story import (
    Figure,
    FileLine,
    Grid,
    Paragraph,
    Signature,
    Story,
)
from nanhai_crawler.practice.view import (
    ArticleView,
    beside,
    crumb_line,
    info_line,
    linked,
    part_links,
)


def article(view: ArticleView) -> str:
    """The page's own part, from breadcrumb to neighbours."""
    story = view.story
    parts = part_links(view)
    return f"""<TABLE width=960 align=center border=0 cellspacing=0>
<TR><TD width=200 valign=top bgcolor=#f5f5f5>
{_aside(view)}</TD>
<TD valign=top><TABLE width="100%" border=0 cellpadding=4>
<TR><TD class=nav height=28><FONT size=2>{crumb_line(story.card.column, "&nbsp;&gt;&nbsp;")}</FONT></TD></TR>
<TR><TD align=center height=50>{_headline(story)}</TD></TR>
<TR><TD align=center bgcolor=#eeeeee><FONT size=2 color=#666666>{info_line(story)}</FONT></TD></TR>
<TR><TD align=right><FONT size=2>【字体：<A href="javascript:zoom(18)">大</A>
 <A href="javascript:zoom(16)">中</A> <A href="javascript:zoom(14)">小</A>】
<A href="javascript:window.print()">打印</A></FONT></TD></TR>
<TR><TD><TABLE width="94%" align=center border=0><TR><TD><FONT size=3>
{_FORMS.write(view.blocks)}</FONT></TD></TR>
<TR><TD align=center>{parts}</TD></TR></TABLE></TD></TR>
<TR><TD><FONT size=2>{beside("上一篇", view.newer)}<BR>{beside("下一篇", view.older)}</FONT></TD></TR>
</TABLE></TD></TR></TABLE>"""


def _headline(story: Story) -> str:
    """Kicker, title and subtitle in one cell, set apart by nothing but their size."""
    title = f"<FONT size=5 color=#cc0000><B>\n{escape(story.card.title, quote=False)}</B></FONT>"
    kicker = f"<FONT size=3>{escape(story.kicker, quote=False)}</FONT><BR>" if story.kicker else ""
    subtitle = f"<BR><FONT size=3>{escape(story.subtitle, quote=False)}</FONT>" if story.subtitle else ""
    return kicker + title + subtitle


def _aside(view: ArticleView) -> str:
    rows = "".join(
        f'<TR><TD><FONT size=2>·<A href="{card.path()}">{escape(card.title[:12], quote=False)}...</A>'
        "</FONT></TD></TR>\n"
        for card in view.related
    )
    head = "<TR><TD bgcolor=#cc0000><FONT color=#ffffff>相关文章</FONT></TD></TR>\n"
    return f"<TABLE width=190 border=0>{head}{rows}</TABLE>"


def _paragraph(paragraph: Paragraph) -> str:
    return f"　　{linked(paragraph)}<BR><BR>\n"


def _signature(signature: Signature) -> str:
    return f"　　{escape(signature.text)}<BR>\n"


def _file_line(line: FileLine) -> str:
    return f'<BR>　　附件：<A href="{line.path}" target=_blank>{escape(line.name)}</A><BR>\n'


def _heading(text: str, bold: bool) -> str:
    text = escape(text, quote=False)
    return f"　　<B>{text}</B><BR><BR>\n" if bold else f"　　{text}<BR><BR>\n"


def _figure(figure: Figure) -> str:
    caption = "&nbsp;".join(escape(part) for part in (figure.caption, figure.credit) if part)
    return f"<CENTER><IMG src={figure.path} border=0><BR>\n{caption}</CENTER><BR>\n"


def _grid(grid: Grid) -> str:
    head, *others = [[escape(cell) for cell in row] for row in grid.rows]
    marked = [[f"<B>{cell}</B>" for cell in head], *others]
    rows = (f"<TR>{''.join(f'<TD>{cell}</TD>' for cell in row)}</TR>\n" for row in marked)
    return f"<TABLE border=1 bordercolor=#999999>{''.join(rows)}</TABLE><BR>\n"


_FORMS = Forms(
    paragraph=_paragraph,
    heading=_heading,
    figure=_figure,
    signature=_signature,
    file_line=_file_line,
    grid=_grid,
)
