"""Language packs: one folder of data a language. Code reads them through `loader`, never by name of a language."""
