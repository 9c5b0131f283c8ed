"""The settings of the Scrapy project: polite and closed by default.

What needs an open archive (scheduler, capture, pipelines) is the spider's own, so that ``scrapy shell`` and
``scrapy fetch`` work without one.
"""

from nanhai_crawler import __version__
from nanhai_crawler.pages.coding import LONGEST_BYTES

BOT_NAME = "nanhai_crawler"
#: ``scrapy crawl`` ends with the exit codes of ``nanhai crawl``.
COMMANDS_MODULE = "nanhai_crawler.crawl.commands"
SPIDER_MODULES = ["nanhai_crawler.crawl.spider"]
NEWSPIDER_MODULE = "nanhai_crawler.crawl"

#: The spider puts a contact in its place (NANHAI_CONTACT).
USER_AGENT = f"nanhai_crawler/{__version__}"
#: gzip alone: a snapshot should open for anyone with zlib, in any year.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip, deflate",
}

ROBOTSTXT_OBEY = True
#: 网络数据安全管理条例 Art. 18: an automated collector must not disturb the service.
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0
CONCURRENT_REQUESTS_PER_DOMAIN = 1
#: One under way and one that waits its turn: what Scrapy takes early comes out of its rank, and an interrupt waits for it.
CONCURRENT_REQUESTS = 2
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
#: For a whole response, from the connection to its last byte (FAULTS F13).
DOWNLOAD_TIMEOUT = 60

#: Literal IPv6 addresses too; the default resolver knows only IPv4.
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "nanhai_crawler.crawl.cookies.Cookies": 700,  # where Scrapy has its own
}
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "nanhai_crawler.crawl.message_head.BoundedHeadHandler")
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_MAXSIZE = LONGEST_BYTES
DOWNLOAD_WARNSIZE = 0
#: A server that runs code sent to it, and a console on a port.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

#: A response gives one item; Scrapy starts this many tasks a response to take its items in (100 cost 0.7 ms).
CONCURRENT_ITEMS = 1

LOG_LEVEL = "WARNING"
