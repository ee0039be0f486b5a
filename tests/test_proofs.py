"""The proofs run, their certificates and map are the stored ones, and a fault is noticed."""

import ast
import json
import math
import re
import runpy
import shutil
import subprocess
import sys
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

import natlat_sym as nl
from natlat_sym.certified.quoted import Quotation, conjecture, quote
from natlat_sym.chapters import CERTIFIED
from natlat_sym.cli import main
from natlat_sym.errors import InvalidInput, UnreadableFile
from natlat_sym.proofmap import run_proofs

PROOFS = Path(__file__).resolve().parent.parent / "proofs"
COUNTS = {
    "P01": 7,
    "P02": 8,
    "P03": 8,
    "P04": 6,
    "P05": 6,
    "P06": 7,
    "P07": 9,
    "P08": 4,
    "P09": 21,
    "P10": 12,
    "P11": 8,
    "P12": 11,
    "P13": 9,
    "P14": 8,
    "P20": 28,
    "P21": 6,
    "P30": 3,
    "P31": 9,
    "P32": 7,
    "P33": 6,
    "P22": 17,
    "P23": 21,
    "P24": 16,
    "P25": 22,
    "P26": 24,
    "P27": 8,
    "P28": 18,
    "P29": 36,
}


@pytest.fixture(scope="module")
def proof_map():
    return run_proofs(PROOFS)


def test_every_step_of_the_main_argument_is_there(proof_map):
    assert {chapter.id: len(chapter.entries) for chapter in proof_map.chapters} == COUNTS


def test_nothing_is_missing_stale_extra_or_rejected(proof_map):
    assert proof_map.faults == ()
    certified = [entry for entry in proof_map.entries if entry.status in CERTIFIED]
    assert len(list((PROOFS / "certificates").glob("*.json"))) == len(certified)


def test_universal_statements_are_proved_and_existential_ones_have_a_law(proof_map):
    for entry in proof_map.entries:
        if entry.status not in CERTIFIED:
            assert entry.certificate is None
            continue
        data = json.loads(entry.certificate)
        kinds = {
            "proved": ("linear", "symmetric", "all-n"),
            "refuted": ("refutation",),
            "on a range": ("range",),
            "witnessed": ("law", "gap", "floor", "all-n-law"),
        }
        assert data["kind"] in kinds[entry.status]
        has_law = "law" in data or data["kind"] == "all-n-law"
        assert has_law == (entry.status != "proved")


