"""Names in Chinese text: dotted transliterations, names beside an office, family name and context, transliteration odds.

Nothing is decided by a dictionary of people alone. A transliterated name is found by how its characters follow each
other (log odds against running text, learnt from names); a Chinese name by its family name and by what stands on both
sides. Strength as in `persons_cased`.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from consistency.extract.names_table import Names, name_odds
from consistency.extract.persons_cased import FAIR, STRONG, WEAK, Candidate, Surroundings
from consistency.types import Segmented

DOTS = "·•・‧∙．⋅"
MIN_ODDS = 7.0
"""Log odds from which a run of characters counts as a transliteration. See docs/names.md for the trade-off."""
SUPPORTED_ODDS = 1.0
"""As MIN_ODDS, for a run beside an office or honorific."""
LONGEST_PART = 8
LONGEST_CHINESE = 4

_HAN = "\u4e00-\u9fff"
_DOTTED = re.compile(rf"[{_HAN}A-Z]{{1,9}}(?:\s?[{DOTS}]\s?(?:[{_HAN}]{{1,9}}|[A-Z](?=[{DOTS}])))+")
_RUN = re.compile(rf"[{_HAN}]{{2,}}")
_LATIN = re.compile(r"[A-Z][A-Za-zÀ-ÿ’'.-]*(?: (?:[A-Z][A-Za-zÀ-ÿ’'.-]*|de|von|van|der|bin|al))*")


def candidates(
    text: Segmented, names: Names, around: Surroundings, forms: Mapping[str, bool]
) -> list[Candidate]:
    """All stretches that may name a person, in text order, none overlapping.

    `forms` are names of the reference in this language: form -> whether it is a full name.
    """
    taken = [False] * (len(text.text) + 1)
    found: list[Candidate] = []

    def take(candidate: Candidate | None) -> None:
        if candidate is not None and not any(taken[candidate.start : candidate.end]):
            found.append(candidate)
            taken[candidate.start : candidate.end] = [True] * (candidate.end - candidate.start)

    for start, end in around.offices:
        taken[start:end] = [True] * (end - start)
    for candidate in _dotted(text, names, around):
        take(candidate)
    for start, end, _ in around.places:
        taken[start:end] = [True] * (end - start)
    for candidate in _known(text, names, forms):
        take(candidate)
    for candidate in _beside_office(text, names, around, taken):
        take(candidate)
    for candidate in _repeats(text, found):
        take(candidate)
    for candidate in _chinese(text, names, around, taken):
        take(candidate)
    for candidate in _transliterated(text, names, taken):
        take(candidate)
    for candidate in _latin(text, names, around):
        take(candidate)
    return sorted(_second_look(text, found), key=lambda c: c.start)


BARRIER = -12.0
"""Odds of a character that no transliteration uses: it ends a name."""
LEFT_OVER = 4.0
"""Cost of one character left between a name and a punctuation mark: the name reaches to the mark."""


def odds_of(names: Names, form: str) -> float:
    """Log odds that the characters are one transliterated name, ends included."""
    odds = name_odds(names.language)
    if not form or not odds:
        return -99.0
    total = odds.get("^" + form[0], BARRIER) + odds.get(form[-1] + "$", BARRIER)
    for first, second in itertools.pairwise(form):
        total += odds.get(first + second, min(odds.get(second, BARRIER), 1.0))
        if second in names.table.before_name:
            total -= 3.0
    return total


def _dotted(text: Segmented, names: Names, around: Surroundings) -> list[Candidate]:
    found = []
    for match in _DOTTED.finditer(text.folded):
        for start, end in _single_names(text, names, *match.span()):
            dots = [m.start() for m in re.finditer(f"[{DOTS}]", text.folded[start:end])]
            first_end, last_start = start + dots[0], start + dots[-1] + 1
            while text.folded[last_start].isspace():
                last_start += 1
            office = around.office_before(first_end)
            if office is not None and start < around.offices[office][1] <= first_end:
                start = around.offices[office][1]
            start = _best_start(text, names, start, first_end)
            stop = next((a for a, _ in around.offices if last_start < a < end), end)
            end = _best_end(text, names, last_start, stop)
            if start >= first_end or end <= last_start:
                continue
            spans = _parts(text.folded, start, end)
            found.append(Candidate(start, end, STRONG, "full", spans[-1], spans[0], None, spans))
    return found


def _single_names(text: Segmented, names: Names, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the dotted names in a dotted stretch: 迈克·李和奥林·哈奇 is two."""
    dots = [start + m.start() for m in re.finditer(f"[{DOTS}]", text.folded[start:end])]
    cuts = [start]
    for before, after in itertools.pairwise(dots):
        part = text.folded[before + 1 : after]
        joints = [i for i, c in enumerate(part) if c in names.table.before_name and 0 < i < len(part) - 1]
        fits = [i for i in joints if _joint_odds(names, part, i) < 0]
        if fits:
            cuts.append(before + 1 + fits[0] + 1)
    cuts.append(end)
    spans = []
    for a, b in itertools.pairwise(cuts):
        last = b if b == end else b - 1
        if any(a < dot < last for dot in dots):
            spans.append((a, last))
    return spans


