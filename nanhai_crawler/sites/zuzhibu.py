"""中共佛山市南海区委组织部. Its home page has not been seen; the breadcrumbs of the articles below lead to its columns."""

from nanhai_crawler.sites.declaration import Site

_CMS = "http://zuzhibu.nanhai.gov.cn/cms/html"

ZUZHIBU = Site(
    name="zuzhibu",
    title="中共佛山市南海区委组织部",
    seeds=(
        "http://zuzhibu.nanhai.gov.cn/",
        f"{_CMS}/6486/2023/20231101130203029260711/20231101130203029260711_1.html",
        f"{_CMS}/6486/2020/20200630103140153465733/20200630103140153465733_1.html",
        f"{_CMS}/8918/2018/20181214134346190589374/20181214134346190589374_1.html",
        f"{_CMS}/6490/2022/20220321170242007553104/20220321170242007553104_1.html",
        f"{_CMS}/6476/2024/20241206161749967318265/20241206161749967318265_1.html",
        f"{_CMS}/6476/2022/20220107115142767588010/20220107115142767588010_1.html",
    ),
)
