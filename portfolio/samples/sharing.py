"""Writes what the founders ask of their advisor, and up to where she has read."""

from portfolio.actions.reading import ask_advisors, mark_read


def add_sharing(sample, asked, read_ago):
    """`asked`: days ago and words; `read_ago`: the days on which she marked it as read."""
    for ago, words in asked:
        sample.then(ago, ask, sample, ago, words)
    for ago in read_ago:
        sample.then(ago, read, sample, ago)


def ask(sample, ago, words):
    now = sample.ago(ago)
    ask_advisors(sample.workspace, by=sample.owner, now=now, text=words)


def read(sample, ago):
    now = sample.ago(ago)
    mark_read(sample.workspace, by=sample.advisor, now=now, seen_until=now)
