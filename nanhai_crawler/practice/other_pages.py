"""Pages that are neither articles nor lists: about us, a missing page, a firewall's."""

from nanhai_crawler.practice.frame import NOTICE, frame


def about_page() -> bytes:
    """关于我们: running text without time or source."""
    text = (
        "练习区委组织部是一个虚构的部门，设有组织科、干部科、人才科和办公室，负责给练习站点的读者提供一座可以放心试走的房子。"
        "这里的镇街、村社、报纸和人物都是编写出来的，任何相似纯属巧合。"
    )
    return frame(sister=False).page(
        "关于我们_练习区委组织部",
        f'<div class="c1"><h2>关于我们</h2><p>　　{text}</p><p>　　{NOTICE}。</p></div>',
    )


def contact_page() -> bytes:
    """联系我们: a table of rooms and numbers."""
    rows = "".join(
        f"<tr><td>{room}</td><td>000-0000000{place}</td></tr>"
        for place, room in enumerate(("办公室", "组织科", "干部科", "人才科"))
    )
    return frame(sister=False).page(
        "联系我们_练习区委组织部", f'<div class="c1"><h2>联系我们</h2><table border="1">{rows}</table></div>'
    )


def missing_page() -> bytes:
    """您访问的页面不存在, inside the usual frame."""
    text = "<h2>提示信息</h2><p>抱歉，您访问的页面不存在或已被删除！</p><p>5秒后将自动返回网站首页。</p>"
    return frame(sister=False).page("提示信息_练习区委组织部", f'<div class="c1">{text}</div>')


def wall_page() -> bytes:
    """A web application firewall's page: no frame, nothing of the site but the notice that it is invented."""
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>访问被拦截</title><meta name="robots" content="noindex"></head>
<body><div class="box"><h1>网站防火墙</h1><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p>
<p>可能原因：您提交的内容包含危险的攻击请求，或者访问过于频繁。</p>
<p>如何解决：1）检查提交内容；2）请完成安全验证后继续访问；3）如网站托管，请联系空间提供商。</p>
<p>事件编号：00000000-practice</p><p>{NOTICE}</p></div></body></html>
""".encode()


def plain_page(title: str) -> bytes:
    """A page that says no more than its title."""
    return frame(sister=False).page(title, f'<div class="c1"><h2>{title}</h2></div>')
