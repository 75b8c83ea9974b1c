"""The gaps of the table as rows for docs/reference-table.md: run ``python -m consistency.reference.gaps``.

A gap is a stretch without a known holder between two known tenures. Some are vacancies, with a chargé d'affaires or an
acting minister in between; some are ignorance. To a check both are UNKNOWN.
"""

from __future__ import annotations

from consistency.reference import Reference, load_reference


def gap_rows(reference: Reference) -> list[str]:
    """Markdown table rows: country, function, post, first and last day, sorted."""
    gaps = sorted(reference.gaps(), key=lambda gap: (gap.country, gap.function, gap.host or "", gap.first))
    return [
        f"| {gap.country} | {gap.function} | {gap.host or ''} | {gap.first.isoformat()} | {gap.last.isoformat()} |"
        for gap in gaps
    ]


if __name__ == "__main__":
    print("\n".join(gap_rows(load_reference())))
