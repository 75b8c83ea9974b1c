"""The claim graph: who said what to whom, where and when, and what supports or contradicts it.

A networkx MultiDiGraph built from a finished report. Nodes have a `kind` (document, sentence, claim, person, office,
place, topic, date) and a `label`; edges have a `kind`. All attributes are strings and numbers, so that every format
holds them and Gephi and Cytoscape open the files.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING, Any

from consistency.errors import ConfigError
from consistency.report.fingerprint import fingerprints
from consistency.report.json_report import office_text
from consistency.report.location import visible
from consistency.types import (
    AnalysedDocument,
    Claim,
    DateValue,
    Mention,
    OfficeValue,
    Person,
    PlaceValue,
    Report,
    Severity,
    Speaker,
)

if TYPE_CHECKING:
    import networkx

LABEL_LENGTH = 80
"""Longest label of a node in code points; the spans' offsets lead to the whole text."""


def build(report: Report) -> networkx.MultiDiGraph[str]:
    """The graph of a report. Node ids are stable: document id, sentence id, 'person:…', 'office:…', 'place:…', …"""
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    names = {mention: person for person in report.persons for mention in person.mentions}
    for person in report.persons:
        _add_person(graph, person)
    for analysed in report.documents:
        _add_document(graph, analysed, names)
    for alignment in report.alignments:
        for left in alignment.left_sentences:
            for right in alignment.right_sentences:
                graph.add_edge(
                    f"{alignment.left}:s{left + 1}",
                    f"{alignment.right}:s{right + 1}",
                    kind="aligned_with",
                    score=round(alignment.score, 4),
                )
    for claims in report.claim_alignments:
        for left_claim in claims.left_claims:
            for right_claim in claims.right_claims:
                graph.add_edge(left_claim, right_claim, kind="aligned_with", score=round(claims.score, 4))
    _add_support(graph, report)
    _add_findings(graph, report)
    return graph


def _add_person(graph: networkx.MultiDiGraph[str], person: Person) -> None:
    forms = [form for _, names in person.names for form in names]
    graph.add_node(
        f"person:{person.id}",
        kind="person",
        label=visible(forms[0]) if forms else person.id,
        names=visible(" | ".join(f"{language}: {', '.join(names)}" for language, names in person.names)),
    )
    for office in person.offices:
        graph.add_edge(f"person:{person.id}", _office(graph, office), kind="holds_office")


def _office(graph: networkx.MultiDiGraph[str], office: OfficeValue) -> str:
    node = f"office:{office_text(office)}"
    graph.add_node(node, kind="office", label=office_text(office))
    return node


def _add_document(graph: networkx.MultiDiGraph[str], analysed: AnalysedDocument, names: dict[str, Person]) -> None:
    document = analysed.document
    graph.add_node(
        document.id,
        kind="document",
        label=visible(document.label),
        role=document.role.value,
        language=document.language,
        issuer=visible(document.issuer or ""),
    )
    for sentence in analysed.sentences:
        text = analysed.text[sentence.start : sentence.end]
        graph.add_node(
            sentence.id, kind="sentence", label=_short(text), document=document.id, start=sentence.start, end=sentence.end
        )
        graph.add_edge(document.id, sentence.id, kind="asserts")
    for mention in analysed.mentions:
        target = _mentioned(graph, mention, names)
        if target is not None:
            source = analysed.sentences[mention.sentence].id
            graph.add_edge(source, target, kind="mentions", start=mention.start, end=mention.end)
    for claim in analysed.claims:
        _add_claim(graph, analysed, claim, names)


def _mentioned(graph: networkx.MultiDiGraph[str], mention: Mention, names: dict[str, Person]) -> str | None:
    """The node that a mention leads to; None where it resolves to nothing."""
    value = mention.value
    if mention.id in names:
        return f"person:{names[mention.id].id}"
    if isinstance(value, OfficeValue):
        return _office(graph, value)
    if isinstance(value, PlaceValue):
        graph.add_node(f"place:{value.id}", kind="place", label=value.id)
        return f"place:{value.id}"
    if isinstance(value, DateValue) and value.start is not None:
        node = f"date:{value.start.isoformat()}/{value.grain}"
        graph.add_node(node, kind="date", label=value.start.isoformat(), grain=value.grain)
        return node
    return None


def _add_claim(
    graph: networkx.MultiDiGraph[str], analysed: AnalysedDocument, claim: Claim, names: dict[str, Person]
) -> None:
    graph.add_node(
        claim.id,
        kind="claim",
        label=_short(analysed.text[claim.start : claim.end]),
        document=claim.document,
        start=claim.start,
        end=claim.end,
        act=claim.act,
        polarity=claim.polarity.value,
    )
    graph.add_edge(analysed.sentences[claim.sentence].id, claim.id, kind="asserts")
    for kind, who in (("spoken_by", claim.speaker), ("addressed_to", claim.addressee)):
        target = _speaker(graph, who, names)
        if target is not None:
            graph.add_edge(claim.id, target, kind=kind)
    for topic in claim.topics:
        graph.add_node(f"topic:{topic}", kind="topic", label=topic)
        graph.add_edge(claim.id, f"topic:{topic}", kind="about")


def _speaker(graph: networkx.MultiDiGraph[str], who: Speaker | None, names: dict[str, Person]) -> str | None:
    if who is None:
        return None
    if who.mention is not None and who.mention in names:
        return f"person:{names[who.mention].id}"
    if who.country is not None:
        graph.add_node(f"place:country:{who.country}", kind="place", label=f"country:{who.country}")
        return f"place:country:{who.country}"
    return None


