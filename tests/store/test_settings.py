"""``nanhai.toml``: what is there is heard, what is wrong is one line that names the file, the key and what is allowed."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from nanhai_crawler.errors import FormError
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.settings import ArchiveSettings, read_settings


def read(tmp_path: Path, text: str) -> ArchiveSettings:
    (tmp_path / "nanhai.toml").write_text(text, encoding="utf-8")
    return read_settings(ArchiveFolder(tmp_path))


def test_an_archive_without_settings_has_the_program_s(tmp_path: Path) -> None:
    assert (
        read_settings(ArchiveFolder(tmp_path / "none"))
        == ArchiveSettings()
        == read(tmp_path, "# all by default\n")
    )


def test_every_setting_is_heard(tmp_path: Path) -> None:
    text = (
        'contact = "archive@example.org"\nsites = ["wmw", "文明"]\ndelay_s = 2\n'
        'report_to = "mail -s nanhai me"\nkeep_logs_days = 30\nmin_free_mb = 100\n'
    )
    assert read(tmp_path, text) == ArchiveSettings(
        contact="archive@example.org",
        sites=("wmw", "文明"),
        delay_s=2.0,
        report_to="mail -s nanhai me",
        keep_logs_days=30,
        min_free_mb=100,
    )


@pytest.mark.parametrize(
    ("text", "saying"),
    [
        ("contcat = 'a@b.example'", "contcat is no key here; there are: contact, sites, delay_s"),
        ("contact = 5", "contact should be a valid string, not 5"),
        ("contact = '某人'", "contact:"),
        ("contact = ''", "contact:"),
        ("contact = 'nobody'", 'contact: "nobody" is no mail address or URL'),
        ("""report_to = "mail 'me" """, "report_to: mail 'me: No closing quotation"),
        ("sites = 'wmw'", 'sites should be a valid array, not "wmw"'),
        ("sites = [1]", "sites[1] should be a valid string, not 1"),
        ("delay_s = 'slow'", 'delay_s should be a valid number, not "slow"'),
        ("delay_s = -1", "delay_s: -1.0 is not between 0 and 3600 seconds"),
        ("report_to = ' '", "report_to is empty"),
        ("keep_logs_days = 1.5", "keep_logs_days should be a valid integer, not 1.5"),
        ("keep_logs_days = -1", "keep_logs_days: -1 is less than 0"),
        ("min_free_mb = true", "min_free_mb should be a valid integer, not true"),
        ("[crawl]\ndelay_s = 1", "crawl is no key here"),
        ("delay_s = 1\ndelay_s = 2", "no TOML"),
        ("contact = 5\ndelay_s = 'x'", "not 5; delay_s should"),
    ],
)
def test_what_cannot_be_is_told_on_one_line(text: str, saying: str, tmp_path: Path) -> None:
    with pytest.raises(FormError) as error:
        read(tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path / 'nanhai.toml'}: ")
    assert saying in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_in_the_place_of_the_settings_is_told(tmp_path: Path) -> None:
    (tmp_path / "nanhai.toml").mkdir()
    with pytest.raises(FormError, match="Is a directory"):
        read_settings(ArchiveFolder(tmp_path))


def test_a_new_archive_has_settings_to_fill_in_that_change_nothing(tmp_path: Path) -> None:
    folder = ArchiveFolder(tmp_path / "a")
    folder.prepare()
    assert read_settings(folder) == ArchiveSettings()
    written = folder.settings.read_text(encoding="utf-8")
    filled = re.sub(r"(?m)^# (?=[a-z_]+ = )", "", written)
    named = set(tomllib.loads(filled))
    assert named == {field.name for field in fields(ArchiveSettings)}
    folder.settings.write_text(filled, encoding="utf-8")
    assert read_settings(folder).keep_logs_days == ArchiveSettings().keep_logs_days


def test_settings_that_a_person_wrote_or_removed_are_left_as_they_are(tmp_path: Path) -> None:
    folder = ArchiveFolder(tmp_path)
    folder.settings.write_text("delay_s = 2\n")
    folder.prepare()
    assert folder.settings.read_text() == "delay_s = 2\n"
    folder.settings.unlink()
    folder.prepare()
    assert not folder.settings.exists()