def _joint_odds(names: Names, part: str, index: int) -> float:
    """Log odds that the character at `index` belongs to the name around it: negative for 和 in 李和奥林."""
    odds = name_odds(names.language)
    around = part[index - 1 : index + 2]
    return odds.get(around[:2], BARRIER) + odds.get(around[1:], BARRIER)


def _parts(folded: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple(
        (start + m.start(), start + m.end()) for m in re.finditer(rf"[^{DOTS}\s]+", folded[start:end])
    )


def _best_start(text: Segmented, names: Names, start: int, end: int) -> int:
    """Where the first part of a dotted name begins inside the run of characters in front of the dot."""
    folded = text.folded
    best, best_score = end, -1e9
    for at in range(max(start, end - LONGEST_PART), end):
        form = folded[at:end]
        score = odds_of(names, form) - _stop_cost(names, form)
        before = folded[at - 1 : at] if at > start else ""
        led = folded[max(0, at - 4) : at]
        if (
            at == start
            or before in names.table.before_name
            or folded[max(start, at - 2) : at] in names.common
            or any(led.endswith(word) for word in names.place_words | names.organisation_words)
        ):
            score += 3.0
        elif at == start + 1:
            score -= LEFT_OVER
        if at > start and before + form[0] in names.common:
            score -= 3.0
        if score > best_score or (score == best_score and at < best):
            best, best_score = at, score
    return best


def _best_end(text: Segmented, names: Names, start: int, end: int) -> int:
    """Where the last part of a dotted name ends inside the run of characters behind the dot."""
    folded = text.folded
    best, best_score = start, -1e9
    for at in range(start + 1, min(end, start + LONGEST_PART) + 1):
        form = folded[start:at]
        score = odds_of(names, form) - _stop_cost(names, form)
        following = folded[at : min(end, at + 4)]
        if at == end or any(following.startswith(v) for v in names.speech_verbs | names.honorifics):
            score += 3.0
        elif folded[at : at + 2] in names.common:
            score += 2.0
        elif at == end - 1:
            score -= LEFT_OVER
        if at - start >= 2 and form[-2:] in names.common:
            score -= 4.0
        if at < end and form[-1] + following[:1] in names.common:
            score -= 3.0
        if score > best_score:
            best, best_score = at, score
    return best


def _stop_cost(names: Names, form: str) -> float:
    return 6.0 if form in names.common else 0.0


@cache
def _reference_pattern(forms: tuple[str, ...]) -> re.Pattern[str] | None:
    return (
        re.compile("|".join(re.escape(f) for f in sorted(forms, key=lambda f: (-len(f), f))))
        if forms
        else None
    )


def _known(text: Segmented, names: Names, forms: Mapping[str, bool]) -> list[Candidate]:
    pattern = _reference_pattern(tuple(sorted(forms)))
    found = []
    for match in pattern.finditer(text.folded) if pattern else ():
        is_full = forms[match.group()]
        spans = _parts(text.folded, match.start(), match.end())
        family, given = (
            (spans[-1], spans[0]) if len(spans) > 1 else _split_chinese(names, text.folded, *match.span())
        )
        following = text.folded[match.end() : match.end() + 3]
        if (
            any(following.startswith(w) for w in names.place_words | names.organisation_words)
            and len(match.group()) < 4
        ):
            continue
        found.append(
            Candidate(
                *match.span(),
                STRONG,
                "full" if is_full else "surname",
                family if is_full else match.span(),
                given if is_full else None,
                None,
                spans,
            )
        )
    return found


def _split_chinese(
    names: Names, folded: str, start: int, end: int
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    size = family_length(names, folded[start:end])
    return ((start, start + size), (start + size, end)) if size and start + size < end else (None, None)


@cache
def _families(names: Names) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset("".join(names.table.surnames.split())), frozenset(names.table.compound.split())


def family_length(names: Names, form: str) -> int:
    """Characters of the Chinese family name that the form begins with; 0 where it begins with none."""
    single, compound = _families(names)
    return 2 if form[:2] in compound else 1 if form[:1] in single else 0


def _beside_office(text: Segmented, names: Names, around: Surroundings, taken: list[bool]) -> list[Candidate]:
    found = []
    for _, end in around.offices:
        start = end
        while text.folded[start : start + 1] in ("“", "(", " ") and start < end + 1:
            start += 1
        if candidate := _starting_at(text, names, start, taken, None):
            found.append(candidate)
    for start, _ in around.offices:
        if candidate := _ending_at(text, names, start, taken, None):
            found.append(candidate)
    pattern = re.compile("|".join(re.escape(h) for h in sorted(names.honorifics, key=len, reverse=True)))
    for match in pattern.finditer(text.folded):
        if candidate := _ending_at(text, names, match.start(), taken, match.group()):
            found.append(candidate)
    return found


def _free(text: Segmented, taken: list[bool], start: int, limit: int) -> int:
    """End of the stretch of free Chinese characters from `start`, at most `limit` long."""
    end = start
    while (
        end < len(text.folded)
        and end - start < limit
        and not taken[end]
        and re.match(f"[{_HAN}]", text.folded[end])
    ):
        end += 1
    return end


def _starting_at(
    text: Segmented, names: Names, start: int, taken: list[bool], honorific: str | None
) -> Candidate | None:
    """The name that begins at `start`, right behind an office."""
    stop = _free(text, taken, start, LONGEST_PART)
    best: tuple[float, int, bool] | None = None
    for end in range(start + 2, stop + 1):
        form = text.folded[start:end]
        following = text.folded[end : end + 3]
        closes = (end == stop and stop - start < LONGEST_PART) or any(
            following.startswith(v) for v in names.speech_verbs
        )
        odds = odds_of(names, form)
        score = (
            odds
            + (2.5 if closes else 0.0)
            - (8.0 if form in names.common or form in names.not_names else 0.0)
        )
        is_chinese = False
        if family_length(names, form) and end - start <= 3 + (family_length(names, form) == 2):
            chinese = 3.0 + (4.0 if closes else -3.0) - (6.0 if form in names.common else 0.0)
            chinese -= 4.0 * any(form[i : i + 2] in names.common for i in range(len(form) - 1))
            if chinese > score:
                score, is_chinese = chinese, True
        if best is None or score > best[0]:
            best = (score, end, is_chinese)
    if best is None or best[0] < SUPPORTED_ODDS + 2.0:
        return None
    return _plain(text, names, start, best[1], STRONG, honorific, best[2])


def _ending_at(
    text: Segmented, names: Names, end: int, taken: list[bool], honorific: str | None
) -> Candidate | None:
    """The name that ends at `end`, right in front of an office or honorific."""
    low = end
    while (
        low > 0
        and end - low < LONGEST_PART
        and not taken[low - 1]
        and re.match(f"[{_HAN}]", text.folded[low - 1])
    ):
        low -= 1
    best: tuple[float, int, bool] | None = None
    for start in range(low, end - 1):
        form = text.folded[start:end]
        before = text.folded[max(0, start - 1) : start]
        opens = start == low or before in names.table.before_name
        score = odds_of(names, form) + (2.0 if opens else 0.0) - (8.0 if form in names.common else 0.0)
        is_chinese = False
        if family_length(names, form) and len(form) <= 3:
            chinese = 2.0 + (3.0 if opens else -2.0) - (6.0 if form in names.common else 0.0)
            chinese -= 4.0 * any(form[i : i + 2] in names.common for i in range(len(form) - 1))
            if chinese > score:
                score, is_chinese = chinese, True
        if best is None or score > best[0]:
            best = (score, start, is_chinese)
    if honorific and end - low >= 1 and (best is None or best[0] < SUPPORTED_ODDS + 2.0):
        single, compound = _families(names)
        if text.folded[end - 2 : end] in compound:
            return Candidate(
                end - 2, end, STRONG, "surname", (end - 2, end), None, honorific, ((end - 2, end),)
            )
        if text.folded[end - 1] in single and (
            end - low == 1 or text.folded[end - 2] in names.table.before_name
        ):
            return Candidate(
                end - 1, end, STRONG, "surname", (end - 1, end), None, honorific, ((end - 1, end),)
            )
    if best is None or best[0] < SUPPORTED_ODDS + 2.0:
        return None
    return _plain(text, names, best[1], end, STRONG, honorific, best[2])


def _plain(
    text: Segmented,
    names: Names,
    start: int,
    end: int,
    strength: int,
    honorific: str | None,
    is_chinese: bool,
) -> Candidate:
    """A name without a dot: a Chinese full name, or one part of a foreign one."""
    if is_chinese:
        family, given = _split_chinese(names, text.folded, start, end)
        return Candidate(start, end, strength, "full", family, given, honorific, ((start, end),))
    return Candidate(start, end, strength, "surname", (start, end), None, honorific, ((start, end),))


def _repeats(text: Segmented, found: Sequence[Candidate]) -> list[Candidate]:
    """Further places where a name, or a part of a dotted name, that is sure already stands."""
    forms: dict[str, Candidate] = {}
    for candidate in found:
        if candidate.strength >= FAIR:
            for start, end in candidate.words:
                if end - start >= 2:
                    forms.setdefault(text.folded[start:end], candidate)
    pattern = _reference_pattern(tuple(sorted(forms)))
    repeats = []
    for match in pattern.finditer(text.folded) if pattern else ():
        first = forms[match.group()]
        is_whole = len(first.words) == 1
        shift = match.start() - first.start
        repeats.append(
            Candidate(
                *match.span(),
                FAIR,
                first.form if is_whole else "surname",
                (first.family[0] + shift, first.family[1] + shift)
                if is_whole and first.family
                else match.span(),
                (first.given[0] + shift, first.given[1] + shift) if is_whole and first.given else None,
                None,
                (match.span(),),
            )
        )
    return repeats


def _chinese(text: Segmented, names: Names, around: Surroundings, taken: list[bool]) -> list[Candidate]:
    """Names of two or three characters that begin with a family name, by what stands on both sides."""
    single, compound = _families(names)
    folded = text.folded
    scored: list[tuple[float, int, int]] = []
    for start in range(len(folded) - 1):
        if folded[start] not in single and folded[start : start + 2] not in compound:
            continue
        base = 2 if folded[start : start + 2] in compound else 1
        before = folded[start - 1] if start else "。"
        opens = not re.match(f"[{_HAN}]", before) or before in names.table.before_name or taken[start - 1]
        if not opens:
            continue
        for end in (start + base + 1, start + base + 2):
            form = folded[start:end]
            if any(taken[start:end]) or not re.fullmatch(f"[{_HAN}]+", form) or form in names.not_names:
                continue
            if end - start > 2 and odds_of(names, form) >= MIN_ODDS:
                continue  # 林格伦 begins with a family name and is Lindgren
            score = 0.0
            following = folded[end : end + 3]
            if any(following.startswith(verb) for verb in names.speech_verbs if len(verb) > 1):
                score += 3.0
            elif following[:1] in names.speech_verbs or not re.match(f"[{_HAN}]", following[:1] or "。"):
                score += 1.5
            else:
                score -= 2.0
            if form in names.common:
                score -= 8.0
            score -= 3.0 * sum(form[i : i + 2] in names.common for i in range(len(form) - 1))
            # A word across the right edge: 高度|评价 shows as 度评 being no word but 评价 being one.
            if re.match(f"[{_HAN}]", following[:1] or "。") and form[-1] + following[:1] in names.common:
                score -= 2.5
            if before + form[0] in names.common:
                score -= 2.5
            score += 0.5 * (end - start - base == 2)
            scored.append((score, start, end))
    repeated = Counter(folded[start:end] for _, start, end in scored)
    found = []
    for score, start, end in sorted(scored, key=lambda item: (-item[0], item[1])):
        score += 1.5 * (repeated[folded[start:end]] > 1)
        if score >= 3.0:
            found.append(_plain(text, names, start, end, FAIR, None, True))
        elif score >= 1.5:
            found.append(_plain(text, names, start, end, WEAK, None, True))
    return found


def _transliterated(text: Segmented, names: Names, taken: list[bool]) -> list[Candidate]:
    """Stretches whose characters follow each other as in transliterated names."""
    odds = name_odds(names.language)
    found = []
    for match in _RUN.finditer(text.folded):
        position = match.start()
        while position < match.end() - 1:
            best: tuple[float, int] | None = None
            if not taken[position] and "^" + text.folded[position] in odds:
                stop = _free(text, taken, position, LONGEST_PART)
                for end in range(position + 2, stop + 1):
                    form = text.folded[position:end]
                    if form[-1] + "$" not in odds:
                        break
                    score = _transliteration_score(text, names, position, end)
                    if best is None or score > best[0]:
                        best = (score, end)
            if best is not None and best[0] >= MIN_ODDS - 3.0:
                later = max(
                    (
                        _transliteration_score(text, names, at, best[1])
                        for at in range(position + 1, best[1] - 1)
                    ),
                    default=-99.0,
                )
                if later > best[0]:
                    position += 1
                    continue
                end = best[1]
                following = text.folded[end : end + 4]
                if not any(following.startswith(w) for w in names.place_words | names.organisation_words):
                    strength = FAIR if best[0] >= MIN_ODDS else WEAK
                    found.append(_plain(text, names, position, end, strength, None, False))
                position = end
            else:
                position += 1
    return found


def _transliteration_score(text: Segmented, names: Names, start: int, end: int) -> float:
    form = text.folded[start:end]
    score = odds_of(names, form)
    if form in names.common or form in names.not_names:
        return -9.0
    score -= 3.0 * sum(form[i : i + 2] in names.common for i in range(len(form) - 1))
    after = text.folded[end - 1 : end + 1]
    before = text.folded[max(0, start - 1) : start + 1]
    if after in names.common:
        score -= 3.0
    if before in names.common:
        score -= 3.0
    if any(text.folded.startswith(verb, end) for verb in names.speech_verbs):
        score += 1.0
    if not re.match(f"[{_HAN}]", before[:1] if start else "。"):
        score += 2.0
    elif before[:1] in names.table.before_name:
        score += 0.5
    elif start == 1 or not re.match(f"[{_HAN}]", text.folded[start - 2]):
        score -= LEFT_OVER
    if end < len(text.folded) and re.match(f"[{_HAN}]", text.folded[end]):
        if end + 1 == len(text.folded) or not re.match(f"[{_HAN}]", text.folded[end + 1]):
            score -= LEFT_OVER
    else:
        score += 1.0
    return score


def _latin(text: Segmented, names: Names, around: Surroundings) -> list[Candidate]:
    """Names left in Latin letters inside Chinese text, in brackets behind a name or in its place."""
    found = []
    for match in _LATIN.finditer(text.text):
        start, end = match.span()
        while end > start and text.text[end - 1] in ".'’-":
            end -= 1
        surface = text.text[start:end]
        if (surface.isupper() and " " not in surface) or len(surface) < 3 or around.place_over(start, end):
            continue
        following = text.folded[end : end + 4].lstrip()
        called = any(following.startswith(h) for h in names.honorifics)
        bracketed = text.text[start - 1 : start] in "(（" or text.text[max(0, start - 2) : start] in (
            "( ",
            "（ ",
        )
        strength = STRONG if called or (bracketed and " " in surface) else WEAK
        words = tuple((start + m.start(), start + m.end()) for m in re.finditer(r"[^\s.]+", surface))
        form = "full" if len(words) > 1 else "surname"
        found.append(
            Candidate(
                start, end, strength, form, words[-1], words[0] if form == "full" else None, None, words
            )
        )
    return found


def _second_look(text: Segmented, found: list[Candidate]) -> list[Candidate]:
    """Lift weak candidates that stand more than once; a chance run seldom repeats."""
    from dataclasses import replace

    counts = Counter(text.folded[c.start : c.end] for c in found)
    return [
        replace(c, strength=FAIR) if c.strength == WEAK and counts[text.folded[c.start : c.end]] > 1 else c
        for c in found
    ]
