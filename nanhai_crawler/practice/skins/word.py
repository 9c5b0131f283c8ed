"""What is left when an editor pastes from a word processor: MsoNormal, a span for every run, o:p."""

import re
from html import escape

from nanhai_crawler.practice.skins.forms import Forms
from nanhai_crawler.practice.story import (
    Figure,
    FileLine,
    Grid,
    Paragraph,
    Signature,
)
from nanhai_crawler.practice.view import (
    ArticleView,
    beside,
    crumb_line,
    info_line,
    linked,
    part_links,
    shortened,
)

_LATIN = re.compile("[0-9]+")
_FONT = "font-family:仿宋_GB2312;mso-hansi-font-family:仿宋;font-size:16.0pt"
_OPEN = f'<p class="MsoNormal" style="line-height:28.0pt;mso-line-height-rule:exactly"><span style="{_FONT}">'
_CENTRED = f'<p class="MsoNormal" align="center" style="text-align:center"><span style="{_FONT}">'
_CLOSE = "</span><o:p></o:p></p>\n"
_MSO = """<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom>
<w:PunctuationKerning/><w:DrawingGridVerticalSpacing>7.8 磅</w:DrawingGridVerticalSpacing></w:WordDocument>
</xml><![endif]-->
<style>p.MsoNormal{mso-style-parent:"";margin:0;text-align:justify;mso-pagination:none}</style>
"""


def article(view: ArticleView) -> str:
    """The page's own part, from breadcrumb to related list."""
    story = view.story
    parts = part_links(view)
    return f"""<div id="location"><span>{crumb_line(story.card.column, "<i>&gt;</i>")}</span></div>
<div id="zoom_box">{_beside_title(story.kicker)}<h2>{escape(story.card.title, quote=False)}</h2>
{_beside_title(story.subtitle)}<p class="info"><span>{info_line(story)}</span></p>
<div class="tools"><a href="javascript:zoom(18)">T+</a> <a href="javascript:zoom(14)">T-</a>
 <a href="javascript:window.print()">打印</a> <a href="javascript:share()">分享</a></div>
<div id="zoom">{_MSO}{_FORMS.write(view.blocks)}</div>
{f'<div class="pages">{parts}</div>' if parts else ""}
<div class="near"><p>{beside("上一篇", view.newer)}</p><p>{beside("下一篇", view.older)}</p></div>
<div class="more"><h3>相关链接</h3>{_related(view)}</div></div>"""


def _beside_title(text: str | None) -> str:
    return f"<h3>{escape(text, quote=False)}</h3>\n" if text else ""


def _related(view: ArticleView) -> str:
    return "".join(
        f'<p>· <a href="{card.path()}">{shortened(card.title, 22)}</a> [{card.shown[5:10]}]</p>\n'
        for card in view.related
    )


def _runs(html: str) -> str:
    """The text with each number in a span of its own, as the word processor sets Latin runs apart."""
    return _LATIN.sub(r'</span><span lang="EN-US" style="font-family:Times">\g<0></span><span>', html)


def _line(html: str) -> str:
    return f"{_OPEN}&#12288;&#12288;{html}{_CLOSE}"


def _paragraph(paragraph: Paragraph) -> str:
    return _line(linked(paragraph) if paragraph.links else _runs(linked(paragraph)))


def _signature(signature: Signature) -> str:
    return _line(escape(signature.text))


def _file_line(line: FileLine) -> str:
    return _line(f'附件：<a href="{line.path}">{escape(line.name)}</a>')


def _heading(text: str, bold: bool) -> str:
    text = _runs(escape(text, quote=False))
    return _line(f'<b style="mso-bidi-font-weight:normal"><span>{text}</span></b>' if bold else text)


def _figure(figure: Figure) -> str:
    """The picture by a relative address; the caption in a paragraph of its own between empty ones."""
    caption = "&nbsp; ".join(escape(part) for part in (figure.caption, figure.credit) if part)
    source = "../../../../" + figure.path.removeprefix("/cms/")
    return (
        f'{_CENTRED}<img border="0" src="{source}" alt="图片"/>{_CLOSE}{_CENTRED}&nbsp;{_CLOSE}'
        f"{_CENTRED}{caption}{_CLOSE}{_CENTRED}&nbsp;{_CLOSE}"
    )


def _grid(grid: Grid) -> str:
    cells = '<td style="border:solid windowtext 1.0pt"><p class="MsoNormal"><span>{}</span></p></td>'
    head, *others = [[escape(cell) for cell in row] for row in grid.rows]
    marked = [[f"<b>{cell}</b>" for cell in head], *others]
    rows = (f"<tr>{''.join(cells.format(cell) for cell in row)}</tr>\n" for row in marked)
    return f'<table class="MsoTableGrid" border="1">{"".join(rows)}</table>\n'


_FORMS = Forms(
    paragraph=_paragraph,
    heading=_heading,
    figure=_figure,
    signature=_signature,
    file_line=_file_line,
    grid=_grid,
)
