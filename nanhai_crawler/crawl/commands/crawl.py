"""``scrapy crawl``: as Scrapy has it, but what cannot begin is one line, and the crawl ends with its exit code."""

import logging
from argparse import Namespace

from scrapy.commands import crawl
from scrapy.exceptions import UsageError

from nanhai_crawler.crawl.run import ended
from nanhai_crawler.crawl.spider import NanhaiSpider, open_session
from nanhai_crawler.errors import ExitCode, NanhaiError

logger = logging.getLogger(__name__)


class Command(crawl.Command):
    """The same words and options as Scrapy's."""

    def run(self, args: list[str], opts: Namespace) -> None:
        """Crawl; ``exitcode`` is one of DESIGN's when the spider is ours."""
        assert self.crawler_process is not None  # noqa: S101  Scrapy gives it before it runs a command
        if len(args) == 1 and args[0] not in self.crawler_process.spider_loader.list():
            raise UsageError(f"no spider is called {args[0]!r}; scrapy list names them", print_help=False)
        if args != [NanhaiSpider.name]:
            super().run(args, opts)
            return
        try:
            session = open_session(opts.spargs)
            self.crawler_process.crawl(self._create_crawler(args[0]), session=session, **opts.spargs)
            self.crawler_process.start()
            summary = ended(session)
        except NanhaiError as error:
            logger.error("%s", " ".join(str(error).split()))  # noqa: TRY400  one line says what to do
            self.exitcode = int(error.exit_code)
            return
        self.exitcode = int(summary.exit_code)
        if summary.error is not None:
            logger.error("%s", summary.error)
        elif summary.exit_code != ExitCode.DONE:
            reasons = "; ".join(f"{url} ({reason})" for url, reason in summary.failures)
            logger.error("run %d ended %s: %s", summary.run_id, summary.outcome, reasons or "see nanhai runs")
