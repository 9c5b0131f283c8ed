"""``nanhai show --diff``: two revisions against each other; and what was observed of an article."""

import json
from pathlib import Path

import pytest

from nanhai_crawler.cli.program import run
from nanhai_crawler.visits import Outcome, Visit
from tests.store.given import article, article_url, exchange, running, taken, visit_article

URL, OTHER = article_url(1), article_url(2)
TEXTS = (("村口有树。今年新建支部十二个。",), ("村口有树。今年新建支部十五个。",), ("村口有树。",))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("差异") / "档案"
    for text in TEXTS:
        with running(folder, URL, OTHER, full=True) as writer:
            for page in (article(URL, body=text), article(OTHER)):
                visit_article(writer, page, taken(writer))
    return folder


def shown(capfd: pytest.CaptureFixture[str], archive: Path, *words: str) -> tuple[int, str, str]:
    code = run(["show", *words, "--archive", str(archive)])
    said = capfd.readouterr()
    return code, said.out, said.err


def test_the_newest_text_is_held_against_the_one_before(
    archive: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = shown(capfd, archive, URL, "--diff")
    assert code == 0
    assert "- revision 2, sha256:" in out
    assert "+ revision 3, sha256:" in out
    assert "- 今年新建支部十五个。\n" in out
    assert "\x1b" not in out


def test_a_changed_sentence_is_shown_by_character(archive: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = shown(capfd, archive, URL, "--diff", "--revision", "2")
    assert "~ 今年新建支部十[-二-]{+五+}个。\n" in out


def test_a_comparison_as_json(archive: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = shown(capfd, archive, URL, "--diff", "--revision", "2", "--json")
    found = json.loads(out)
    assert (found["before"], found["after"], found["changed"]) == (1, 2, {})
    (changed,) = [part for part in found["body"] if part["change"] == "changed"]
    assert (changed["before"], changed["after"]) == ("今年新建支部十二个。", "今年新建支部十五个。")
    assert (
        "".join(piece["text"] for piece in changed["pieces"] if piece["change"] != "added")
        == changed["before"]
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((OTHER, "--diff"), "one text only"),
        ((URL, "--diff", "--revision", "1"), "no text before revision 1"),
        ((URL, "--diff", "--revision", "9"), "no revision 9"),
        ((URL, "--diff", "--html"), "choose one"),
    ],
)
def test_what_cannot_be_compared_is_said(
    archive: Path, capfd: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    code, out, err = shown(capfd, archive, *words)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_an_article_that_was_missing_says_when(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with running(tmp_path, URL, OTHER) as writer:
        for page in (article(URL), article(OTHER)):
            visit_article(writer, page, taken(writer))
    with running(tmp_path, URL, OTHER) as writer:
        capture = writer.capture(exchange(URL, b"no", status=404))
        writer.finish(
            Visit(entry=taken(writer), outcome=Outcome.MISSING, capture=capture, reason="status 404")
        )
        visit_article(writer, article(OTHER), taken(writer))
        writer.judge_absences()
    _, out, _ = shown(capfd, tmp_path, URL)
    assert ", missing\n" in out
    assert out.endswith("missing status 404\n")
