"""PURE. How much of everything a demonstration venture holds."""

from dataclasses import dataclass, replace

FIRST_IS_LARGER = 25


@dataclass(frozen=True)
class Size:
    """Counts for one venture; `quotes` and `linked` are for each interview."""

    segments: int = 3
    organisations: int = 60
    people: int = 120
    interviews: int = 200
    quotes: int = 4
    linked: int = 2
    rounds: int = 12
    metrics: int = 8
    drifting: int = 2
    weeks: int = 52
    problems: int = 12
    needs: int = 12
    features: int = 8
    hypotheses: int = 6
    tags: int = 20
    guides: int = 3
    responses: int = 20
    commitments: int = 6
    comments: int = 30
    reps: int = 3
    quarters: int = 6
    deals: int = 12

    def times(self, factor: int) -> "Size":
        """More of what lists show. Segments, rounds, weeks and quarters stay
        what they are."""
        return replace(
            self,
            organisations=self.organisations * factor,
            people=self.people * factor,
            interviews=self.interviews * factor,
            metrics=self.metrics * factor,
            drifting=self.drifting * factor,
            problems=self.problems * factor,
            responses=self.responses * factor,
            commitments=self.commitments * factor,
            comments=self.comments * factor,
            reps=self.reps * factor,
            deals=self.deals * factor,
        )


def size_of(number: int, scale: int = 1) -> Size:
    """Ventures count from 0; the first is larger than the others."""
    return Size().times(scale * (FIRST_IS_LARGER if number == 0 else 1))