def test_the_main_results_say_what_they_should(proof_map):
    claims = {entry.id: (entry.claim, entry.assumptions) for entry in proof_map.entries}
    assert claims["P05.two-features"] == (
        "I(L;X1,X2|M) = 0",
        ("I(X1;X2|M) = 0", "I(L;X1|X2) = 0", "I(L;X2|X1) = 0", "I(L;M|X1,X2) = 0"),
    )
    assert claims["P07.function"] == ("H(L|M) <= H(L|X1) + I(X1;X2|M) + H(L|X2)", ())
    assert claims["P07.stochastic"] == (
        "I(L;X1,X2|M) <= I(X1;X2|M) + I(L;X1|X2) + I(L;X2|X1) + 2 I(L;M|X1,X2)",
        (),
    )
    assert claims["P03.drop-1"] == ("I(L;X1|X2,X3) <= d", ("I(L;X1,X2,X3|X2,X3) <= d",))


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path):
    code = (
        "import sys; from natlat_sym.proofmap import run_proofs\n"
        "m = run_proofs(sys.argv[1])\n"
        "print(m.faults); print(*[e.certificate for e in m.entries])"
    )
    shown = {
        subprocess.run(
            [sys.executable, "-c", code, str(PROOFS)],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(shown) == 1


def test_uses_name_scripts_that_are_there(proof_map):
    ids = {chapter.id for chapter in proof_map.chapters}
    for chapter in proof_map.chapters:
        used = chapter.field("Uses").rstrip(".")
        assert used == "nothing" or set(used.split(", ")) <= ids - {chapter.id}, chapter.id


def test_the_counts_of_the_coin_are_those_of_the_integral():
    """P(N1=a, N2=b) is the integral of comb(n,a) comb(n,b) u^(a+b) (1-u)^(2n-a-b) over u."""
    batches = runpy.run_path(str(PROOFS / "p27_two_batches_of_flips.py"))["batches"]
    for flips in range(1, 6):
        for threshold in range(1, flips + 1):
            masses = {}
            for a, b in product(range(flips + 1), repeat=2):
                cell = str(int(a >= threshold)), str(b)
                ways = math.comb(flips, a) * math.comb(flips, b)
                beta = (2 * flips + 1) * math.comb(2 * flips, a + b)
                masses[cell] = masses.get(cell, 0) + Fraction(ways, beta)
            assert batches(flips, threshold) == nl.Dist.from_dict(masses, "F N2")


HEADLINE = (PROOFS / "headline.py").read_text(encoding="utf-8")
PRICE = re.compile(
    r"# %% The price.*?(?=# %% What they)|    \"price\": \(\n.*?(?=\}\n\n# %% The comparison)", re.S
)


def test_the_headline_uses_public_names_only_and_holds():
    modules = [node for node in ast.walk(ast.parse(HEADLINE)) if isinstance(node, ast.ImportFrom)]
    names = [
        alias.name
        for node in ast.walk(ast.parse(HEADLINE))
        if isinstance(node, ast.Import)
        for alias in node.names
    ]
    assert (modules, names) == ([], ["natlat_sym"])
    used = {
        node.attr
        for node in ast.walk(ast.parse(HEADLINE))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "nl"
    }
    assert used <= set(nl.__all__)
    pinned = runpy.run_path(str(PROOFS / "headline.py"))["PINNED"]
    assert pinned["theorem-1"] == (
        "KL(L <- M -> L#2) <= KL(X1 <- M -> X2) + KL(L <- X2 -> L#2) + KL(L <- X1 -> L#2)",
    )
    assert len(pinned["sufficient"]) == 1 + 5


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ('"2 e + 4 r"', '"2 e + 5 r"', "unique"),  # another claim is proved
        ('"TC(X1;X2;X3|X2,X3) = 0"', '"TC(X1;X2;X3|X2) = 0"', "rest-mediates"),  # another pin
        ('mediates("M") + READ_ONE', '2 * mediates("M") + READ_ONE', "theorem-1"),
        ('    through_data("L", "M", THREE).eq(0),\n', '    "H(L|X1,X2,X3) = 0",\n', "sufficient"),
        ('        "KL(X1 <- M -> X2) <= e",\n', "", "unique"),  # an assumption is kept silent
        ('    "function": ("KL(L <- X2', '    "fun": ("KL(L <- X2', "fun"),  # pinned, not shown
    ],
)
def test_a_headline_that_says_something_else_is_a_fault(tmp_path, capsys, old, new, name):
    quick = PRICE.sub("", HEADLINE)  # without the one result that takes seconds
    assert (len(quick) < len(HEADLINE), quick.count(old)) == (True, 1)
    shutil.copy(PROOFS / "p02_rest_is_a_valid_latent.py", tmp_path)
    assert run_proofs(tmp_path, update=True).sound
    (tmp_path / "headline.py").write_text(quick.replace(old, new))
    faults = run_proofs(tmp_path).faults
    assert faults[0].startswith(f"fails: headline.py: {name}: pinned as ")
    assert main(["proofs", str(tmp_path)]) == 1
    assert f"fault: fails: headline.py: {name}: pinned as " in capsys.readouterr().out


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "proofs"
    folder.mkdir()
    for name in ("p02_rest_is_a_valid_latent.py", "p08_related_beyond_the_data.py"):
        shutil.copy(PROOFS / name, folder / name)
    assert run_proofs(folder, update=True).sound
    return folder


def test_an_edited_certificate_is_a_fault(copy):
    path = copy / "certificates" / "P08.without-the-third.json"
    path.write_text(path.read_text().replace('"excess": "1"', '"excess": "2"'))
    faults = run_proofs(copy).faults
    assert len(faults) == 2
    assert faults[0].startswith("stale: certificates/P08.without-the-third.json")
    assert faults[1].startswith("the trusted checker says: rejected  digest: ")


def test_missing_extra_and_stale_files_are_faults(copy):
    (copy / "certificates" / "P02.two-features.json").unlink()
    (copy / "certificates" / "P99.stray.json").write_text("{}")
    (copy / "README.md").write_text("# Proof map\n")
    assert [fault.split(":")[0] for fault in run_proofs(copy).faults] == [
        "missing",
        "stale",
        "extra",
    ]
    assert run_proofs(copy, update=True).sound
    assert not (copy / "certificates" / "P99.stray.json").exists()


def test_a_script_that_fails_is_named_and_the_others_run(copy, capsys):
    (copy / "p01_wrong.py").write_text('from natlat_sym import prove\nprove("H(X) <= H(X|Y)")\n')
    (copy / "p03_broken.py").write_text("print('noise'); 1 / 0\n")
    stored = sorted(path.name for path in copy.rglob("*.json"))
    (copy / "README.md").write_text("# Proof map\n")
    found = run_proofs(copy, update=True)
    assert [chapter.id for chapter in found.chapters] == ["P02", "P08"]
    assert found.faults[0].startswith("fails: p01_wrong.py: the Shannon inequalities do not give")
    assert found.faults[1:] == (
        "fails: p03_broken.py: ZeroDivisionError: division by zero",
        "certificates and map: not compared, since a script fails",
    )
    assert sorted(path.name for path in copy.rglob("*.json")) == stored
    assert (copy / "README.md").read_text() == "# Proof map\n"
    assert capsys.readouterr().out == ""
    assert main(["proofs", str(copy)]) == 1
    assert "fault: fails: p01_wrong.py" in capsys.readouterr().out


