"""The practice site's fixed addresses: all that is neither an article, a list nor a file of an article."""

HOME = "/"
SISTER_HOME = "/wm/index.html"
SITE_MAP = "/sitemap.html"
SITE_MAP_XML = "/sitemap.xml"
ROBOTS = "/robots.txt"
ABOUT = "/cms/html/about/index.html"
CONTACT = "/cms/html/contact/index.html"
LOGO = "/cms/theme/logo.png"
STYLE = "/cms/theme/site.css"
SCRIPT = "/cms/theme/site.js"

#: Answers 301 to an article; a text links to it.
OLD = "/zzb/news/show.asp?id=1024"
#: Linked, and answered with 404: the site's one dead link.
GONE = "/zzb/2018/yuyi.html"
#: Both have an article's address and status 200: one says that the page does not exist, one is a firewall's (which
#: nothing links to: a crawl that meets a wall is never complete).
SOFT_MISSING = "/cms/html/7111/2019/20190604101500120990001/20190604101500120990001_1.html"
WALL = "/cms/html/7111/2019/20190605152233480990002/20190605152233480990002_1.html"
#: robots.txt forbids these; both are linked.
SEARCH = "/cms/sites/lxzzb/search.jsp"
DUTY = "/internal/duty.html"
