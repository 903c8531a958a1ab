"""PURE. A ceiling in sentences: why it is so high, what raises it, what holds it."""

from dataclasses import dataclass

from milestones.statistics.wilson import Interval
from milestones.support import (
    ANSWERED_BY_TALKS,
    RULES,
    Case,
    Ceiling,
    Lack,
    Need,
    Piece,
    Rules,
    Tally,
    Verdict,
    ceiling,
    counts,
    is_from_fair_talk,
    is_overdue,
)


@dataclass(frozen=True)
class Support:
    """`level` 0 to 5. `told` of `asked` fresh voices is the share behind `verdict`.

    `lowered_by`: what keeps it from the next level now. `left_out`: what counts for
    nothing or for less, and what would hold it further up. `is_outweighed`: more voices
    speak against it, unanswered, than for it.
    """

    level: int
    reasons: tuple[str, ...]
    raise_by: tuple[str, ...]
    lowered_by: tuple[str, ...]
    verdict: Verdict
    share: str
    signal: Interval
    told: int
    asked: int
    talks: int
    voices: int
    against: int
    unanswered: int
    is_outweighed: bool
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Words:
    """One and many of what is counted for this question."""

    talk: tuple[str, str]
    voice: tuple[str, str]
    strong: str


_TALK = ("qualifying interview", "qualifying interviews")
_ORGANISATION = ("organisation", "organisations")
_PERSON = ("person", "people")
_PIECE = ("piece of evidence", "pieces of evidence")
_COMPLIMENT = ("compliment or promise", "compliments or promises")
_OPINION = ("opinion of our own", "opinions of our own")
_PROMPTED = ("account we prompted", "accounts we prompted")
_SOURCE = ("source", "sources")


def assess(case: Case, rules: Rules = RULES) -> Support:
    found = ceiling(case, rules)
    tally = found.tally
    words = _words(case)
    lowered_by, left_out = _weakened(case, found, rules)
    return Support(
        level=found.level,
        reasons=_reasons(case, found.level, tally, words),
        raise_by=tuple(_need(need, words, rules) for need in found.needs),
        lowered_by=lowered_by,
        left_out=left_out,
        verdict=found.verdict,
        share=_share(tally, found.verdict, words),
        signal=found.signal,
        told=tally.fresh_told,
        asked=tally.fresh_asked,
        talks=tally.talks,
        voices=tally.voices,
        against=tally.against,
        unanswered=tally.unanswered,
        is_outweighed=tally.unanswered_voices > tally.told,
    )


def _words(case: Case) -> _Words:
    if case.number not in ANSWERED_BY_TALKS:
        return _Words(_PIECE, _SOURCE, "at E3 or better")
    voice = _PERSON if case.of_consumers else _ORGANISATION
    return _Words(_TALK, voice, "telling it unprompted (E3 or better)")


def amount(count: int, words: tuple[str, str]) -> str:
    return f"{count} {words[0] if count == 1 else words[1]}"


def _more(count: int, words: tuple[str, str]) -> str:
    return f"{count} more {words[0] if count == 1 else words[1]}"


def _reasons(case: Case, level: int, tally: Tally, words: _Words) -> tuple[str, ...]:
    talks, voices = amount(tally.talks, words.talk), amount(tally.voices, words.voice)
    searched = (
        "Evidence against it is recorded."
        if tally.against
        else "Evidence against it was looked for and not found."
    )
    ladder = (
        ("The answer is written so that it can prove wrong.",),
        (f"{amount(tally.agreeing_talks, words.talk)} agreed (E2 or better).",),
        (
            f"{talks} from {voices}; {tally.told} of them {words.strong}.",
            searched,
        ),
        (
            f"{amount(tally.verified, words.voice)} verified it lately (E4 or better).",
            _surely(case, tally, words),
        ),
        ("A prediction registered beforehand came true on new customers.",),
    )
    said = tuple(line for step in ladder[:level] for line in step)
    if case.number in ANSWERED_BY_TALKS:
        return said or ("No answer is written yet.",)
    rule = "Talks do not answer this one: numbers and documents are counted."
    return (*(said or ("No answer is written yet.",)), rule)


def _surely(case: Case, tally: Tally, words: _Words) -> str:
    if case.signal is not None:
        return "The question's own signal supports it."
    voices = amount(tally.fresh_asked, words.voice)
    return (
        f"{tally.fresh_told} of {voices}: even counted cautiously this is half or more."
    )


