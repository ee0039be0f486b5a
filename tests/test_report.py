"""The page of a folder of proofs: complete, self-contained, well formed, the same every time."""

import json
import os
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from natlat_sym import check
from natlat_sym.certified.certificates import Certificate
from natlat_sym.certified.gaps import gap
from natlat_sym.cli import main
from natlat_sym.proofmap import run_proofs
from natlat_sym.report import LONG, report_html

FIRST = '''"""P01 · Less & <more>.

Claim    KL(X1 <- L -> X2) = I(X1;X2|L)
Reading  What a net costs.
Source   Shannon (1948).
Uses     nothing
"""

from natlat_sym import GraphicalProof, conjecture, prove, refute, rules, suppose

held = rules.marginalize(suppose("X1 <- L -> X2; L -> X3", "m", why="L mediates"), "X1 <- L -> X2")
RESULTS = {
    "net": prove("KL(X1 <- L -> (X2,X3)) = I(X1;X2,X3|L)"),
    "again": prove("KL(X1 <- L -> (X2,X3)) <= a", given=["H(X1) <= a"]),
    "chain": GraphicalProof("P01", held),
    "false": refute("I(X;Y|Z) <= I(X;Y)"),
    "open": conjecture("Is <this> so & why?", source="Nobody"),
}
'''
SECOND = '''"""P02 · Next.

Claim    H(X) >= 0
Reading  Nothing is negative.
Source   Shannon (1948).
Uses     P01
"""

from natlat_sym import Dist, evaluate

RESULTS = {"long": evaluate(Dist.uniform("X", [str(i) for i in range(4096)]), ["H(X) = 12"])}
'''
VOID = {"meta", "br"}


class Page(HTMLParser):
    """Tags in order, the text of every pre, ids, and whatever could fetch something."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.listings, self.tags = [], [], [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            assert name not in ("src", "srcset", "data", "action", "onclick", "onload")
            if name == "id":
                self.ids.append(value)
            if name.endswith("href"):
                self.links.append(value)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "pre":
            self.listings.append("")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "pre":
            self.listings[-1] += data


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("proofs")
    (path / "p01_less.py").write_text(FIRST, encoding="utf-8")
    (path / "p02_next.py").write_text(SECOND, encoding="utf-8")
    assert run_proofs(path, update=True).sound
    return path


@pytest.fixture(scope="module")
def page(folder):
    return report_html(run_proofs(folder).chapters)


def test_claims_certificates_and_pictures_are_on_the_page(folder, page):
    read = Page(page)
    entries = run_proofs(folder).entries
    short = [e for e in entries if e.certificate and len(e.certificate) <= LONG]
    assert len(short) == 4
    stored = [text for text in read.listings if text.startswith("{")]
    assert stored == [entry.certificate for entry in short]
    assert {check.verify(text)["claim"] for text in stored} == {entry.claim for entry in short}
    for entry in short:
        assert str(Certificate(entry.certificate)) in read.listings
    # The map of two chapters, a net of two claims, a net of one, the strip of a chain.
    assert read.tags.count("svg") == 4
    assert {"P01", "P02", "P01.net", "P01.open", "P02.long"} <= set(read.ids)
    assert "Less &amp; &lt;more&gt;" in page
    assert "Is &lt;this&gt; so &amp; why?" in page
    assert "given <code>H(X1) &lt;= a</code>" in page


def test_a_long_certificate_is_named_with_its_digest(folder, page):
    stored = (folder / "certificates" / "P02.long.json").read_text(encoding="utf-8")
    assert len(stored) > LONG
    assert f"{len(stored)} characters" in page
    assert json.loads(stored)["digest"] in page
    assert "... 4019 lines ..." in page
    assert len(page) < 2 * LONG


def test_the_page_is_self_contained_and_well_formed(page):
    read = Page(page)
    assert len(set(read.ids)) == len(read.ids)
    assert all(link.startswith("#") and link[1:] in read.ids for link in read.links)
    assert "script" not in read.tags
    assert "link" not in read.tags
    assert "default-src 'none'" in page
    for part in page.split("url(")[1:]:
        assert part.startswith("#head")
    assert page.replace("http://www.w3.org/2000/svg", "").count("http") == 1  # http-equiv
    assert "&quot;" not in page  # in text a quote is a quote: a tenth of the page


def test_the_same_page_every_time(folder, tmp_path):
    pages = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.html"
        done = subprocess.run(
            [sys.executable, "-m", "natlat_sym", "report", str(folder), "-o", str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.splitlines()[-1] == f"page in {path}"
        pages.append(path.read_bytes())
    assert pages[0] == pages[1]


def test_nothing_is_written_on_a_fault(folder, tmp_path, capsys):
    broken = tmp_path / "proofs"
    broken.mkdir()
    (broken / "p02_next.py").write_text(SECOND, encoding="utf-8")
    target = tmp_path / "page.html"
    assert main(["report", str(broken), "-o", str(target), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["schema", "file", "results", "faults"]
    assert answer["file"] is None
    assert any("missing" in fault for fault in answer["faults"])
    assert not target.exists()
    assert main(["report", str(broken), "-o", str(target)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "no page written"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{tmp}/gone", "-o", "{tmp}/p.html"], "expected a folder of proof scripts"),
        (["{folder}", "-o", "{tmp}"], "expected a path that can be written"),
    ],
)
def test_bad_paths(folder, tmp_path, capsys, arguments, message):
    filled = [text.format(tmp=tmp_path, folder=folder) for text in arguments]
    assert main(["report", *filled]) == 2
    error = capsys.readouterr().err.splitlines()[-1]
    assert error.startswith("natlat report: ")
    assert message in error


def test_every_kind_of_certificate_has_a_text():
    from natlat_sym import Dist

    table = {("0", "0", "a"): 9, ("0", "1", "a"): 1, ("1", "0", "a"): 1, ("1", "1", "b"): 9}
    shown = str(gap(Dist.from_weights(table, "X Y L"), "L", "1/2").certificate)
    assert shown.splitlines()[-1].startswith("on some law every function of X,Y has")
