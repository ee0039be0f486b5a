"""The proofs run, their certificates and map are the stored ones, and a fault is noticed."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from natlat_sym.errors import InvalidInput, ProofError, UnreadableFile
from natlat_sym.proofmap import run_proofs

PROOFS = Path(__file__).resolve().parent.parent / "proofs"
COUNTS = {
    "P01": 7,
    "P02": 7,
    "P03": 7,
    "P04": 6,
    "P05": 6,
    "P06": 6,
    "P07": 9,
    "P08": 4,
    "P09": 23,
    "P10": 5,
    "P11": 6,
    "P12": 5,
    "P13": 4,
    "P14": 3,
}


@pytest.fixture(scope="module")
def proof_map():
    return run_proofs(PROOFS)


def test_every_step_of_the_main_argument_is_there(proof_map):
    assert {chapter.id: len(chapter.entries) for chapter in proof_map.chapters} == COUNTS


def test_nothing_is_missing_stale_extra_or_rejected(proof_map):
    assert proof_map.faults == ()
    assert len(list((PROOFS / "certificates").glob("*.json"))) == sum(COUNTS.values())


def test_universal_statements_are_proved_and_existential_ones_have_a_law(proof_map):
    for entry in proof_map.entries:
        data = json.loads(entry.certificate)
        kinds = {
            "proved": ("linear", "symmetric", "all-n"),
            "refuted": ("refutation",),
            "witnessed": ("law", "gap"),
        }
        assert data["kind"] in kinds[entry.status]
        assert ("law" in data) == (entry.status != "proved")


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


def test_a_script_that_fails_is_named(tmp_path):
    (tmp_path / "p01_wrong.py").write_text(
        'from natlat_sym import prove\nprove("H(X) <= H(X|Y)")\n'
    )
    with pytest.raises(ProofError, match=r"^p01_wrong\.py: "):
        run_proofs(tmp_path)


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
