"""PURE. Two guides of ours to begin with; a venture copies them and makes them its own.

In English like everything people type: from the copy on they are the venture's words.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ReadyGuide:
    """`questions`: text, and the numbers of the eleven questions it tests."""

    key: str
    name: str
    kind: str
    aim: str
    questions: tuple[tuple[str, tuple[int, ...]], ...]


READY: Final = (
    ReadyGuide(
        key="problem",
        name="First talk: problem",
        kind="problem",
        aim="Which problem they really have, what they do about it, and what it costs.",
        questions=(
            ("Walk me through your last working day, from the start.", (4,)),
            ("Which part of it went worst?", (1, 5)),
            ("Tell me about the last time that happened.", (1,)),
            ("What did you do then?", (1, 3)),
            ("What did it cost you, in hours or in money?", (2,)),
            ("What have you tried so far to be rid of it?", (3, 6)),
            ("Who else did it affect?", (4,)),
            ("Who had to say yes the last time you bought something for this?", (2, 8)),
            ("What should I have asked you and did not?", (1,)),
            ("Who else has this trouble? Please introduce me to them.", (6, 8)),
        ),
    ),
    ReadyGuide(
        key="solution",
        name="After the demo: solution",
        kind="solution",
        aim="Whether what they saw touches the problem they told us about before.",
        questions=(
            ("What was the last case in which you needed something like this?", (1,)),
            ("How did you get through it without?", (3,)),
            ("Which part of what you saw belongs to that case?", (3,)),
            ("What was missing for that case?", (3, 5)),
            ("What do you pay today to get that done, and from which budget?", (2, 9)),
            ("Which step of your work did this leave as it was?", (3, 4)),
            ("Who else has to see it before anything changes here?", (8,)),
            ("Which step do we take next, and on which day?", (6, 8)),
        ),
    ),
)
BY_KEY: Final = {guide.key: guide for guide in READY}