def _add_support(graph: networkx.MultiDiGraph[str], report: Report) -> None:
    kinds = {"supported": "supports", "conflict": "conflicts_with"}
    accounts = [a.id for a in report.documents if a.document.role.value == "account"]
    for item in report.support:
        sentence = f"{item.document}:s{item.sentence + 1}"
        if item.verdict in kinds:
            for account in item.by:
                graph.add_edge(account, sentence, kind=kinds[item.verdict])
        elif item.verdict == "unsupported" and accounts:
            graph.add_edge(sentence, item.document, kind="only_in")


def _add_findings(graph: networkx.MultiDiGraph[str], report: Report) -> None:
    """Errors and warnings as edges between the sentences they show; a claim or topic of one side as only_in."""
    analysed = {document.id: document for document in report.documents}

    def sentence_of(document: str, start: int) -> str:
        sentences = analysed[document].sentences
        index = max((i for i, s in enumerate(sentences) if s.start <= start), default=0)
        return sentences[index].id if sentences else document

    for finding, fingerprint in zip(report.findings, fingerprints(report), strict=True):
        nodes = list(dict.fromkeys(sentence_of(span.document, span.start) for span in finding.spans))
        attributes: dict[str, Any] = {
            "check": finding.check,
            "severity": finding.severity.value,
            "message": visible(finding.message),
            "fingerprint": fingerprint,
        }
        if finding.check.startswith("COV"):
            graph.add_edge(nodes[0], finding.spans[0].document, kind="only_in", **attributes)
        elif finding.severity is not Severity.NOTE:
            for left, right in combinations(nodes, 2):
                graph.add_edge(left, right, kind="conflicts_with", **attributes)


def _short(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= LABEL_LENGTH else shown[: LABEL_LENGTH - 1] + "…"


# --- export -------------------------------------------------------------------------------------------------

_ENDINGS = {".graphml": "graphml", ".gexf": "gexf", ".json": "json", ".dot": "dot", ".gv": "dot", ".mmd": "mermaid"}


def graph_format(path: str) -> str:
    """The format that a file's ending asks for. Raises `ConfigError`."""
    for ending, name in _ENDINGS.items():
        if path.lower().endswith(ending):
            return name
    raise ConfigError(f"--output {path}: expected an ending of {', '.join(_ENDINGS)}")


def export(graph: networkx.MultiDiGraph[str], name: str) -> bytes:
    """The graph as a file: 'graphml', 'gexf', 'json' (node-link), 'dot' or 'mermaid'."""
    writers: dict[str, Callable[[networkx.MultiDiGraph[str]], str]] = {
        "graphml": _graphml,
        "gexf": _gexf,
        "json": _node_link,
        "dot": _dot,
        "mermaid": _mermaid,
    }
    return writers[name](graph).encode("utf-8", "backslashreplace")


def _graphml(graph: networkx.MultiDiGraph[str]) -> str:
    import networkx

    return "\n".join(networkx.generate_graphml(graph)) + "\n"


def _gexf(graph: networkx.MultiDiGraph[str]) -> str:
    import re

    import networkx

    written = "\n".join(networkx.generate_gexf(graph)) + "\n"
    # networkx stamps the day of writing into the file; reports are the same bytes every day.
    return re.sub(r' lastmodifieddate="[^"]*"', "", written)


def _node_link(graph: networkx.MultiDiGraph[str]) -> str:
    import networkx

    record = networkx.node_link_data(graph, edges="edges")
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _dot(graph: networkx.MultiDiGraph[str]) -> str:
    lines = ["digraph claims {", '  graph [rankdir="LR"];', '  node [shape="box"];']
    for node, data in graph.nodes(data=True):
        lines.append(f"  {_quoted(node)} [label={_quoted(data.get('label', node))}, kind={_quoted(data['kind'])}];")
    for left, right, data in graph.edges(data=True):
        lines.append(f"  {_quoted(left)} -> {_quoted(right)} [label={_quoted(data['kind'])}];")
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


_SHAPES = {"document": ("[[", "]]"), "person": ("([", "])"), "claim": ("[", "]"), "topic": ("{{", "}}")}


def _mermaid(graph: networkx.MultiDiGraph[str]) -> str:
    """A flowchart of claims, speakers, topics and conflicts; sentences only where an edge between documents needs them."""
    kinds = nodes_kinds(graph)
    shown = [
        (left, right, data["kind"])
        for left, right, data in graph.edges(data=True)
        if data["kind"] != "mentions" and not (kinds[left] == "document" and data["kind"] == "asserts")
    ]
    wanted = {node for left, right, _ in shown for node in (left, right)}
    numbers = {node: f"n{number}" for number, node in enumerate(n for n in graph.nodes if n in wanted)}
    lines = ["flowchart LR"]
    for node, number in numbers.items():
        opening, closing = _SHAPES.get(kinds[node], ("(", ")"))
        lines.append(f'  {number}{opening}"{_mermaid_text(graph.nodes[node].get("label", node))}"{closing}')
    lines += [f"  {numbers[left]} -->|{kind}| {numbers[right]}" for left, right, kind in shown]
    return "\n".join(lines) + "\n"


def nodes_kinds(graph: networkx.MultiDiGraph[str]) -> dict[str, str]:
    """Node to kind."""
    return {node: data["kind"] for node, data in graph.nodes(data=True)}


def _mermaid_text(text: str) -> str:
    """Mermaid's own escapes: quotes and markup as entity codes."""
    return "".join(f"#{ord(c)};" if c in '"#&<>[]{}|`;' else c for c in text)
