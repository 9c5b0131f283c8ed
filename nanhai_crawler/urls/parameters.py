"""Session and tracking parameters: parts of a URL that name a visit, not a page."""

import re

#: Parameters that carry a session: Java, PHP, ASP(.NET), ColdFusion, and the plain word.
SESSION_PARAMETERS = frozenset(
    {"jsessionid", "phpsessid", "asp.net_sessionid", "sessionid", "session_id", "cfid", "cftoken"}
)

#: Parameters that advertisers and counters add (Alibaba's spm, Baidu's hm*, Google's, Facebook's,
#: Microsoft's, Yandex's click ids, WeChat's share marks). Short names with other meanings elsewhere (from,
#: sid, t) are not here.
TRACKING_PARAMETERS = frozenset(
    {
        "spm", "scm", "hmsr", "hmpl", "hmcu", "hmkw", "hmci", "bd_vid", "gclid", "dclid", "fbclid", "msclkid",
        "yclid", "_ga", "_gl", "isappinstalled", "nsukey", "share_token", "wx_share",
    }
)  # fmt: skip

#: Beginnings that mark a whole family: Google Analytics' campaign marks, classic ASP's numbered session ids.
DROPPED_BEGINNINGS = ("utm_", "aspsessionid")

_DROPPED = SESSION_PARAMETERS | TRACKING_PARAMETERS
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?;]*", re.IGNORECASE)


def without_path_session(path: str) -> str:
    """The path without ``;jsessionid=…``."""
    return _PATH_SESSION.sub("", path) if ";" in path else path


def without_visit(query: str) -> str:
    """The query without session and tracking parameters; the others stay as they are, in their order."""
    return "&".join(part for part in query.split("&") if not _names_a_visit(part))


def _names_a_visit(part: str) -> bool:
    name = part.partition("=")[0].lower()
    return name in _DROPPED or name.startswith(DROPPED_BEGINNINGS)
