"""The seed article's text, and three pages that say it: invented markups, since nobody has seen the real one."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest

SEED_PATH = "/cms/html/6486/2023/20231101130203029260711/20231101130203029260711_1.html"
#: Where the text lies, if it does: it is not part of the project.
SEED_TEXT = Path(__file__).resolve().parents[2] / "shared" / "seed-article.txt"
_WIDE = str.maketrans({",": "，", ":": "：", "(": "（", ")": "）", "?": "？"})


@dataclass(frozen=True, kw_only=True)
class Seed:
    """The lines of the seed: the page's head, the article's paragraphs without their indent, the page's foot."""

    site_name: str
    breadcrumb: str
    title: str
    info: str
    paragraphs: tuple[str, ...]
    foot: tuple[str, ...]


def read_seed() -> Seed:
    """The seed; skips the test where the shared folder is absent."""
    if not SEED_TEXT.exists():
        pytest.skip("../shared/seed-article.txt is not here")
    lines = [line.strip() for line in SEED_TEXT.read_text(encoding="utf-8").splitlines()]
    name, breadcrumb, title, info, *rest = (line for line in lines if line)
    end = rest.index(name)
    return Seed(
        site_name=name,
        breadcrumb=breadcrumb,
        title=title,
        info=info,
        paragraphs=tuple(rest[:end]),
        foot=tuple(rest[end:]),
    )


def widened(seed: Seed) -> Seed:
    """The seed with full-width punctuation, as the live page probably has it (the clock and the credit keep theirs)."""
    wide = [
        paragraph if paragraph.startswith("文/") else paragraph.translate(_WIDE)
        for paragraph in seed.paragraphs
    ]
    return Seed(
        site_name=seed.site_name,
        breadcrumb=seed.breadcrumb.replace(":", "："),
        title=seed.title.replace(":", "："),
        info=seed.info.replace("时间:", "时间：").replace("来源:", "来源："),
        paragraphs=tuple(wide),
        foot=seed.foot,
    )


def _menu() -> str:
    names = (
        "首页",
        "组织机构",
        "组工党建",
        "干部工作",
        "人才工作",
        "机构编制",
        "通知公告",
        "专题专栏",
        "下载中心",
    )
    return "".join(
        f'<li><a href="/cms/html/{4000 + n}/index.html">{name}</a></li>' for n, name in enumerate(names)
    )


def _crumbs(seed: Seed) -> str:
    label, _, way = seed.breadcrumb.replace("：", ":").partition(":")
    first, *steps = (step.strip() for step in way.split(">"))
    links = [f'<a href="/">{first}</a>'] + [
        f'<a href="/cms/html/{6480 + n}/index.html">{s}</a>' for n, s in enumerate(steps)
    ]
    return f"{label}: " + " &gt; ".join(links)


def div_page(seed: Seed) -> str:
    """div and p, one class a thing, headings bold."""
    body = "\n".join(
        f"<p>　　{'<strong>' + escape(p) + '</strong>' if _short(p) else escape(p)}</p>"
        for p in seed.paragraphs
    )
    foot = "".join(f"<p>{escape(line)}</p>" for line in seed.foot)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(seed.title)}_{seed.site_name}</title></head>
<body><div class="a1"><h1>{escape(seed.site_name)}</h1><ul>{_menu()}</ul></div>
<div class="a2">{_crumbs(seed)}</div>
<div class="a3"><div class="a4">{escape(seed.title)}</div><div class="a5">{escape(seed.info)} 【字体：<a href="#">大</a> 中 小】</div>
<div class="a6">{body}</div><div class="a7"><a href="javascript:window.print()">【打印】</a> <a href="#">【关闭】</a></div>
<div class="a8">上一篇：<a href="/cms/html/6486/2023/1.html">某街道召开会议,部署下一阶段工作。</a></div></div>
<div class="a9">{foot}</div></body></html>"""


def table_page(seed: Seed) -> str:
    """Tables for everything, br between paragraphs, font tags, nothing bold, upper-case tags."""
    body = "<BR>\n<BR>\n".join(f"　　{escape(p)}" for p in seed.paragraphs)
    foot = "<br>".join(escape(line) for line in seed.foot)
    return f"""<HTML><HEAD><TITLE>{seed.site_name}</TITLE><META http-equiv="Content-Type" content="text/html; charset=utf-8"></HEAD>
<BODY><TABLE width="1000" align="center"><TR><TD><IMG src="/images/top.jpg"><FONT size="5">{escape(seed.site_name)}</FONT></TD></TR>
<TR><TD><UL>{_menu()}</UL></TD></TR></TABLE>
<TABLE width="1000" align="center"><TR><TD>{_crumbs(seed)}</TD></TR>
<TR><TD align="center"><FONT size="4" color="red"><B>{escape(seed.title)}</B></FONT></TD></TR>
<TR><TD align="center">{escape(seed.info).replace("  ", "&nbsp;&nbsp;")}</TD></TR>
<TR><TD><FONT size="3">{body}</FONT></TD></TR></TABLE>
<TABLE width="1000" align="center"><TR><TD align="center">{foot}</TD></TR></TABLE></BODY></HTML>"""


def word_page(seed: Seed) -> str:
    """What Word pastes: a span a few words, empty o:p, indents by NBSP or style."""

    def spans(text: str) -> str:
        cut = max(1, len(text) // 3)
        pieces = [text[at : at + cut] for at in range(0, len(text), cut)]
        return "".join(
            f'<span lang="EN-US" style="font-size:16pt">{escape(piece)}</span>' for piece in pieces
        )

    body = "\n".join(
        f'<p class="MsoNormal" style="text-indent:32pt;line-height:28pt">{spans(p)}<o:p></o:p></p>'
        f'<p class="MsoNormal"><span>&nbsp;</span></p>'
        for p in seed.paragraphs
    )
    foot = "".join(f"<div>{escape(line)}</div>" for line in seed.foot)
    return f"""<html><head><meta charset="utf-8"><title>{escape(seed.title[:8])}…</title></head><body><div id="x1">
<div id="x2"><a href="/"><img src="/logo.png" alt="logo"></a><ul>{_menu()}</ul></div><div id="x3"><p>{_crumbs(seed)}</p></div>
<div id="x4"><h3>{spans(seed.title)}</h3><p style="text-align:center"><span>{escape(seed.info.split("来源")[0].strip())}</span>
<span>来源{escape(seed.info.split("来源")[1])}</span></p><div>{body}</div></div><div id="x5">{foot}</div></div></body></html>"""


def _short(paragraph: str) -> bool:
    return len(paragraph) < 20 and not paragraph.endswith(("。", "?", "？", ":", "："))


MARKUPS: dict[str, tuple[Callable[[Seed], str], bool]] = {
    "div and p": (div_page, False),
    "table and br, full width": (table_page, True),
    "Word's spans": (word_page, False),
}