def _need(need: Need, words: _Words, rules: Rules) -> str:
    talks = _more(need.count, words.talk)
    voices = _more(need.count, words.voice)
    linked = " with something linked" if words.talk == _TALK else ""
    agreeing = "that agrees" if need.count == 1 else "that agree"
    against = amount(need.count, _PIECE)
    texts = {
        Lack.ANSWER: "Write the answer: who, what, how much, by when.",
        Lack.AGREEING_TALKS: f"{talks}{linked} {agreeing} (E2 or better).",
        Lack.TALKS: f"{talks}{linked} (E3 or better).",
        Lack.VOICES: f"Evidence from {voices}.",
        Lack.PATTERN: f"{voices} {words.strong}.",
        Lack.DISPUTED: f"Too small a share: {voices} {words.strong}.",
        Lack.SEARCH: "Record evidence against it, or that you looked and found none.",
        Lack.VERIFIED: f"{voices} verified by what they did (E4 or better), "
        f"within {rules.fresh_days} days.",
        Lack.SHARE: f"{voices} in a row {words.strong}.",
        Lack.UNANSWERED: f"Answer {against} against it (E3 or better).",
        Lack.SIGNAL: "The question's own signal supports it: see the signals below.",
        Lack.CHALLENGE: f"Answer the challenge that is open for {rules.challenge_days} "
        "days or more, or lower the score.",
        Lack.PREDICTION: "A hypothesis about this question, registered beforehand, "
        "that came true on new customers.",
        Lack.PAID: f"Somebody who paid, within {rules.fresh_days} days (E6 or better).",
    }
    return texts[need.lack]


def _share(tally: Tally, verdict: Verdict, words: _Words) -> str:
    """The share behind the verdict, with its n; empty when nobody was asked lately."""
    others = amount(tally.only_agreed, words.voice)
    if not tally.fresh_asked:
        return f"Lately {others} only agreed (E2)." if tally.only_agreed else ""
    meant = {
        Verdict.SUPPORTS: "Even counted cautiously that is half or more.",
        Verdict.CONTRADICTS: "Even counted hopefully that is less than half.",
        Verdict.CANNOT_SAY: "Too few or too close to say whether that is half or more.",
    }
    voices = amount(tally.fresh_asked, words.voice)
    said = f"Lately {tally.fresh_told} of {voices} {words.strong}. {meant[verdict]}"
    if not tally.only_agreed:
        return said
    return f"{said} Left out: {others} that only agreed (E2)."


# what a cap, or age, can keep from its place on the ladder
_HELD_AT_THREE = {Lack.UNANSWERED, Lack.CHALLENGE}
_AGED = {Lack.VERIFIED, Lack.SHARE, Lack.PAID}


def _weakened(
    case: Case, found: Ceiling, rules: Rules
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What binds now, and the rest."""
    lacks = {need.lack for need in found.needs}
    binding: list[str] = []
    rest: list[str] = []
    for text in _caps(case, found.tally, rules):
        if lacks & _HELD_AT_THREE:
            binding.append(f"{text}: at most 3 counts.")
        else:
            rest.append(f"{text}: holds it at 3 once it gets there.")
    rest += _counting_less(found.tally)
    if found.tally.stale:
        aged = amount(found.tally.stale, _PIECE)
        text = f"{aged} older than {rules.fresh_days} days: counts nothing towards 4 and 5."
        (binding if lacks & _AGED else rest).append(text)
    return tuple(binding), tuple(rest)


def _caps(case: Case, tally: Tally, rules: Rules) -> list[str]:
    found = []
    if is_overdue(case, rules):
        found.append(f"A challenge is open for {rules.challenge_days} days or more")
    if tally.unanswered:
        found.append(f"{amount(tally.unanswered, _PIECE)} unanswered against it (E3)")
    return found


def _counting_less(tally: Tally) -> list[str]:
    held = (
        (tally.not_qualifying, _PIECE, " from talks that do not qualify: counts 0."),
        (tally.related, _PIECE, " from related parties: counts 0."),
        (tally.compliments, _COMPLIMENT, " (E1): counts 0."),
        (tally.opinions, _OPINION, " (E0): counts 0."),
        (tally.prompted, _PROMPTED, ": counts as agreement (E2)."),
    )
    return [f"{amount(count, noun)}{what}" for count, noun, what in held if count]


def why_not(piece: Piece, number: int) -> str:
    """Why this piece counts 0 for the question, or an empty text when it counts."""
    if counts(piece, number):
        return "Prompted: counts as E2." if piece.strength != piece.grade else ""
    if piece.is_related:
        return "Counts 0: a related party."
    if not is_from_fair_talk(piece, number):
        return "Counts 0: the talk does not qualify."
    if piece.grade == 1:
        return "Counts 0: praise, or talk about the future."
    return "Counts 0: our own opinion."
