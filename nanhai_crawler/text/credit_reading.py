"""A byline half read: the people so far, and what waits for the next word."""

from dataclasses import dataclass, field

from nanhai_crawler.text.roles import PHOTOGRAPHER, is_reporting, role_of


@dataclass(kw_only=True, slots=True)
class Person:
    """One credit in the making; its role may still change with the next mark."""

    role: str | None
    name: str | None
    organization: str | None


@dataclass(kw_only=True, slots=True)
class Reading:
    """What has been read so far.

    ``frame`` is the mark that stands over what follows (文/ …), ``role`` the role word after it,
    ``explicit`` whether a colon or stroke follows either. ``organization`` waits for the role or name it
    belongs to; ``group_organization`` is the one of the names that follow. ``sure`` is true where only
    names can stand: in a dateline, after 文/. ``settled`` people have their role for good. ``understood``
    is true when something was credited without a name (受访者供图), ``summary`` the word when that was
    综合整理 or its like.
    """

    people: list[Person] = field(default_factory=list)
    settled: int = 0
    frame: str | None = None
    role: str | None = None
    explicit: bool = False
    organization: str | None = None
    group_organization: str | None = None
    named_since_role: bool = False
    sure: bool = False
    summary: str | None = None
    understood: bool = False

    def add(self, name: str | None, organization: str | None) -> None:
        """One more person or organization has the role that stands over this place."""
        role = self.role if self.role is not None else self.frame
        if self.frame == PHOTOGRAPHER and self.role is not None and is_reporting(self.role):
            role = PHOTOGRAPHER
        role = role_of(role) if role is not None else None
        self.people.append(Person(role=role, name=name, organization=organization))
        self.named_since_role = True

    def close_group(self) -> None:
        """An organization that no name or role took is credited itself."""
        if self.organization is not None:
            self.add(None, self.organization)
            self.organization = None
        self.group_organization = None

    def settle(self, role: str) -> None:
        """Give a role to the names before it; 摄 takes reporters too, 文 and 报道 leave them as they are."""
        if self.organization is not None:
            self.people.append(Person(role=None, name=None, organization=self.organization))
            self.organization = None
        for person in self.people[self.settled :]:
            if person.role is None or (role == PHOTOGRAPHER and is_reporting(person.role)):
                person.role = role
        self.settled = len(self.people)
        self.role = self.frame = self.group_organization = None
        self.explicit, self.understood = False, True
