"""Pictures: well-formed, the same every time, and showing what they should."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from math import hypot
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings

from natlat_sym import Dist, translate
from natlat_sym.draw import PALETTE, Picture, mermaid, picture, strip, support, translation_table
from natlat_sym.errors import InvalidInput
from natlat_sym.testing import dags

COPY = Dist.uniform("X Y", [("0", "0"), ("1", "1")])
SVG = "{http://www.w3.org/2000/svg}"


def labels(shown: Picture) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(shown.svg).iter(f"{SVG}text")]


def count(shown: Picture, tag: str) -> int:
    return len(list(ElementTree.fromstring(shown.svg).iter(SVG + tag)))


def boxes(shown: Picture) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of every rounded box."""
    found = ElementTree.fromstring(shown.svg).iter(f"{SVG}rect")
    sides = ("x", "y", "width", "height")
    return [tuple(float(box.attrib[side]) for side in sides) for box in found if "rx" in box.attrib]


def points(path: ElementTree.Element) -> list[tuple[float, float]]:
    """Points along a path of lines and cubic curves."""
    found: list[tuple[float, float]] = []
    words = path.attrib["d"].split()
    while words:
        kind, words = words[0], words[1:]
        size = {"M": 2, "L": 2, "C": 6}[kind]
        numbers, words = [float(word) for word in words[:size]], words[size:]
        ends = [*found[-1:], *zip(numbers[::2], numbers[1::2], strict=True)]
        if kind == "M":
            found += ends
            continue
        for step in range(1, 33):
            t, shown = step / 32, ends
            while len(shown) > 1:  # de Casteljau
                shown = [(a + t * (c - a), b + t * (d - b)) for (a, b), (c, d) in pairwise(shown)]
            found += shown
    return found


@given(dags("A B Cee D"))
@settings(max_examples=40)
def test_a_picture_shows_every_node_and_edge_once(net):
    shown = picture(net)
    held = sorted(",".join(net.nodes[node]["variables"]) for node in net)
    assert sorted(labels(shown)) == held
    assert len(boxes(shown)) == len(net)
    assert count(shown, "path") == len(net.edges)
    assert picture(net) == shown


@given(dags("A B Cee D"))
@settings(max_examples=40)
def test_boxes_stay_inside_and_apart(net):
    shown = picture(net)
    root = ElementTree.fromstring(shown.svg)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    seen = []
    for x, y, w, h in boxes(shown):
        assert 0 <= x <= x + w <= width
        assert 0 <= y <= y + h <= height
        assert all(x + w <= a or a + c <= x or y + h <= b or b + d <= y for a, b, c, d in seen)
        seen.append((x, y, w, h))


@given(dags("A B C D Eee F"))
@settings(max_examples=60)
def test_no_edge_runs_behind_a_node(net):
    shown = picture(net)
    nodes = [(x + 14, x + w - 14, y + 14) for x, y, w, _ in boxes(shown)]
    for path in ElementTree.fromstring(shown.svg).iter(f"{SVG}path"):
        for x, y in points(path)[1:]:
            # A node is what is nearer than 14 to the line between the middles of its round ends.
            away = [hypot(x - min(max(x, left), right), y - level) for left, right, level in nodes]
            assert min(away) > 13.99


def test_layers_are_ordered_so_that_edges_do_not_cross():
    shown = picture("A -> X; B -> Y; C -> Z; A -> Z; C -> W; B -> X")
    across = {
        text.text: float(text.attrib["x"])
        for text in ElementTree.fromstring(shown.svg).iter(f"{SVG}text")
    }
    assert sorted("ABC", key=across.get) in (["B", "A", "C"], ["C", "A", "B"])
    below = sorted("WXYZ", key=across.get)
    assert below in (["Y", "X", "Z", "W"], ["W", "Z", "X", "Y"])


