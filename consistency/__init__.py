"""Tell where accounts of the same event disagree, across languages, and where one text contradicts itself."""

__version__ = "0.1.0"
