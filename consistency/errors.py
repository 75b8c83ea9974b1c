"""Errors meant for users: each message says what was found, what was expected and what to do."""

from __future__ import annotations


class ConsistencyError(Exception):
    """Base of every error that this package raises for its users."""


class IngestError(ConsistencyError):
    """A document could not be read. The run is incomplete: exit status 3."""


class ConfigError(ConsistencyError):
    """The configuration or the command line is wrong: exit status 2."""


class LanguageError(ConsistencyError):
    """A language that no pack covers, or a pack that is broken."""


class EncoderError(ConsistencyError):
    """The named encoder cannot be loaded."""


class ReferenceTableError(ConsistencyError):
    """The reference table holds an entry that cannot be right."""