def test_a_picture_has_a_ground_of_its_own():
    for shown in (picture("X -> Y"), strip([("X -> Y", ["given"])]), support(COPY, "X", "Y")):
        root = ElementTree.fromstring(shown.svg)
        ground = root.find(f"{SVG}rect[@class='ground']")
        assert {name: ground.get(name) for name in ("width", "height", "fill")} == {
            "width": root.get("width"),
            "height": root.get("height"),
            "fill": "white",
        }


def test_an_edge_over_several_rows_is_bent():
    root = ElementTree.fromstring(picture("A -> B -> C; A -> C").svg)
    bent = ["C" in path.attrib["d"] for path in root.iter(f"{SVG}path")]
    assert sorted(bent) == [False, False, True]


def test_every_arrow_ends_on_the_rounded_outline_of_its_head():
    wide = picture({"L": [f"X{i}" for i in range(1, 10)]})
    root = ElementTree.fromstring(wide.svg)
    ends = [
        [float(part) for part in path.get("d").split()[-2:]] for path in root.iter(f"{SVG}path")
    ]
    assert len(ends) == 9
    for x, y in ends:
        # One unit above a box: over its flat part, or over the circle of radius 14 at its corner.
        gaps = []
        for left, top, width, _ in boxes(wide):
            corner = max(left + 14 - x, x - (left + width - 14), 0)
            if corner < 14:
                gaps.append(round(top + 14 - (14**2 - corner**2) ** 0.5 - y, 2))
        assert 1.0 in gaps


def test_captions_are_escaped():
    shown = picture("X -> Y", caption="a < b & \x00")
    assert labels(shown) == ["X", "Y", "a < b & \ufffd"]
    assert str(shown) == shown._repr_svg_() == shown.svg
    assert repr(shown) == "<picture of X -> Y>"


def test_a_long_caption_stays_inside():
    shown = picture("X", caption="what is said about a single variable")
    root = ElementTree.fromstring(shown.svg)
    assert float(root.attrib["width"]) >= 7 * len("what is said about a single variable")
    assert labels(shown) == ["X", "what is said about a single variable"]


def test_parts_that_no_edge_joins_stand_side_by_side():
    """V2 -> V6 stood far out: nothing pulled it to the rest."""
    net = nx.DiGraph(
        (f"V{i}", f"V{j}") for i in range(9) for j in range(i + 1, 9) if not (7 * i + 3 * j) % 4
    )
    alone = [picture(net.subgraph(part)) for part in nx.weakly_connected_components(net)]
    widths = [float(ElementTree.fromstring(shown.svg).attrib["width"]) - 48 for shown in alone]
    assert len(alone) == 3
    assert float(ElementTree.fromstring(picture(net).svg).attrib["width"]) == sum(widths) + 48


def test_mermaid_text():
    assert mermaid("(X1,X2) -> Y <- Z; N") == "\n".join(
        [
            "graph TD",
            '  n0["X1,X2"]',
            '  n1["Y"]',
            '  n2["Z"]',
            '  n3["N"]',
            "  n0 --> n1",
            "  n2 --> n1",
        ]
    )


def test_the_support_shows_values_masses_and_components():
    law = Dist.from_dict({("a", "x"): "1/2", ("a", "<y>"): "1/8", ("b&", "z"): "3/8"}, "Left Right")
    shown = support(law, "Left", "Right")
    assert sorted(labels(shown)) == sorted(
        ["Left", "Right", "a", "b&", "x", "<y>", "z", "1/2", "1/8", "3/8"]
    )
    assert repr(shown) == "<picture of the support of Left and Right, 2 components>"
    lines = list(ElementTree.fromstring(shown.svg).iter(f"{SVG}line"))
    strokes = [line.attrib["stroke"] for line in lines]
    assert len(strokes) == 3
    assert len(set(strokes)) == 2
    assert set(strokes) <= set(PALETTE)
    dashes = {line.attrib["stroke"]: line.attrib["stroke-dasharray"] for line in lines}
    assert len(set(dashes.values())) == 2
    assert len(boxes(shown)) == 5
    assert support(law, "Left", "Right") == shown


