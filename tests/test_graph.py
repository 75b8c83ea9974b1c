"""The claim graph and its formats."""

from __future__ import annotations

import io
import json
import re

import networkx
import pytest

from consistency.errors import ConfigError
from consistency.graph import build, export, graph_format
from tests.report.sample import HOSTILE, sample_report


def edges(kind: str, hostile: str = "") -> set[tuple[str, str]]:
    return {(a, b) for a, b, data in build(sample_report(hostile)).edges(data=True) if data["kind"] == kind}


def test_edges_say_who_states_what() -> None:
    assert edges("spoken_by") == {("prc:c1", "person:p1")}
    assert edges("about") == {("prc:c1", "topic:taiwan"), ("wire:c1", "topic:taiwan")}
    assert edges("mentions") == {("wire:s2", "person:p1")}
    assert edges("holds_office") == {("person:p1", "office:foreign_minister (CN)")}
    assert edges("aligned_with") == {("prc:s2", "wire:s2"), ("gulf:s2", "prc:s2"), ("prc:c1", "wire:c1")}
    assert edges("supports") == {("prc", "wire:s3")}
    assert edges("only_in") == {("gulf:s3", "gulf")}
    assert edges("conflicts_with") == {("prc", "wire:s2"), ("wire:s2", "prc:s1"), ("wire:s3", "prc:s3")}


def test_attributes_are_plain() -> None:
    graph = build(sample_report())
    values = [v for _, data in graph.nodes(data=True) for v in data.values()]
    values += [v for _, _, data in graph.edges(data=True) for v in data.values()]
    assert {type(value) for value in values} <= {str, int, float}


@pytest.mark.parametrize("hostile", ["", HOSTILE])
def test_formats_read_back(hostile: str) -> None:
    graph = build(sample_report(hostile))
    size = (graph.number_of_nodes(), graph.number_of_edges())
    graphml = networkx.read_graphml(io.BytesIO(export(graph, "graphml")), force_multigraph=True)
    assert (graphml.number_of_nodes(), graphml.number_of_edges()) == size
    gexf = networkx.read_gexf(io.BytesIO(export(graph, "gexf")))
    assert gexf.number_of_nodes() == size[0]
    linked = networkx.node_link_graph(json.loads(export(graph, "json")), edges="edges")
    assert (linked.number_of_nodes(), linked.number_of_edges()) == size
    assert linked.nodes["prc:c1"]["label"] == "秦刚强调，美方应当尊重中方核心关切"


@pytest.mark.parametrize("name", ["graphml", "gexf", "json", "dot", "mermaid"])
def test_same_graph_same_bytes(name: str) -> None:
    assert export(build(sample_report(HOSTILE)), name) == export(build(sample_report(HOSTILE)), name)


def test_dot_quotes_what_it_holds() -> None:
    lines = export(build(sample_report(HOSTILE)), "dot").decode().splitlines()
    assert lines[0] == "digraph claims {"
    quoted = r'"(?:[^"\\]|\\.)*"'
    pattern = rf"  {quoted}(?: -> {quoted})? \[label={quoted}(?:, kind={quoted})?\];"
    assert all(re.fullmatch(pattern, line) for line in lines[3:-1])


def test_mermaid_keeps_markup_out_of_labels() -> None:
    lines = export(build(sample_report(HOSTILE)), "mermaid").decode().splitlines()
    assert lines[0] == "flowchart LR"
    nodes = [re.fullmatch(r'  n\d+(?:\[\[|\(\[|\{\{|\[|\()"([^"<>\[\]{}|`]*)"(?:\]\]|\]\)|\}\}|\]|\))', line) for line in lines[1:] if "-->" not in line]
    assert nodes
    assert all(nodes)


@pytest.mark.parametrize(("path", "name"), [("a.GRAPHML", "graphml"), ("a.gv", "dot"), ("a.mmd", "mermaid")])
def test_format_by_ending(path: str, name: str) -> None:
    assert graph_format(path) == name


def test_unknown_ending() -> None:
    with pytest.raises(ConfigError, match="expected an ending of"):
        graph_format("graph.png")
