"""The data model: what every stage reads and writes.

Frozen, slotted dataclasses of the standard library only. Spans are half-open code point offsets
(``start <= i < end``) into ``Document.text``, the text after front matter has been removed and nothing else.
Nothing here parses, compares or decides; `consistency.checker` alone knows the order of the stages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class Role(StrEnum):
    """What a document is: one party's own version, or a text that derives from the accounts."""

    ACCOUNT = "account"
    COPY = "copy"


class Severity(StrEnum):
    """How much a finding matters: a factual conflict, a divergence to look at, a difference for the map."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for note, 1 for warning, 2 for error."""
        return ("note", "warning", "error").index(self.value)


class Family(StrEnum):
    """The kind of fact that a finding is about (part of the report contract)."""

    NAME = "name"
    OFFICE = "office"
    DATE = "date"
    QUANTITY = "quantity"
    PLACE = "place"
    ATTRIBUTION = "attribution"
    POLARITY = "polarity"
    MODALITY = "modality"
    TERM = "term"
    QUOTE = "quote"
    COVERAGE = "coverage"
    HEADLINE = "headline"
    STRUCTURE = "structure"


class Outcome(StrEnum):
    """The end of every comparison. UNKNOWN is a value of its own: it never stands for AGREE."""

    AGREE = "agree"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


