"""Which articles there are, in which column, in which order; each is made when asked for, and not kept."""

from array import array
from functools import lru_cache

from nanhai_crawler.errors import UsageError
from nanhai_crawler.practice.columns import COLUMNS, Column
from nanhai_crawler.practice.composer import compose, compose_card
from nanhai_crawler.practice.entry_key import number_in
from nanhai_crawler.practice.manuscript import manuscripts
from nanhai_crawler.practice.story import Card, Story

#: Cards kept at hand: neighbours and lists ask for the same few again and again (0.4 kB each).
_CARDS_KEPT = 4096


class Catalogue:
    """The articles 0 … ``count`` - 1: first the hand-written ones, then as many composed ones as are wanted.

    Raises UsageError when ``count`` is less than the hand-written ones. Holds 8 bytes an article.
    """

    def __init__(self, count: int) -> None:
        self.first_composed = len(manuscripts())
        if count < self.first_composed:
            raise UsageError(
                f"the practice site has at least {self.first_composed} articles; asked for {count}"
            )
        self.count = count
        self.card = lru_cache(_CARDS_KEPT)(self._card)
        self._listed, self._places = self._sorted_into_columns()

    def _card(self, number: int) -> Card:
        """What lists show of an article."""
        if number < self.first_composed:
            return manuscripts()[number].story.card
        return compose_card(number, self.first_composed)

    def story(self, number: int) -> Story:
        """The whole article."""
        if number < self.first_composed:
            return manuscripts()[number].story
        return compose(self.card(number), self.first_composed)

    def number_of(self, key: str) -> int | None:
        """The number of the article with this key, or null when there is none."""
        number = number_in(key)
        return number if number < self.count and self.card(number).key == key else None

    def listed(self, column: Column) -> "array[int]":
        """The numbers of a column's articles, the newest first, without those that no list shows."""
        return self._listed[column.number]

    def is_unlisted(self, number: int) -> bool:
        """Whether no list shows the article."""
        return number < self.first_composed and manuscripts()[number].unlisted

    def neighbours(self, number: int, reach: int) -> list[Card]:
        """Up to ``reach`` newer and as many older articles of the same list, the newest first; not itself."""
        if self.is_unlisted(number):
            return []
        listed, place = self.listed(self.card(number).column), self._places[number]
        near = listed[max(0, place - reach) : place + reach + 1]
        return [self.card(other) for other in near if other != number]

    def _sorted_into_columns(self) -> tuple[dict[int, "array[int]"], "array[int]"]:
        members: dict[int, list[tuple[str, int]]] = {column.number: [] for column in COLUMNS}
        for number in range(self.count):
            if not self.is_unlisted(number):
                card = self._card(number)
                members[card.column.number].append((card.key, number))
        places = array("L", bytes(array("L").itemsize * self.count))
        listed = {}
        for column, keyed in members.items():
            listed[column] = array("L", (number for _, number in sorted(keyed, reverse=True)))
            for place, number in enumerate(listed[column]):
                places[number] = place
        return listed, places
