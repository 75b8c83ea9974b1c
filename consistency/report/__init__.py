"""Reports written out: one module a format, all from the same records.

A writer is a function from `Result` to text (bytes for .docx). It adds nothing to what the checks found and leaves
nothing out that could not be checked.
"""
