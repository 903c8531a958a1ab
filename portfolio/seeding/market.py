"""Segments, organisations, people, problems, needs, features and hypotheses."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.models import User, Workspace
from discovery.models import (
    BuyingRole,
    Feature,
    Hypothesis,
    HypothesisStatus,
    ModelVersion,
    Need,
    Organisation,
    Person,
    Problem,
    Segment,
    Source,
)
from portfolio.seeding.dice import Canaries, Dice
from portfolio.seeding.sizes import Size


@dataclass(frozen=True)
class Market:
    segments: list[Segment]
    organisations: list[Organisation]
    people: list[Person]
    problems: list[Problem]
    needs: list[Need]
    features: list[Feature]
    hypotheses: list[Hypothesis]


@dataclass(frozen=True)
class Seeder:
    """What every part of a venture is made with."""

    workspace: Workspace
    dice: Dice
    canaries: Canaries
    size: Size
    now: datetime

    @property
    def common(self) -> dict[str, object]:
        return {"id": self.dice.id(), "workspace": self.workspace}

    def marks(self, model: str, *names: str) -> dict[str, str]:
        return self.canaries.marks(model, *names)


def seed_market(seeder: Seeder, by: User) -> Market:
    segments = seed_segments(seeder)
    organisations = seed_organisations(seeder)
    people = seed_people(seeder, segments, organisations, by)
    problems = seed_problems(seeder, segments)
    return Market(
        segments,
        organisations,
        people,
        problems,
        seed_needs(seeder, segments, problems),
        seed_features(seeder, problems),
        seed_hypotheses(seeder, segments, by),
    )


def seed_segments(seeder: Seeder) -> list[Segment]:
    version = ModelVersion.objects.create(
        **seeder.common,
        number=1,
        started_on=seeder.now.date() - timedelta(days=400),
        **seeder.marks("modelversion", "what_changed"),
    )
    return Segment.objects.bulk_create(
        Segment(
            **seeder.common,
            **seeder.marks("segment", "name", "who", "where"),
            status=Segment.Status.ACTIVE,
            model_version=version,
            created_at=seeder.now - timedelta(days=400 - number),
        )
        for number in range(seeder.size.segments)
    )


def seed_organisations(seeder: Seeder) -> list[Organisation]:
    return Organisation.objects.bulk_create(
        Organisation(
            **seeder.common,
            **seeder.marks("organisation", "name", "size"),
            pseudonym=f"Organisation {number + 1}",
            source=seeder.dice.one(Source.values),
            is_related_party=seeder.dice.happens(0.03),
            created_at=seeder.now - timedelta(days=390),
        )
        for number in range(seeder.size.organisations)
    )


def seed_people(seeder, segments, organisations, by):
    people = [
        person_of(seeder, number, segments, organisations, by)
        for number in range(seeder.size.people)
    ]
    Person.objects.bulk_create(people, batch_size=500)
    BuyingRole.objects.bulk_create(
        (
            BuyingRole(**seeder.common, person=person, role=role)
            for person in people
            for role in seeder.dice.some(BuyingRole.Role.values, 1 + number_of(seeder))
        ),
        batch_size=500,
    )
    return people


def number_of(seeder):
    return seeder.dice.below(2)


def person_of(seeder, number, segments, organisations, by):
    dice = seeder.dice
    address = seeder.canaries.mark("person", "email").lower()
    return Person(
        **seeder.common,
        **seeder.marks(
            "person", "name", "role_title", "phone", "next_step", "consent_how"
        ),
        email=f"{address}@interviewee.example",
        pseudonym=f"Person {number + 1}",
        organisation=organisations[number % len(organisations)],
        segment=segments[number % len(segments)],
        source=dice.one(Source.values),
        recognition=dice.one(Person.Recognition.values),
        consent=dice.one([Person.Consent.NOTES, Person.Consent.QUOTE]),
        consent_on=seeder.now.date() - timedelta(days=380),
        consent_by=by,
        next_step_on=seeder.now.date() + timedelta(days=dice.below(60) - 30),
        created_at=seeder.now - timedelta(days=380),
    )


def seed_problems(seeder: Seeder, segments: list[Segment]) -> list[Problem]:
    names = ("statement", "trigger", "frequency", "consequence", "workaround")
    return Problem.objects.bulk_create(
        Problem(
            **seeder.common,
            **seeder.marks("problem", *names),
            segment=segments[number % len(segments)],
            status=seeder.dice.one([Problem.Status.SUSPECTED, Problem.Status.HEARD]),
            created_at=seeder.now - timedelta(days=370),
        )
        for number in range(seeder.size.problems)
    )


def seed_needs(seeder, segments, problems):
    """One in four is a main need, the others stand below the one of their segment."""
    needs: list[Need] = []
    for number in range(seeder.size.needs):
        segment = segments[number % len(segments)]
        above = next((n for n in needs if n.segment is segment and n.level == 1), None)
        needs.append(
            Need(
                **seeder.common,
                **seeder.marks("need", "outcome"),
                segment=segment,
                parent=above,
                level=2 if above else 1,
                created_at=seeder.now - timedelta(days=360 - number),
            )
        )
    Need.objects.bulk_create(needs)
    link = Need.problems.through
    link.objects.bulk_create(
        link(need=need, problem=problems[number % len(problems)])
        for number, need in enumerate(needs)
    )
    return needs


def seed_features(seeder, problems):
    features = Feature.objects.bulk_create(
        Feature(
            **seeder.common,
            **seeder.marks("feature", "name", "what"),
            stage=seeder.dice.one(Feature.Stage.values),
            created_at=seeder.now - timedelta(days=350),
        )
        for _number in range(seeder.size.features)
    )
    link = Feature.problems.through
    link.objects.bulk_create(
        link(feature=feature, problem=problem)
        for feature in features
        for problem in seeder.dice.some(problems, 2)
    )
    return features


def seed_hypotheses(seeder, segments, by):
    names = ("statement", "measure", "pass_mark", "fail_mark")
    registered_at = seeder.now - timedelta(days=300)
    hypotheses = Hypothesis.objects.bulk_create(
        Hypothesis(
            **seeder.common,
            **seeder.marks("hypothesis", *names),
            segment=segments[number % len(segments)],
            questions=[1 + number % 11],
            decide_by=seeder.now.date() + timedelta(days=30),
            is_critical=number == 0,
            created_by=by,
            created_at=registered_at,
            registered_at=registered_at,
        )
        for number in range(seeder.size.hypotheses)
    )
    HypothesisStatus.objects.bulk_create(
        HypothesisStatus(
            **seeder.common,
            **seeder.marks("hypothesisstatus", "reason"),
            hypothesis=hypothesis,
            status=HypothesisStatus.Status.REGISTERED,
            by=by,
            at=registered_at,
        )
        for hypothesis in hypotheses
    )
    return hypotheses
