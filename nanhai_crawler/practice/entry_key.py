"""The 23 digits in an article's address: the moment of entry, and six that its number is read back from."""

from datetime import datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))

#: Six digits follow the moment: multiplying by a number that shares no factor with 10**6 scatters article
#: numbers over them, and its inverse finds the number again without any table.
SPAN = 10**6
SCATTER, OFFSET = 387_421, 260_711
GATHER = pow(SCATTER, -1, SPAN)

#: Composed articles are entered between these days, the years that the real addresses show.
FIRST_DAY = datetime(2018, 3, 1, tzinfo=SHANGHAI)
DAYS = 2466
#: 2**32 divided by the golden ratio: its multiples fall evenly into any number of days (Knuth, TAOCP 3, 6.4).
GOLDEN = 2_654_435_769


def entry_key(moment: datetime, number: int) -> str:
    """The 23 digits for article ``number`` entered at ``moment``."""
    digits = (number * SCATTER + OFFSET) % SPAN
    return f"{moment:%Y%m%d%H%M%S}{moment.microsecond // 1000:03d}{digits:06d}"


def number_in(key: str) -> int:
    """The article number that a key's last six digits stand for; the rest of the key is not looked at."""
    return (int(key[17:]) - OFFSET) * GATHER % SPAN


def moment_in(key: str) -> datetime:
    """The moment of entry, to the millisecond."""
    parts = (key[0:4], key[4:6], key[6:8], key[8:10], key[10:12], key[12:14])
    year, month, day, hour, minute, second = map(int, parts)
    return datetime(year, month, day, hour, minute, second, int(key[14:17]) * 1000, tzinfo=SHANGHAI)


def composed_moment(number: int) -> datetime:
    """When a composed article was entered: scattered over the years, in office hours."""
    spread = number * GOLDEN % 2**32
    seconds = number * 40_503 % 36_000  # ten hours from eight o'clock
    moment = FIRST_DAY + timedelta(days=spread * DAYS >> 32, hours=8, seconds=seconds)
    return moment.replace(microsecond=(number * 617 + 29) % 1000 * 1000)
