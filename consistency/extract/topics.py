"""Topics of a stretch of text: what it is about, by the words of the packs. Data only; nothing is learnt."""

from __future__ import annotations

import tomllib
from functools import cache

from pydantic import TypeAdapter

from consistency.errors import LanguageError
from consistency.languages.loader import PACKS, PhraseMatcher, Table, fold, has_table, read_table


class TopicTable(Table):
    """One topic of `topics.toml`."""

    words: tuple[str, ...]


@cache
def topic_titles() -> dict[str, str]:
    """Topic id -> English title, in the order of the map."""
    with (PACKS / "topics.toml").open("rb") as file:
        return TypeAdapter(dict[str, str]).validate_python(tomllib.load(file))


@cache
def _matcher(language: str) -> PhraseMatcher[tuple[str, ...]] | None:
    if not has_table(language, "topics"):
        return None
    tables = TypeAdapter(dict[str, TopicTable]).validate_python(read_table(language, "topics"))
    phrases: dict[str, list[str]] = {}
    for topic, table in tables.items():
        if topic not in topic_titles():
            raise LanguageError(f"languages/{language}/topics.toml: no topic {topic!r} in topics.toml")
        for word in table.words:
            known = phrases.setdefault(fold(word, language), [])
            if topic not in known:
                known.append(topic)
    return PhraseMatcher({word: tuple(topics) for word, topics in phrases.items()}, language)


def topics_in(folded: str, language: str, start: int, end: int) -> tuple[str, ...]:
    """Ids of the topics whose words stand inside ``folded[start:end]``, in the order of the map."""
    matcher = _matcher(language)
    if matcher is None:
        return ()
    found = {topic for _, _, topics in matcher.find(folded, start, end) for topic in topics}
    return tuple(topic for topic in topic_titles() if topic in found)