@pytest.mark.parametrize("size", [2, 3, 4, 6])
def test_masses_of_a_full_support_do_not_cover_each_other(size):
    law = Dist.from_weights({(x, y): x + y + 1 for x in range(size) for y in range(size)}, "X Y")
    texts = list(ElementTree.fromstring(support(law, "X", "Y").svg).iter(f"{SVG}text"))
    masses = [
        (float(text.get("x")), float(text.get("y")), 3 * len(text.text))
        for text in texts
        if text.get("font-size") == "12"
    ]
    assert len(masses) == size**2
    for (x, y, half), (a, b, other) in combinations(masses, 2):
        assert abs(x - a) >= half + other or abs(y - b) >= 12


def test_letters_on_a_shade_stand_out():
    p = Dist.from_weights({("m", "a"): 19, ("m", "b"): 1, ("n", "a"): 11, ("n", "b"): 9}, "M L")
    p = p.with_function("X", lambda m, l: m + l, of="M L")
    root = ElementTree.fromstring(translation_table(translate(p, "M", "L", ["X"])).svg)
    white = [text.text for text in root.iter(f"{SVG}text") if text.get("fill") == "white"]
    assert white == ["19/20"]


def test_one_component_and_marginals():
    law = Dist.uniform("X Y Z", [(a, b, c) for a in "01" for b in "01" for c in "01"])
    shown = support(law, "Z", "X")
    assert shown.text == "the support of Z and X, 1 component"
    assert labels(shown).count("1/4") == 4


def test_too_many_outcomes_are_refused():
    law = Dist.uniform("X Y", [(str(a), str(b)) for a in range(7) for b in range(6)])
    with pytest.raises(InvalidInput, match="expected at most 40 outcomes to draw, got 42"):
        support(law, "X", "Y")


def test_a_leaf_hangs_under_its_parent_where_there_is_room():
    def places(net: str) -> dict[str, tuple[float, float]]:
        root = ElementTree.fromstring(picture(net).svg)
        return {
            text.text or "": (float(text.attrib["x"]), float(text.attrib["y"]))
            for text in root.iter(f"{SVG}text")
        }

    hung = places("X1 <- L -> X2; L -> X3; X1 -> Y; X3 -> Z")
    assert hung["Y"][0] == hung["X1"][0] < hung["L"][0] == hung["X2"][0] < hung["X3"][0]
    assert hung["Z"][0] == hung["X3"][0]
    crowded = places("L -> A; L -> B; A -> C; A -> D; B -> E")
    assert crowded["C"][0] < crowded["D"][0] < crowded["E"][0]


def test_long_labels_are_shortened_and_stay_inside():
    law = Dist.uniform("X Y", [("a" * 30, "b" * 30), ("c", "d")])
    shown = support(law, "X", "Y")
    assert f"{'a' * 19}…" in labels(shown)
    width = float(ElementTree.fromstring(shown.svg).attrib["width"])
    assert all(0 <= x <= x + w <= width for x, _, w, _ in boxes(shown))


def test_arrow_heads_of_different_pictures_have_different_ids():
    """Pictures on one page: an id that two share belongs to the first of them alone."""
    shown = [
        picture("X -> Y"),
        picture("X -> Y", "caption"),
        picture("Y -> X"),
        strip([("X -> Y", ["a"])]),
        picture("X -> Y -> Z"),
    ]
    ids = [found for each in shown for found in re.findall(r'id="([^"]*)"', each.svg)]
    assert len(ids) == len(set(ids)) == len(shown)
    for own, each in zip(ids, shown, strict=True):
        assert set(re.findall(r"url\(#([^)]*)\)", each.svg)) == {own}
    assert picture("X -> Y").svg == shown[0].svg
    assert re.fullmatch("head-[0-9a-f]{12}", ids[0])
    assert "id=" not in picture("X; Y").svg
