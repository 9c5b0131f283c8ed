"""南海文明网, a sister site on the same CMS, with 发布时间 and 发布单位 for labels."""

from nanhai_crawler.sites.declaration import Site

WMW = Site(
    name="wmw",
    title="南海文明网",
    seeds=(
        "http://wmw.nanhai.gov.cn/",
        "http://wmw.nanhai.gov.cn/cms/html/11371/2018/20180822160721999929034/20180822160721999929034_1.html",
    ),
)
