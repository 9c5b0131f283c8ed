"""Whether the files are those that the manifests name, and the manifests the ones that were written."""

from collections.abc import Iterator
from pathlib import Path

from nanhai_crawler.store.as_left import as_left_path, is_log_open
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.losses import Losses
from nanhai_crawler.store.manifests import manifest_number, manifest_paths
from nanhai_crawler.store.sums import Sum, read_sums, sum_file
from nanhai_crawler.store.verification.finding import Finding, Progress, Thing

_ASIDE = "put it back from a copy if there is one; else --repair sets it aside and writes the loss down"
_THINGS = {"warc": Thing.WARC, "reports": Thing.REPORT, "manifests": Thing.MANIFEST}


def check_chain(folder: ArchiveFolder, losses: Losses) -> Iterator[Finding]:
    """Cheap: every manifest can be read, and names the one before it, whose number is one less."""
    paths = {manifest_number(path): path for path in manifest_paths(folder)}
    for number in range(1, max(paths, default=0) + 1):
        name = f"manifests/nanhai-{number:05}.sha256"
        if number not in paths:
            if name not in losses:
                yield _finding(name, "not there", "the chain of manifests is broken; a copy may have it")
            continue
        sums = read_sums(paths[number])
        named = [one for one in sums or () if one.name.startswith("manifests/")]
        before = f"manifests/nanhai-{number - 1:05}.sha256"
        if sums is None:
            yield _finding(name, "not as this program writes it", "it was altered")
        elif number > 1 and [one.name for one in named] != [before] and before not in losses:
            yield _finding(name, "does not name the manifest before it", "the chain of manifests is broken")


def check_sums(
    folder: ArchiveFolder, losses: Losses, progress: Progress, *, warcs: bool
) -> Iterator[Finding]:
    """Every file that a manifest names is there, byte for byte; the large ones only when ``warcs``."""
    altered = altered_manifests(folder)
    for path in manifest_paths(folder):
        for one in read_sums(path) or ():
            if one.name not in losses and (path not in altered or one.name.startswith("manifests/")):
                yield from _check(
                    folder, one, path, progress, bytewise=warcs or not one.name.startswith("warc/")
                )


def altered_manifests(folder: ArchiveFolder) -> set[Path]:
    """Manifests that are not what the next one, or what the last run left, says: they accuse no other file."""
    sources = [*manifest_paths(folder)[1:], as_left_path(folder)]
    sums = {one.name: one.digest for path in sources if path.is_file() for one in read_sums(path) or ()}
    names = {path: f"manifests/{path.name}" for path in manifest_paths(folder)}
    return {path for path, name in names.items() if sums.get(name) not in {None, sum_file(path)}}


def check_as_left(folder: ArchiveFolder) -> Iterator[Finding]:
    """Database, README and newest manifest are what the last run left; nothing where no run left sums of them."""
    path = as_left_path(folder)
    if not path.exists():
        return
    sums = read_sums(path)
    if sums is None or [one.name for one in sums[:1]] != [folder.database.name]:
        yield _changed(f"manifests/{path.name}", "not as this program writes it")
        return
    if is_log_open(folder):
        yield _changed(folder.database.name, "there is a log beside it with changes of some other program")
    found = list(_altered(folder, sums, path.name))
    if path.exists():  # else a crawl has begun meanwhile, and changes what it likes
        yield from found


def _altered(folder: ArchiveFolder, sums: list[Sum], source: str) -> Iterator[Finding]:
    for one in sums:
        if not (folder.path / one.name).is_file():
            yield _changed(one.name, "not there")
        elif sum_file(folder.path / one.name) != one.digest:
            yield _changed(one.name, f"not as the last run left it (SHA-256 in manifests/{source})")


def _check(
    folder: ArchiveFolder, one: Sum, manifest: Path, progress: Progress, *, bytewise: bool
) -> Iterator[Finding]:
    path = folder.path / one.name
    if not path.is_file():
        yield _finding(
            one.name, f"not there, though manifests/{manifest.name} names it", "what it held is lost"
        )
    elif bytewise:
        size, done = path.stat().st_size, 0

        def read(count: int) -> None:
            nonlocal done
            done += count
            progress(one.name, done, size)

        if sum_file(path, read) != one.digest:
            yield _finding(
                one.name,
                f"not the bytes that manifests/{manifest.name} names",
                "it was altered since its run ended, or the manifest was",
            )


def _finding(name: str, what: str, meaning: str) -> Finding:
    thing = _THINGS.get(name.partition("/")[0], Thing.MANIFEST)
    return Finding(
        thing=thing, where=name, what=what, meaning=meaning, remedy=_ASIDE, file=name.removeprefix("warc/")
    )


def is_by_sum(finding: Finding) -> bool:
    """Whether nothing but a manifest says it, so that the manifest may be what is wrong."""
    return finding.remedy == _ASIDE


def _changed(name: str, what: str) -> Finding:
    return Finding(
        thing=Thing.SEAL,
        where=name,
        what=what,
        meaning="something else than this program changed it, or the sums of it",
        remedy="if you did and all else is sound, --repair takes it as it is; else put it back from a copy",
    )
