"""PURE. The shapes the illustrative part of the sample is written in."""

from dataclasses import dataclass

MARK = "Illustrative talk, not historical."


@dataclass(frozen=True)
class Link:
    """`to`: the number of a question, or a kind and a key such as "problem/evening",
    "hypothesis/window", "rung/1"."""

    to: int | str
    grade: int
    stance: str


def speaks_for(*targets: int | str, grade: int = 3) -> tuple[Link, ...]:
    return tuple(Link(to, grade, "supports") for to in targets)


def speaks_against(*targets: int | str, grade: int = 3) -> tuple[Link, ...]:
    return tuple(Link(to, grade, "contradicts") for to in targets)


@dataclass(frozen=True)
class Said:
    """Exact words of a talk. Without links they wait in the inbox."""

    words: str
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    is_prompted: bool = False


@dataclass(frozen=True)
class Who:
    """`step_in`: days from the loading to the step agreed; None leaves it undated."""

    name: str
    role_title: str
    roles: tuple[str, ...] = ("user",)
    source: str = "cold"
    referred_by: str = ""
    recognition: str = ""
    consent: str = "quote"
    is_related: bool = False
    step_in: int | None = None


@dataclass(frozen=True)
class Talk:
    """`told`: paragraphs; `{0}`, `{1}` … stand for the words that became quotes."""

    who: Who
    days_ago: int
    told: str
    said: tuple[Said, ...] = ()
    kind: str = "problem"
    pitched: str = "never"
    channel: str = "in_person"
    has_guide: bool = True
    by_founder: bool = False
    next_step: str = ""

    @property
    def notes(self) -> str:
        """Each paragraph in one line, with the words as they were said."""
        words = [said.words for said in self.said]
        parts = [" ".join(part.split()) for part in self.told.split("\n\n")]
        return "\n\n".join([MARK, *(part.format(*words) for part in parts)])


@dataclass(frozen=True)
class Belief:
    """A hypothesis with the marks it was registered with, and where it went."""

    key: str
    fields: dict[str, object]
    decide_in: int
    registered_ago: int
    # state, days ago, reason
    steps: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True)
class Claim:
    """What each founder claims; the reasons are their own."""

    question: int
    values: tuple[int, int]
    reasons: tuple[str, str]
