"""Pages for small sites: links, and articles of the plainest kind."""


def page(*links: str, title: str = "练习首页", more: str = "") -> str:
    """A page with these links (the address is the text) and not much else."""
    rows = "".join(f'<li><a href="{link}">{link}</a></li>' for link in links)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><ul>{rows}</ul>{more}</body></html>"
    )


def article(
    title: str, *paragraphs: str, more: str = "", head: str = "", time: str = "2024-05-06 07:08:09"
) -> str:
    """An article in one column, with an info line."""
    text = "".join(f"<p>　　{paragraph}</p>" for paragraph in paragraphs or (prose(title),))
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>"
        f'<div>当前位置：<a href="/">首页</a> &gt; <a href="/lie.html">练习栏目</a></div><h1>{title}</h1>'
        f"<div>时间：{time}　来源：练习来源</div><div>{text}{more}</div></body></html>"
    )


def prose(about: str) -> str:
    """Two sentences that are long enough to be a paragraph."""
    return f"这一页写的是{about}，文字由测试编写，没有别的来处。村口的榕树下坐着几位老人，他们一边下棋一边谈今年的荔枝收成。"