class Polarity(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"


class MentionKind(StrEnum):
    PERSON = "person"
    OFFICE = "office"
    ORGANISATION = "organisation"
    PLACE = "place"
    DATE = "date"
    QUANTITY = "quantity"
    TERM = "term"


class SentenceKind(StrEnum):
    HEADLINE = "headline"
    DATELINE = "dateline"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one document's text: half-open code point offsets."""

    document: str
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.document == other.document and self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.document == other.document and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its metadata. `id` is unique in a run; it is the label, numbered where two labels are the same."""

    id: str
    label: str
    text: str
    language: str
    role: Role = Role.ACCOUNT
    path: str | None = None
    sha256: str = ""
    issuer: str | None = None
    published: datetime | None = None
    """When the text was published; aware where the front matter gave an offset or a zone."""
    timezone: str | None = None
    """IANA zone in which the document's "today" and "Wednesday" are meant."""
    event_date: date | None = None
    source: str | None = None
    text_line: int = 1
    """Line of the file (from 1) on which `text` begins: front matter moves it down. 0 where the text was extracted
    from HTML, Word or PDF, so that its lines are not the file's."""

    def span(self, start: int, end: int) -> Span:
        return Span(self.id, start, end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, headline or dateline. `text[start:end]` has no white space at either end."""

    id: str
    """Document id, colon, 's' and the number from 1: 'prc:s1'."""
    index: int
    """Place in the document's sentences, from 0."""
    start: int
    end: int
    kind: SentenceKind = SentenceKind.BODY
    paragraph: int = 0


# --- values of mentions -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PersonValue:
    """A reference to a person.

    `form` is 'full' (given and family name), 'surname' (one part of a name only), 'phrase' ("son homologue
    américain", "the Secretary"), or 'joint' ("the two ministers", 双方: more than one person).
    `family` and `given` are None where they cannot be told apart from the text alone.
    """

    form: str
    name: str = ""
    """The name as written, without honorific and office; empty for phrases."""
    family: str | None = None
    given: str | None = None
    honorific: str | None = None
    counterpart_of: str | None = None
    """For phrases such as "his Chinese counterpart": the country (ISO 3166 alpha-2) it names, if any."""


@dataclass(frozen=True, slots=True)
class OfficeValue:
    """One office as a structured value; equal values are the same office in every language.

    `function` is an id of the shared vocabulary (docs/offices.md), such as 'foreign_minister'.
    `country` is ISO 3166 alpha-2 or 'eu', 'un', 'nato', 'asean'; None where the text leaves it open.
    `status` is 'incumbent', 'acting', 'former', 'deputy' or 'designate'.
    """

    function: str
    country: str | None = None
    body: str | None = None
    status: str = "incumbent"
    holder: str | None = None
    """Id of the person mention that the text gives this office to, where it does."""


@dataclass(frozen=True, slots=True)
class OrganisationValue:
    id: str
    """Entry id in the packs ('un', 'nato', 'g20', 'cn_mfa'), or the written name where the packs know none."""
    country: str | None = None


@dataclass(frozen=True, slots=True)
class DateValue:
    """A time expression, as components and, where it can be resolved, as an interval.

    `start` and `end` are naive local times (half-open) in `zone` (IANA name), or None where the text and the
    document's metadata do not settle them. `weekday` is 0 for Monday.
    """

    grain: str
    """'year', 'month', 'day', 'part' (morning, night), 'hour', 'minute', 'week', 'decade', 'quarter', 'season', ..."""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    hour: int | None = None
    minute: int | None = None
    part: str | None = None
    """'morning', 'noon', 'afternoon', 'evening', 'night'."""
    start: datetime | None = None
    end: datetime | None = None
    zone: str | None = None
    is_relative: bool = False
    offset: int | None = None
    """For relative expressions: how many units of the grain before (-) or after the document's own time."""
    is_range: bool = False
    calendar: str = "gregorian"
    role: str | None = None
    """What the date is of, where the text tells: 'event', 'deadline', 'since', 'until', 'past_event', ..."""


@dataclass(frozen=True, slots=True)
class QuantityValue:
    """A number with its unit, exact. `low == high` unless the text gives a range.

    `unit` is a canonical id: 'count', 'ordinal', 'percent', 'percentage_point', 'fraction', an ISO 4217 code, an SI or
    customary unit ('km', 'mile', 'acre', 'barrel', 'celsius'), 'year_of_age', 'score', ...
    `bound` is 'exact', 'about', 'at_least', 'at_most', 'more_than', 'less_than' or 'range'.
    """

    low: Decimal
    high: Decimal
    unit: str = "count"
    bound: str = "exact"
    counted: str | None = None
    """What is counted, as written ("soldiers", 人), where the text tells."""
    mantissa: Decimal | None = None
    """The written figure before its scale word (3.2 in 3.2万), where there is one."""
    scale: Decimal | None = None
    """The value of the scale word (10000 for 万), where there is one."""
    is_word: bool = False
    """Whether the number is written in words (three, 三, trois)."""


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """A place, adjective of a place, or a capital that stands for a government.

    `id` is 'country:CN', 'city:beijing', 'region:...', 'sea:...', 'venue:...'.
    `sense` is 'place', 'government' (Washington said), or 'adjective' (Chinese, 中方).
    """

    id: str
    country: str | None = None
    sense: str = "place"


@dataclass(frozen=True, slots=True)
class TermValue:
    """A loaded term: `concept` is what it is about, `version` which side's wording it is."""

    concept: str
    version: str


Value: TypeAlias = (
    PersonValue | OfficeValue | OrganisationValue | DateValue | QuantityValue | PlaceValue | TermValue
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed value found at a span. `document.text[start:end] == text`."""

    kind: MentionKind
    document: str
    start: int
    end: int
    text: str
    sentence: int
    """Index into the document's sentences."""
    value: Value

    @property
    def id(self) -> str:
        """Unique in a run: at most one mention of a kind stands at a span."""
        return f"{self.document}:{self.kind.value}:{self.start}-{self.end}"

    @property
    def span(self) -> Span:
        return Span(self.document, self.start, self.end)


# --- claims -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks. `kind` is 'person', 'party' (a side, ministry or country), 'joint' (both sides) or 'narrator'."""

    kind: str
    mention: str | None = None
    """Id of the mention (person, office, organisation or place) that names the speaker, carried over where the clause leaves it out."""
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement at clause level: who said or did what to whom, about what."""

    id: str
    """Document id, colon, 'c' and the number from 1."""
    document: str
    sentence: int
    start: int
    end: int
    """The clause, with its speech verb where it has one."""
    act: str
    """Id of a speech act of the packs ('urge', 'note', 'agree'), or 'state' for plain narration."""
    force: int | None
    """Step of the act on the ladder of force (data in the packs); None where the act has no place on it."""
    polarity: Polarity
    speaker: Speaker | None = None
    addressee: Speaker | None = None
    act_start: int | None = None
    act_end: int | None = None
    """Span of the words that show the act; None where the claim carries the act over."""
    proposition_start: int = 0
    proposition_end: int = 0
    """Span of what was said."""
    negation: tuple[tuple[int, int], ...] = ()
    """Spans of the negating words in the proposition."""
    topics: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    """Ids of the mentions inside the clause, in order of place."""
    is_second_hand: bool = False
    """Whether the document's own side reports what the other side said."""

    @property
    def span(self) -> Span:
        return Span(self.document, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks: the marks lie at `start` and `end - 1`."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Segmented:
    """A document cut into sentences: what every extractor reads."""

    document: Document
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    folded: str
    """The text after the pack's folding (lower case, full-width digits, simplified Chinese, ...): as long as
    `document.text`, character for character, so that an offset means the same place in both."""

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def language(self) -> str:
        return self.document.language

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds a code point offset, or of the last one that begins before it."""
        return max(0, bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1)

    def mention(self, kind: MentionKind, start: int, end: int, value: Value) -> Mention:
        """A mention at a span, with its text and sentence filled in."""
        return Mention(
            kind, self.document.id, start, end, self.document.text[start:end], self.sentence_at(start), value
        )


# --- documents after the stages ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A place where something could not be checked, and why. `check` is a check's id, or a stage's name."""

    document: str
    start: int
    end: int
    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """When and where the event that a document reports took place, as far as the document tells.

    `start` and `end` are aware datetimes in UTC (half-open), or None where unknown.
    """

    start: datetime | None = None
    end: datetime | None = None
    zone: str | None = None
    place: str | None = None
    """Id of a PlaceValue."""
    evidence: tuple[str, ...] = ()
    """Ids of the mentions it rests on."""


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A document with what the stages before alignment found in it."""

    document: Document
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    """In order of start, then end."""
    claims: tuple[Claim, ...] = ()
    event: Event = field(default_factory=Event)
    unchecked: tuple[Unchecked, ...] = ()

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def text(self) -> str:
        return self.document.text

    def sentence_text(self, index: int) -> str:
        sentence = self.sentences[index]
        return self.document.text[sentence.start : sentence.end]

    def of_kind(self, kind: MentionKind) -> tuple[Mention, ...]:
        return tuple(mention for mention in self.mentions if mention.kind is kind)


@dataclass(frozen=True, slots=True)
class Person:
    """A cluster of person mentions within and across documents and scripts."""

    id: str
    names: tuple[tuple[str, tuple[str, ...]], ...]
    """(language, forms) in order of language; forms as written, most frequent first."""
    mentions: tuple[str, ...]
    offices: tuple[OfficeValue, ...] = ()
    """Without `holder`, each once."""
    reference: str | None = None
    """Id in the reference table where the person is known there."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One reason why two sentences correspond: the same typed value on both sides."""

    kind: str
    left: tuple[int, int]
    right: tuple[int, int]
    weight: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Sentences of two documents that report the same thing (indices, many to many)."""

    left: str
    left_sentences: tuple[int, ...]
    right: str
    right_sentences: tuple[int, ...]
    score: float
    """Calibrated belief that the two correspond, 0 to 1."""
    similarity: float = 0.0
    """Cosine of the encoder's vectors, -1 to 1."""
    anchors: tuple[Anchor, ...] = ()
    mode: str = "accounts"
    """'translation' or 'accounts'."""


@dataclass(frozen=True, slots=True)
class ClaimAlignment:
    """Claims (by id) of two documents that report the same statement."""

    left: str
    left_claims: tuple[str, ...]
    right: str
    right_claims: tuple[str, ...]
    score: float
    similarity: float = 0.0
    anchors: tuple[Anchor, ...] = ()


# --- results ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FindingSpan:
    """Words that a finding shows: 'subject' is questionable, 'reference' is what it was held against."""

    document: str
    start: int
    end: int
    text: str
    role: str = "subject"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, with its evidence."""

    check: str
    slug: str
    family: Family
    severity: Severity
    confidence: float
    message: str
    spans: tuple[FindingSpan, ...]
    values: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[FindingSpan, ...]:
        return tuple(span for span in self.spans if span.role == "subject")


@dataclass(frozen=True, slots=True)
class Agreement:
    """A comparison that ended AGREE: counted in the report, so that what was checked can be told from what was not."""

    check: str
    spans: tuple[Span, ...]


Result: TypeAlias = Finding | Unchecked | Agreement


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, or a stage or check that crashed."""

    where: str
    """Path of the document, or id of the check."""
    reason: str


@dataclass(frozen=True, slots=True)
class Support:
    """Whether the accounts back one sentence of a copy."""

    document: str
    sentence: int
    verdict: str
    """'supported', 'conflict', 'unsupported' or 'unknown'."""
    by: tuple[str, ...] = ()
    """Ids of the accounts that back or contradict it."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that the checks may look at. Documents stand accounts first, then copies, each by label."""

    documents: tuple[AnalysedDocument, ...]
    persons: tuple[Person, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    claim_alignments: tuple[ClaimAlignment, ...] = ()
    _documents_by_id: dict[str, AnalysedDocument] = field(default_factory=dict, repr=False, compare=False)
    _mentions_by_id: dict[str, Mention] = field(default_factory=dict, repr=False, compare=False)
    _claims_by_id: dict[str, Claim] = field(default_factory=dict, repr=False, compare=False)
    _person_of_mention: dict[str, Person] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for analysed in self.documents:
            self._documents_by_id[analysed.id] = analysed
            for mention in analysed.mentions:
                self._mentions_by_id[mention.id] = mention
            for claim in analysed.claims:
                self._claims_by_id[claim.id] = claim
        for person in self.persons:
            for mention_id in person.mentions:
                self._person_of_mention[mention_id] = person

    def document(self, document_id: str) -> AnalysedDocument:
        return self._documents_by_id[document_id]

    def mention(self, mention_id: str) -> Mention:
        return self._mentions_by_id[mention_id]

    def claim(self, claim_id: str) -> Claim:
        return self._claims_by_id[claim_id]

    def person_of(self, mention_id: str | None) -> Person | None:
        """The cluster a mention belongs to; None where it was left unresolved."""
        return None if mention_id is None else self._person_of_mention.get(mention_id)

    @property
    def accounts(self) -> tuple[AnalysedDocument, ...]:
        return tuple(d for d in self.documents if d.document.role is Role.ACCOUNT)

    @property
    def copies(self) -> tuple[AnalysedDocument, ...]:
        return tuple(d for d in self.documents if d.document.role is Role.COPY)

    def account_pairs(self) -> Iterator[tuple[AnalysedDocument, AnalysedDocument]]:
        """Each pair of accounts once, in the documents' order."""
        accounts = self.accounts
        for number, left in enumerate(accounts):
            for right in accounts[number + 1 :]:
                yield left, right

    def copy_pairs(self) -> Iterator[tuple[AnalysedDocument, AnalysedDocument]]:
        """Each (account, copy) pair."""
        for copy in self.copies:
            for account in self.accounts:
                yield account, copy

    def pairs(self) -> Iterator[tuple[AnalysedDocument, AnalysedDocument]]:
        """Every pair that is compared: account with account, then account with copy."""
        yield from self.account_pairs()
        yield from self.copy_pairs()

    def aligned(self, left: str, right: str) -> tuple[Alignment, ...]:
        """Alignments of two documents, as made: `left` and `right` as in `pairs`."""
        return tuple(a for a in self.alignments if a.left == left and a.right == right)

    def aligned_claims(self, left: str, right: str) -> tuple[ClaimAlignment, ...]:
        return tuple(a for a in self.claim_alignments if a.left == left and a.right == right)


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run."""

    documents: tuple[AnalysedDocument, ...]
    persons: tuple[Person, ...]
    alignments: tuple[Alignment, ...]
    claim_alignments: tuple[ClaimAlignment, ...]
    support: tuple[Support, ...]
    findings: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...]
    failures: tuple[Failure, ...]
    compared: tuple[tuple[str, tuple[int, int, int]], ...]
    """(check id, (agreed, conflicting, unknown comparisons)), in the order of the catalogue."""
    encoder: str = ""

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)
