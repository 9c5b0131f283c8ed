"""Captures: one fetch at one instant, a row each, and the payloads that are kept already."""

from sqlalchemy import Connection, Insert, Select, Update, bindparam, insert, select, update

from nanhai_crawler.items import PageReading
from nanhai_crawler.store.ids import next_id
from nanhai_crawler.store.models import CaptureRow
from nanhai_crawler.store.snapshots import SnapshotWriter
from nanhai_crawler.store.warc import NOT_MODIFIED, Original, sha256, target_uri
from nanhai_crawler.visits import Capture, Exchange

OK = 200
INSERT: Insert = insert(CaptureRow)
DESCRIBE: Update = (
    update(CaptureRow)
    .where(CaptureRow.id == bindparam("capture"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("kind", "kind_evidence", "charset", "charset_evidence", "charset_declared")
        }
    )
)
#: The first record that has a payload, of those that have one.
ORIGINAL: Select[str, str, str] = (
    select(CaptureRow.url, CaptureRow.time, CaptureRow.payload_digest)
    .where(CaptureRow.payload_digest == bindparam("digest"), CaptureRow.record_type == "response")
    .order_by(CaptureRow.id)
    .limit(1)
)
LATEST_DIGEST: Select[str] = (
    select(CaptureRow.payload_digest)
    .where(CaptureRow.url == bindparam("url"), CaptureRow.status.in_((OK, NOT_MODIFIED)))
    .order_by(CaptureRow.time.desc(), CaptureRow.id.desc())
    .limit(1)
)
FIELDS = tuple(Capture.__dataclass_fields__)


class Captures:
    """What this run captures: the snapshot at once, the row at the next :meth:`flush`."""

    def __init__(self, connection: Connection, snapshots: SnapshotWriter, run_id: int) -> None:
        self._connection = connection
        self._snapshots = snapshots
        self._run_id = run_id
        self._next_id = next_id(connection, CaptureRow.id)
        self._rows: dict[int, dict[str, object]] = {}
        self._payloads: dict[str, Original] = {}
        self._descriptions: list[dict[str, object]] = []

    def keep(self, exchange: Exchange) -> Capture:
        """The exchange is in a WARC file; its row waits for :meth:`flush`.

        A 304 stands for the payload that the URL gave last, and has its digest; ``payload_length`` is what
        was received.
        """
        digest = sha256(exchange.payload)
        original = self._original(exchange, digest)
        place = self._snapshots.write(exchange, digest, original)
        capture = Capture(
            id=self._next_id,
            run_id=self._run_id,
            url=target_uri(exchange.url),
            time=exchange.time,
            status=exchange.status,
            media_type=media_type(header(exchange, "content-type")),
            payload_digest=original.payload_digest if original else digest,
            payload_length=len(exchange.payload),
            record_type="revisit" if original else "response",
            warc_file=place.warc_file,
            warc_offset=place.offset,
            warc_length=place.length,
            etag=header(exchange, "etag"),
            last_modified=header(exchange, "last-modified"),
        )
        self._next_id += 1
        self._remember(capture, exchange.ip_address)
        return capture

    def describe(self, capture_id: int, reading: PageReading) -> None:
        """The capture's row says what its page was understood to be."""
        words: dict[str, object] = {
            "kind": str(reading.kind),
            "kind_evidence": reading.kind_evidence,
            "charset": reading.charset or None,
            "charset_evidence": reading.charset_evidence,
            "charset_declared": reading.charset_declared,
        }
        if capture_id in self._rows:
            self._rows[capture_id].update(words)
        else:
            self._descriptions.append(
                {"capture": capture_id, **{f"new_{name}": words[name] for name in words}}
            )

    def by_id(self, capture_id: int) -> Capture:
        """The capture that was kept under that number."""
        self.flush()
        columns = (getattr(CaptureRow, name) for name in FIELDS)
        row = self._connection.execute(select(*columns).where(CaptureRow.id == capture_id)).one()
        return Capture(**row._mapping)

    def flush(self) -> None:
        """All rows are in the open transaction."""
        if self._rows:
            self._connection.execute(INSERT, list(self._rows.values()))
            self._rows.clear()
            self._payloads.clear()
        if self._descriptions:
            self._connection.execute(DESCRIBE, self._descriptions)
            self._descriptions.clear()

    def _remember(self, capture: Capture, ip_address: str | None) -> None:
        row: dict[str, object] = {name: getattr(capture, name) for name in FIELDS}
        row["ip_address"] = ip_address
        row.update(kind=None, kind_evidence=None, charset=None, charset_evidence=None, charset_declared=None)
        self._rows[capture.id] = row
        if capture.record_type == "response":
            original = Original(url=capture.url, time=capture.time, payload_digest=capture.payload_digest)
            self._payloads.setdefault(capture.payload_digest, original)

    def _original(self, exchange: Exchange, digest: str) -> Original | None:
        """The record whose payload this exchange repeats; null for a new payload, or none at all."""
        if exchange.status != NOT_MODIFIED:
            return self._with_payload(digest) if exchange.payload else None
        url = target_uri(exchange.url)
        for row in reversed(self._rows.values()):
            if row["url"] == url and row["status"] in {OK, NOT_MODIFIED}:
                return self._with_payload(str(row["payload_digest"]))
        latest = self._connection.execute(LATEST_DIGEST, {"url": url}).scalar()
        return self._with_payload(latest) if latest else None

    def _with_payload(self, digest: str) -> Original | None:
        pending = self._payloads.get(digest)
        if pending is not None:
            return pending
        row = self._connection.execute(ORIGINAL, {"digest": digest}).first()
        return Original(url=row[0], time=row[1], payload_digest=row[2]) if row else None


def header(exchange: Exchange, name: str) -> str | None:
    """The first value of a response header; null where there is none."""
    return next((value for known, value in exchange.response_headers if known.lower() == name), None)


def media_type(content_type: str | None) -> str | None:
    """``text/html`` of ``Text/HTML; charset=gbk``; null for nothing."""
    return (content_type or "").partition(";")[0].strip().lower() or None
