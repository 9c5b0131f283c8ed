"""div and p, as a CMS of the 2010s writes them; the class names mean nothing."""

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

_CENTRED = ' style="text-align: center;"'


def article(view: ArticleView) -> str:
    """The page's own part, from breadcrumb to related list."""
    story = view.story
    parts = part_links(view)
    return f"""<div class="k3 k9"><div class="k4">{crumb_line(story.card.column, " &gt; ")}</div>
<div class="q1">{_beside_title(story.kicker)}<div class="q2">{escape(story.card.title, quote=False)}</div>
{_beside_title(story.subtitle)}<div class="q3">{info_line(story)}</div>
<div class="q4">字号：<a href="javascript:zoom(18)">大</a> <a href="javascript:zoom(16)">中</a>
 <a href="javascript:zoom(14)">小</a> <a href="javascript:window.print()">打印本页</a>
 <a href="javascript:window.close()">关闭窗口</a></div>
<div class="q7" id="z{story.card.number % 7}">
{_FORMS.write(view.blocks)}{f'<div class="q8">{parts}</div>' if parts else ""}</div>
<div class="q9"><span>分享到：</span><a href="javascript:void(0)" title="微信">微信</a>
 <a href="https://weibo.share.example/post?u={story.card.key}" target="_blank">微博</a>
 <a href="javascript:void(0)" title="QQ空间">QQ空间</a></div>
<ul class="q6"><li>{beside("上一篇", view.newer)}</li><li>{beside("下一篇", view.older)}</li></ul>
{_related(view)}</div></div>"""


def _beside_title(text: str | None) -> str:
    return f'<div class="q5">{escape(text, quote=False)}</div>\n' if text else ""


def _related(view: ArticleView) -> str:
    if not view.related:
        return ""
    rows = "".join(
        f'<li><a href="{card.path()}" title="{escape(card.title)}">{shortened(card.title)}</a>'
        f"<span>{card.shown[:10]}</span></li>\n"
        for card in view.related
    )
    return f'<div class="r1"><div class="r2">相关阅读</div><ul>{rows}</ul></div>'


def _paragraph(paragraph: Paragraph) -> str:
    return f"<p>　　{linked(paragraph)}</p>\n"


def _signature(signature: Signature) -> str:
    return f"<p>　　{escape(signature.text)}</p>\n"


def _file_line(line: FileLine) -> str:
    return f'<p>　　附件：<a href="{line.path}">{escape(line.name)}</a></p>\n'


def _heading(text: str, bold: bool) -> str:
    text = escape(text, quote=False)
    return f"<p>　　<strong>{text}</strong></p>\n" if bold else f"<p>　　{text}</p>\n"


def _figure(figure: Figure) -> str:
    """The picture, an empty paragraph, the caption unindented, an empty paragraph, as on the real pages."""
    caption = escape(" ".join(filter(None, (figure.caption, figure.credit))))
    return (
        f'<p{_CENTRED}><img src="{figure.path}" alt="" width="640"></p>\n<p>&nbsp;</p>\n'
        f"<p{_CENTRED}>{caption}</p>\n<p>&nbsp;</p>\n"
    )


def _grid(grid: Grid) -> str:
    head, *rows = grid.rows
    lines = [f"<tr>{''.join(f'<th>{escape(cell)}</th>' for cell in head)}</tr>"]
    lines += [f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows]
    return '<table border="1" cellspacing="0">\n' + "\n".join(lines) + "\n</table>\n"


_FORMS = Forms(
    paragraph=_paragraph,
    heading=_heading,
    figure=_figure,
    signature=_signature,
    file_line=_file_line,
    grid=_grid,
)
