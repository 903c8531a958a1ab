"""What the team and its advisors say to each other, in threads of three."""

from datetime import timedelta

from core.models import User
from forecasts.models import Metric
from interviews.models import Quote
from milestones.models import Question
from portfolio.models import Comment, CommentDraft, Thread
from portfolio.seeding.market import Seeder
from portfolio.seeding.team import Team

IN_A_THREAD = 3
# how many threads apart: those for founders alone, and those that are resolved
HIDDEN, RESOLVED = 5, 3


def seed_comments(
    seeder: Seeder, metrics: list[Metric], quotes: list[Quote], team: Team
) -> list[Thread]:
    questions = Question.objects.in_workspace(seeder.workspace).order_by("number", "pk")
    subjects = [*metrics[:8], *quotes[:8], *questions[:8]]
    threads = Thread.objects.bulk_create(
        thread_of(seeder, subjects[(number * 7) % len(subjects)], number, team)
        for number in range(seeder.size.comments // IN_A_THREAD)
    )
    Comment.objects.bulk_create(
        comment_of(seeder, threads[number // IN_A_THREAD], number, team)
        for number in range(seeder.size.comments)
    )
    CommentDraft.objects.create(
        **seeder.common,
        **seeder.marks("commentdraft", "text"),
        by=team.founders[0],
        place=f"thread:{threads[0].pk}",
        saved_at=seeder.now,
    )
    return threads


def thread_of(
    seeder: Seeder, subject: Metric | Quote | Question, number: int, team: Team
) -> Thread:
    is_resolved, is_hidden = number % RESOLVED == 1, number % HIDDEN == 0
    opened_by = team.founders[1] if is_hidden else team.advisors[0]
    return Thread(
        **seeder.common,
        **{type(subject).__name__.lower(): subject},
        is_founders_only=is_hidden,
        opened_by=opened_by,
        opened_at=said_at(seeder, number * IN_A_THREAD),
        resolved_by=team.founders[0] if is_resolved else None,
        resolved_at=seeder.now if is_resolved else None,
    )


def comment_of(seeder: Seeder, thread: Thread, number: int, team: Team) -> Comment:
    at = said_at(seeder, number)
    return Comment(
        **seeder.common,
        **seeder.marks("comment", "text"),
        thread=thread,
        number=number + 1,
        by=speaker(thread, number % IN_A_THREAD, team),
        written_at=at,
        saved_at=at,
    )


def speaker(thread: Thread, place: int, team: Team) -> User:
    """Who opened it asks, an owner answers, and the first says one word more."""
    return team.founders[0] if place == 1 else thread.opened_by


def said_at(seeder: Seeder, number: int):
    """The last one an hour ago."""
    return seeder.now - timedelta(hours=seeder.size.comments - number)
