"""What a crawl that nobody answered says."""

from nanhai_crawler.cli.crawl_report import unanswered
from nanhai_crawler.crawl.summary import CrawlSummary
from nanhai_crawler.errors import ExitCode
from nanhai_crawler.runs import RunCounts


def silent(*urls: str, failed: int) -> CrawlSummary:
    return CrawlSummary(
        run_id=1,
        outcome="failed",
        exit_code=ExitCode.SEED_UNREACHABLE,
        counts=RunCounts(failed=failed),
        duration_s=0.1,
        failures=tuple((url, "refused") for url in urls),
    )


def test_one_address_that_did_not_answer_is_named_with_its_reason() -> None:
    assert unanswered(silent("http://a.example/", failed=1)) == "http://a.example/ (refused)"


def test_of_many_that_did_not_answer_the_first_is_named_and_the_others_are_counted() -> None:
    summary = silent("http://a.example/", "http://a.example/b", failed=160)
    assert unanswered(summary) == "http://a.example/ (refused); nor did 159 more"
