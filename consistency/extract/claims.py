"""Claims: who said or did what to whom, about what, how firmly, at the level of the clause.

The speaker is named before the verb ("Qin stressed"), behind it ("…, a souligné M. Blinken"), by a source ("according
to the ministry"), by "both sides", or carried over from the clause or sentence before. What follows the verb, up to
the next one, is what was said. Words and acts are data of the packs; names, offices and places are the mentions that
the extractors before found.

Not handled: a pronoun that leaps over another person, and reported speech inside reported speech.
"""

from __future__ import annotations

from collections.abc import Sequence

from consistency.extract.acts import act_phrases, force_of
from consistency.extract.clauses import Clause, speaker_words, split_clauses
from consistency.extract.issuers import country_of_issuer
from consistency.extract.negation import find_negations, knows_negation
from consistency.extract.speakers import Candidate, Memory, addressee_of, candidates_in, speaker_of
from consistency.extract.topics import topics_in
from consistency.languages.loader import language_table
from consistency.types import (
    Claim,
    Mention,
    MentionKind,
    Polarity,
    Role,
    Segmented,
    SentenceKind,
    Unchecked,
)

_LEAST = {True: 8, False: 4}
"""Letters behind the verb, in spaced and unspaced languages, that are more than the rest of it."""


def find_claims(
    text: Segmented, mentions: Sequence[Mention]
) -> tuple[tuple[Claim, ...], tuple[Unchecked, ...]]:
    """The document's statements in order of place; they cover its sentences without overlap.

    `mentions` are those of the extractors before, in any order. A language without data on acts gives no claims and
    one entry that says so.
    """
    if act_phrases(text.language) is None or speaker_words(text.language) is None:
        unread = Unchecked(
            text.document.id, 0, len(text.text), "claims", f"no data on speech acts in {text.language!r}"
        )
        return (), (unread,) if text.text else ()
    own = own_country(text)
    candidates = candidates_in(text, mentions, own)
    claims: list[Claim] = []
    memory = Memory()
    paragraph = -1
    for sentence in text.sentences:
        if sentence.kind is SentenceKind.DATELINE:
            continue
        if sentence.kind is SentenceKind.HEADLINE:
            memory = Memory()
        words = speaker_words(text.language)
        memory.goes_on = words is not None and words.carries_over and sentence.paragraph == paragraph
        paragraph = sentence.paragraph
        inside = [c for c in candidates if sentence.start <= c.start and c.end <= sentence.end]
        clauses = split_clauses(text, sentence, [(c.start, c.end) for c in inside])
        for number, clause in enumerate(clauses):
            claims.append(
                _claim(
                    text, clause, sentence.index, number == 0, inside, memory, mentions, own, len(claims) + 1
                )
            )
        if sentence.kind is SentenceKind.HEADLINE:
            memory = Memory()
    return tuple(claims), ()


def _claim(
    text: Segmented,
    clause: Clause,
    sentence: int,
    is_first: bool,
    candidates: Sequence[Candidate],
    memory: Memory,
    mentions: Sequence[Mention],
    own: str | None,
    number: int,
) -> Claim:
    speaker = speaker_of(text, clause, is_first, candidates, memory)
    if clause.act is not None:
        act = clause.act
    elif is_first and not (memory.goes_on and speaker is not None and speaker is memory.speaker):
        act = "state"
    else:
        act = memory.act
    memory.act = act
    if not (
        clause.act is None and is_first and memory.goes_on and speaker is not None and speaker.kind == "party"
    ):
        memory.speaker = speaker  # 据中方统计，…: a source in passing does not take the floor
    if speaker is None:
        memory.person = None
    if speaker is not None and speaker.kind == "person":
        memory.person = speaker
    if speaker is not None and speaker.kind == "joint":
        memory.joint = speaker
    said_start = clause.end if clause.act_end is None else clause.act_end
    said_start, said_end = _proposition(text, clause, said_start)
    negations = tuple(
        (cue.start, cue.end)
        for cue in find_negations(text.folded, text.language, clause.start, clause.end)
        if cue.kind == "negation" and not _inside_name(cue.start, mentions)
    )
    knows = knows_negation(text.language)
    return Claim(
        id=f"{text.document.id}:c{number}",
        document=text.document.id,
        sentence=sentence,
        start=clause.start,
        end=clause.end,
        act=act,
        force=force_of(act),
        polarity=Polarity.NEGATIVE if knows and len(negations) % 2 else Polarity.POSITIVE,
        speaker=speaker,
        addressee=addressee_of(clause, candidates, speaker),
        act_start=clause.act_start,
        act_end=clause.act_end,
        proposition_start=said_start,
        proposition_end=said_end,
        negation=negations,
        topics=topics_in(text.folded, text.language, clause.start, clause.end),
        mentions=tuple(m.id for m in mentions if clause.start <= m.start and m.end <= clause.end),
        is_second_hand=bool(
            own
            and speaker is not None
            and speaker.kind in ("person", "party")
            and speaker.country not in (None, own)
        ),
    )


def _proposition(text: Segmented, clause: Clause, behind: int) -> tuple[int, int]:
    """What was said: behind the verb, or before it where the verb closes the clause, or the whole clause."""
    if clause.act_start is None:
        return clause.start, clause.end
    start = behind
    while start < clause.end and (text.text[start].isspace() or text.text[start] in ",，:：;；"):
        start += 1
    if (
        sum(character.isalnum() for character in text.text[start : clause.end])
        >= _LEAST[language_table(text.language).spaced]
    ):
        return start, clause.end
    end = clause.act_start
    while end > clause.start and (text.text[end - 1].isspace() or text.text[end - 1] in ",，"):
        end -= 1
    return (clause.start, end) if end > clause.start else (clause.start, clause.end)


def _inside_name(position: int, mentions: Sequence[Mention]) -> bool:
    """Whether a character belongs to a name: the 不 of 那不勒斯 denies nothing."""
    names = (MentionKind.PERSON, MentionKind.PLACE, MentionKind.ORGANISATION)
    return any(m.start <= position < m.end for m in mentions if m.kind in names)


def own_country(text: Segmented) -> str | None:
    """The country whose account the document is: of its issuer, as far as the issuer's name tells.

    ISO 3166 alpha-2 or 'eu'; None for a copy, and where no issuer is given or its name holds no country.
    """
    issuer = text.document.issuer
    if not issuer or text.document.role is Role.COPY:
        return None
    return country_of_issuer(issuer, text.language)