def test_an_interrupted_run_is_one_line_and_writes_nothing(copy, capsys):
    (copy / "p01_long.py").write_text("raise KeyboardInterrupt\n")

    def files():
        paths = [path for path in copy.rglob("*") if path.suffix != ".pyc" and path.is_file()]
        return {path: path.stat().st_mtime_ns for path in paths}

    before = files()
    assert main(["proofs", str(copy), "--update"]) == 130
    assert capsys.readouterr() == ("", "natlat proofs: interrupted\n")
    assert files() == before


QUOTING = '''"""P01 · Quoted.

Claim    c
Reading  r
Source   s
Uses     u
"""

from natlat_sym import conjecture, prove, quote

RESULTS = {
    "proved": prove("H(X) >= 0"),
    "known": quote("T <= 96 tau | on every law", "Lorell (2026), in Lean"),
    "open": conjecture("T <= 2 tau", "Harwood and Gillen"),
}
'''


def test_quoted_statements_are_never_counted_as_proved(tmp_path, capsys):
    (tmp_path / "p01_quoted.py").write_text(QUOTING)
    assert main(["proofs", str(tmp_path), "--update", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    shown = {item["id"]: (item["status"], item["source"]) for item in data["results"]}
    assert shown == {
        "P01.proved": ("proved", None),
        "P01.known": ("cites", "Lorell (2026), in Lean"),
        "P01.open": ("conjecture", "Harwood and Gillen"),
    }
    assert [path.name for path in tmp_path.glob("certificates/*")] == ["P01.proved.json"]
    written = (tmp_path / "README.md").read_text()
    known = r"| P01.known | T <= 96 tau \| on every law | cites | source: Lorell (2026), in Lean |"
    assert known in written
    assert main(["proofs", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == (
        "1 result (1 proved), every certificate re-checked by the checker alone;"
        " quoted, not proved here: 1 cites, 1 conjecture"
    )
    (tmp_path / "p01_quoted.py").write_text(QUOTING.replace("T <= 2 tau", "T <= tau"))
    assert run_proofs(tmp_path).faults == (
        "stale: README.md is not what the scripts give (natlat proofs --update)",
    )


@pytest.mark.parametrize(
    ("claim", "source", "message"),
    [
        ("", "somebody", "one line of text as claim, got ''"),
        ("a\nb", "somebody", "one line of text as claim"),
        ("a", " ", "one line of text as source"),
    ],
)
def test_a_quotation_says_something_and_whose_it_is(claim, source, message):
    for door in (quote, conjecture):
        with pytest.raises(InvalidInput, match=message):
            door(claim, source)
    with pytest.raises(InvalidInput, match="expected one of cites, conjecture, got 'proved'"):
        Quotation("a", "b", "proved")
    kept = conjecture("a", "b")
    assert eval(repr(kept)) == kept


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"""No title."""\nRESULTS = {}\n', "opens with 'P01 · title'"),
        ('"""P02 · Wrong number."""\nRESULTS = {1: 1}\n', "the docstring says P02"),
        ('"""P01 · T.\n\nClaim    c\n"""\nRESULTS = {1: 1}\n', "lacks the field 'Reading'"),
        (
            '"""P01 · T.\n\nClaim    c\nReading  r\nSource   s\nUses     u\n"""\n',
            "non-empty mapping RESULTS",
        ),
        (
            '"""P01 · T.\n\nClaim    c\nReading  r\nSource   s\nUses     u\n"""\n'
            "RESULTS = {'it': 'H(X) >= 0'}\n",
            "P01.it: expected what prove, refute, evaluate, gap, quote or conjecture",
        ),
    ],
)
def test_a_malformed_script_is_refused(tmp_path, text, message):
    (tmp_path / "p01_x.py").write_text(text)
    with pytest.raises(InvalidInput, match=message):
        run_proofs(tmp_path)


def test_no_folder_and_no_scripts(tmp_path):
    with pytest.raises(UnreadableFile, match="expected a folder of proof scripts"):
        run_proofs(tmp_path / "nothing")
    with pytest.raises(UnreadableFile, match=r"expected proof scripts named pNN_\*\.py"):
        run_proofs(tmp_path)
