"""The command line: exit codes, JSON schema, stdout and stderr, one-line errors."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from natlat_sym import commands
from natlat_sym.cli import main

LAW = {
    "format": "natlat-law/1",
    "variables": ["X1", "X2", "L"],
    "mass": [[["0", "0", "0"], "1/2"], [["1", "1", "1"], "1/2"]],
}
MDR = "H(R|M) <= I(X1;X2|M) + H(R|X1) + H(R|X2)"

PROOFS = Path(__file__).resolve().parent.parent / "proofs"


@pytest.fixture
def law_file(tmp_path):
    path = tmp_path / "law.json"
    path.write_text(json.dumps(LAW))
    return str(path)


@pytest.fixture
def certificate(tmp_path):
    path = tmp_path / "mdr.json"
    assert main(["prove", MDR, "-o", str(path)]) == 0
    return path


def run(capsys, *argv):
    """Exit code, stdout and stderr of a command that returns."""
    capsys.readouterr()
    code = main([str(item) for item in argv])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def run_json(capsys, *argv):
    code, out, err = run(capsys, *argv, "--json")
    data = json.loads(out)
    assert err == ""
    assert data["schema"] == "natlat/1"
    return code, data


def test_errors_json_has_the_keys_of_the_contract(capsys, law_file):
    code, data = run_json(capsys, "errors", law_file, "--latent", "L")
    assert code == 0
    assert list(data)[:5] == ["schema", "latent", "features", "mediation", "dual_mediation"]
    assert data["latent"] == "L"
    assert data["features"] == ["X1", "X2"]
    assert data["mediation"] == {"exact": "0", "approx": "0"}
    assert set(data["redundancy"]) == {
        "weak", "strong", "deterministic_weak", "deterministic_strong"
    }  # fmt: skip
    assert data["redundancy"]["weak"] == {
        "X1": {"exact": "0", "approx": "0"},
        "X2": {"exact": "0", "approx": "0"},
    }
    assert data["entropy"] == {"exact": "1", "approx": "1.00000000000"}
    assert data["entropy_given_features"]["exact"] == "0"
    assert data["verdict"] == {
        "mediates": True,
        "weakly_redundant": True,
        "strongly_redundant": True,
        "natural_weak": True,
        "natural_strong": True,
        "deterministic": True,
    }


def test_errors_of_a_noisy_coin(capsys):
    code, data = run_json(capsys, "measure", "zoo:C11", "I(X1;X2)", "TC(X1;X2|L)", "I(L;X1|X2)")
    assert code == 0
    assert data["values"][0] == {
        "form": "I(X1;X2)",
        "exact": "9/25*log2(3) - 2*log2(5) + 41/50*log2(41)",
        "approx": "0.319922954272",
    }
    assert data["values"][1]["exact"] == "0"
    assert data["values"][2]["exact"] == "36/25*log2(3) + log2(5) - 41/50*log2(41)"


def test_find_exists_and_does_not(capsys):
    code, data = run_json(capsys, "find", "zoo:C03", "--features", "X1,X2")
    assert code == 0
    assert data["exists"] is True
    assert data["entropy"]["exact"] == "-2/3 + log2(3)"
    assert data["mediation"]["exact"] == "0"
    assert (
        sorted({label for _, label in data["latent"]}) == ["0", "1"]
        or len({str(label) for _, label in data["latent"]}) == 2
    )
    code, data = run_json(capsys, "find", "zoo:C11", "--features", "X1,X2")
    assert code == 1
    assert data["exists"] is False
    assert data["witness"]


def test_translate(capsys):
    code, data = run_json(
        capsys, "translate", "zoo:C05", "--from", "M", "--to", "L", "--features", "X1,X2"
    )
    assert code == 0
    assert data["stochastic"]["exact"] == "1"
    assert data["deterministic"]["exact"] == "1"
    assert data["independence"]["exact"] == "1"
    assert data["bound"]["exact"] == "2"
    assert data["table"]


def test_prove_proved_refuted_undecided(capsys):
    code, data = run_json(capsys, "prove", MDR)
    assert code == 0
    assert data["status"] == "proved"
    assert data["certificate"]["kind"] == "linear"
    code, data = run_json(capsys, "prove", "I(X;Y|Z) <= I(X;Y)")
    assert code == 1
    assert data["status"] == "refuted"
    assert data["witness"]["format"] == "natlat-law/1"
    zhang_yeung = "2 I(C;D) <= I(A;B) + I(A;C,D) + 3 I(C;D|A) + I(C;D|B)"
    code, data = run_json(capsys, "prove", zhang_yeung)
    assert code == 3
    assert data["status"] == "undecided"
    assert data["polymatroid"]


def test_prove_for_every_n(capsys, tmp_path):
    path = tmp_path / "han.json"
    code, data = run_json(capsys, "prove", "(n-1) H(Y[n]) <= n H(Y[n-1])", "--all-n", "Y")
    assert (code, data["status"], data["certificate"]["kind"]) == (0, "proved", "all-n")
    claim = "H(R|L) <= (n-1) TC(X|L) + n H(R|X[n-1])"
    assert main(["prove", claim, "--all-n", "X", "-o", str(path)]) == 0
    assert run(capsys, "check", path)[:2] == (0, f"verified  for all n >= 2: {claim}\n")
    beyond_shannon = "2 I(C;D) <= I(X[1];X[1]) + I(X[1];C,D) + 4 I(C;D|X[1])"
    code, out, _ = run(capsys, "prove", beyond_shannon, "--all-n", "X")
    assert code == 3
    assert out.startswith(f"undecided  no proof of {beyond_shannon} for every n was found")


def test_refute_for_every_n(capsys, tmp_path):
    path, claim = tmp_path / "unit.json", "H(R|L) <= TC(X|L) + n H(R|X[n-1])"
    assert main(["prove", claim, "--all-n", "X", "-o", str(path)]) == 1
    capsys.readouterr()
    shown = f"for all n >= 3 some law of n features has {claim.replace('<=', '>')}"
    assert run(capsys, "check", path)[:2] == (0, f"verified  {shown}\n")
    code, data = run_json(capsys, "prove", claim, "--all-n", "X")
    assert (code, data["status"], data["certificate"]["kind"]) == (1, "refuted", "all-n-law")


def test_a_claim_for_every_n_fails_when_it_fails_for_one(capsys, tmp_path):
    path, claim = tmp_path / "one.json", "H(R|L) <= TC(X|L) + H(R|X[1])"
    code, out, _ = run(capsys, "prove", claim, "--all-n", "X", "-o", path)
    assert (code, out.splitlines()[0]) == (1, f"refuted  {claim} fails for n = 2")
    assert run(capsys, "check", path)[0] == 0
    code, data = run_json(capsys, "prove", claim, "--all-n", "X")
    assert (code, data["status"], data["n"], data["m"]) == (1, "refuted", 2, None)
    assert data["witness"] == data["certificate"]["law"]


def test_a_certificate_round_trip(capsys, certificate):
    code, out, _ = run(capsys, "check", certificate)
    assert (code, out) == (0, f"verified  {MDR}\n")
    code, data = run_json(capsys, "check", certificate)
    assert data == {
        "schema": "natlat/1", "status": "verified", "claim": MDR, "assumptions": []
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-O", "-m", "natlat_sym.check", str(certificate)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert MDR in done.stdout


def test_an_edited_certificate_is_rejected(capsys, certificate):
    certificate.write_text(certificate.read_text().replace('"1"', '"2"', 1))
    code, out, err = run(capsys, "check", certificate)
    assert (code, out) == (1, "")
    assert err.startswith("natlat check: rejected: ")
    assert err.count("\n") == 1
    code, out, again = run(capsys, "check", certificate, "--json")
    reason = err.removeprefix("natlat check: rejected: ").strip()
    assert (code, again) == (1, err)
    assert json.loads(out) == {
        "schema": "natlat/1",
        "status": "rejected",
        "claim": None,
        "assumptions": [],
        "reason": reason,
    }


def test_a_truncated_certificate(capsys, certificate):
    certificate.write_text(certificate.read_text()[:-20])
    code, out, err = run(capsys, "check", certificate)
    assert (code, out) == (2, "")
    assert err.startswith("natlat check: expected a certificate, ")
    assert err.count("\n") == 1


CYCLE = "KL(X1 -> X2 -> X1)"
BAD = [
    (["errors", "{dir}", "--latent", "L"], "is a directory"),
    (["errors", "{dir}/nothing.json", "--latent", "L"], "does not exist"),
    (["errors", "zoo:C01", "--latent", "Z"], "Z"),
    (["errors", "zoo:C01", "--latent", "L", "--features", "X1,X1"], "X1"),
    (["errors", "zoo:nonsense", "--latent", "L"], "nonsense"),
    (["errors", "{float}", "--latent", "L"], 'write it as text: "0.5"'),
    (["errors", "{unnormalised}", "--latent", "L"], "3/4"),
    (["errors", "{negative}", "--latent", "L"], "-1/2"),
    (["errors", "{empty}", "--latent", "L"], "empty"),
    (["errors", "{csv}", "--latent", "L", "--count", "k"], "k"),
    (["measure", "zoo:C01", CYCLE], "cycle"),
    (["measure", "zoo:C01", "I(X1;X2"], "I(X1;X2"),
    (["measure", "zoo:C01", "H(Z)"], "Z"),
    (["find", "zoo:C01", "--redundancy", "7"], "7"),
    (["find", "zoo:C01", "--redundancy", "weakly"], "weakly"),
    (["prove", "H(X) < H(Y)"], "<="),
    (["prove", "H(X) <="], "H(X) <="),
    (["prove", "H(X)"], "<="),
    (["prove", "H(X) <= H(X)", "-o", "{dir}"], "directory"),
    (["check", "{dir}"], "is a directory"),
    (["proofs", "{dir}/none"], "folder of proof scripts"),
    (["zoo", "C99"], "C99"),
    (["zoo", ""], "got ''; natlat zoo or zoo.names() lists them"),
    (["errors", "", "--latent", "L"], "expected a law or a table, '' does not exist"),
    (["errors", "{long}", "--latent", "L"], "they sum to 3333333"),
    (["errors", "{dir}/empty.bif", "--latent", "L"], "empty.bif' is empty"),
    (["measure", "zoo:C11", "H(X1) + a"], "'H(X1) + a' holds the error symbol 'a'"),
    (["prove", "H(X1) >= 0", "--on", "zoo:C11"], "got none; measure the form on this one"),
    (["prove", "H(X) >= 0", "-o", ""], "expected a path that can be written, got an empty one"),
]


@pytest.fixture
def places(tmp_path):
    def law(name, *masses):
        path = tmp_path / f"{name}.json"
        rows = [[[str(i), str(i), str(i)], mass] for i, mass in enumerate(masses)]
        path.write_text(json.dumps({**LAW, "mass": rows}))
        return str(path)

    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "empty.bif").write_text("")
    (tmp_path / "table.csv").write_text("X1,X2,L\n0,0,0\n1,1,1\n")
    return {
        "dir": str(tmp_path),
        "float": law("float", 0.5, 0.5),
        "unnormalised": law("unnormalised", "1/2", "1/4"),
        "long": law("long", f"1/{'3' * 9999}", "1/2"),
        "negative": law("negative", "3/2", "-1/2"),
        "empty": str(tmp_path / "empty.csv"),
        "csv": str(tmp_path / "table.csv"),
    }


@pytest.mark.parametrize(("argv", "says"), BAD, ids=lambda item: " ".join(item)[:50])
def test_bad_input_ends_in_one_line_and_exit_code_2(capsys, places, argv, says):
    code, out, err = run(capsys, *[item.format(**places) if "{" in item else item for item in argv])
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert len(err) < 400
    assert err.startswith(f"natlat {argv[0]}: ")
    assert says in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        ([], "natlat: the following arguments are required: COMMAND"),
        (["errors", "zoo:C01"], "natlat errors: the following arguments are required: --latent"),
        (["frobnicate"], "natlat: argument COMMAND: invalid choice: 'frobnicate'"),
    ],
)
def test_usage_errors_are_one_line(capsys, argv, says):
    with pytest.raises(SystemExit) as stop:
        main(argv)
    assert stop.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith(says)
    assert err.count("\n") == 1


def test_debug_shows_the_traceback_and_keeps_the_exit_code(capsys):
    assert main(["measure", "zoo:nonsense", "H(X1)", "--debug"]) == 2
    err = capsys.readouterr().err.splitlines()
    assert err[0] == "Traceback (most recent call last):"
    assert "got 'nonsense'" in err[-1]


def test_a_defect_is_neither_false_nor_bad_input(capsys, monkeypatch):
    def fail(arguments):
        raise RuntimeError("no such luck")

    monkeypatch.setattr(commands, "run_measure", fail)
    assert main(["measure", "zoo:C01", "H(X1)"]) == 70
    assert capsys.readouterr().err == (
        "natlat measure: a defect of natlat, please report it with --debug: "
        "RuntimeError: no such luck\n"
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_is_said_in_one_line():
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "natlat_sym", "zoo", "C01"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == (
        "natlat zoo: expected an output that can be written: No space left on device\n"
    )


def test_a_closed_output_is_said_in_one_line(monkeypatch, capsys):
    # With stdout closed (`natlat zoo >&-`) the interpreter has no stdout at all.
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", None)
        code = main(["zoo", "C01"])
    assert code == 2
    assert capsys.readouterr().err == (
        "natlat zoo: expected an output that can be written: it is closed\n"
    )


def test_a_table_with_quotes_commas_newlines_and_a_mark(capsys, tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b'\xef\xbb\xbfX,Y\n"a,b",0\n"a\nb",1\n')
    code, data = run_json(capsys, "measure", path, "I(X;Y)")
    assert (code, data["values"][0]["exact"]) == (0, "1")


def test_a_law_on_stdin(capsys, monkeypatch):
    import io

    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(LAW)))
    code, data = run_json(capsys, "measure", "-", "I(X1;X2)")
    assert (code, data["values"][0]["exact"]) == (0, "1")


def test_stdin_that_is_no_law(capsys, monkeypatch):
    import io

    monkeypatch.setattr(sys, "stdin", io.StringIO("X,Y\n0,1\n"))
    code, out, err = run(capsys, "measure", "-", "I(X1;X2)")
    assert (code, out) == (2, "")
    said = "expected a law (JSON) on stdin, got text that starts 'X,Y'; a table is read from a file"
    assert err == f"natlat measure: {said}\n"


def test_a_form_may_start_with_a_sign(capsys):
    assert run(capsys, "measure", "zoo:C11", "-H(L)", "-2e3H(L)")[0] == 2
    code, data = run_json(capsys, "measure", "zoo:C11", "-H(L)", "-2*H(L)", "-1/2 H(L)")
    assert (code, [item["form"] for item in data["values"]]) == (
        0,
        ["-H(L)", "-2*H(L)", "-1/2 H(L)"],
    )
    assert [item["exact"] for item in data["values"]] == ["-1", "-2", "-1/2"]
    assert run(capsys, "prove", "-H(X)<=0")[0] == 0
    assert run(capsys, "prove", "H(X)<=a", "--given", "-H(X)>=-a")[0] == 0
    assert run(capsys, "bound", "-H(X)", "--given", "H(X)>=a")[0] in (0, 1)
    assert "whole number, got '-1'" in run(capsys, "find", "zoo:C03", "--redundancy", "-1")[2]


def test_only_the_columns_that_are_used_need_names(capsys, tmp_path):
    table = tmp_path / "frame.csv"
    table.write_text(",X1,X2,L,body mass\n0,a,b,c,1\n1,b,b,c,2\n")
    assert run_json(capsys, "measure", table, "H(X1|X2)")[1]["values"][0]["exact"] == "1"
    for features in ("X1,X2", "X1 X2", " X1 , X2 "):
        code, data = run_json(capsys, "errors", table, "--latent", "L", "--features", features)
        assert (code, data["features"]) == (0, ["X1", "X2"])
    assert run_json(capsys, "find", table, "--keep", "X1,X2,L")[0] == 0
    assert "rename the column to 'V', or choose" in run(capsys, "find", table)[2]


def test_labels_that_may_not_be_meant_are_mentioned(capsys, tmp_path):
    table = tmp_path / "cells.csv"
    cells = ["1", " 1", "1.0", "+01", "-1", "x", "x ", "1e0"]
    table.write_text("X,Y\n" + "".join(f"{x},{x.strip()[-1]}\n" for x in cells))
    assert run(capsys, "measure", table, "H(X)")[2] == (
        f"natlat: {table}: labels are told apart by their text in X (' 1' and '+01')\n"
    )
    table.write_text("X,Y\n" + "".join(f"{i / 7},{i % 2}\n" for i in range(20)))
    assert run(capsys, "measure", table, "I(X;Y)")[2] == (
        f"natlat: {table}: every row has a label of its own (numbers are labels: round or bin "
        "them) in X\n"
    )
    assert run(capsys, "measure", table, "H(Y)")[2] == ""


def test_a_column_of_counts_that_is_not_used_is_mentioned(capsys, tmp_path):
    table = tmp_path / "votes.csv"
    table.write_text("X,Y,Count\na,a,3\nb,b,1\n")
    code, out, err = run(capsys, "measure", table, "H(X)")
    assert (code, out) == (0, "H(X)  1.00000000000  1\n")
    assert err == (
        f"natlat: {table}: every row counts once; --count Count if that column says how often a "
        "row occurs\n"
    )
    assert run(capsys, "measure", table, "H(X)", "--count", "Count")[1:] == (
        "H(X)  0.811278124459  2 - 3/4*log2(3)\n",
        "",
    )


def test_values_of_forms_have_decimals_before_what_is_long(capsys):
    wide = "36/25*log2(3) + log2(5) - 41/50*log2(41)"
    assert run(capsys, "measure", "zoo:C11", "H(L)", "I(L;X1|X2)")[1].splitlines() == [
        "H(L)        1.00000000000   1",
        f"I(L;X1|X2)  0.211081452139  {wide}",
    ]
    shown = run(capsys, "measure", "zoo:S01", "I(X1;X2)")[1]
    assert shown == "I(X1;X2)  1 + (1 - e)*log2(1 - e) + e*log2(e)\n"


def test_parameters_get_values(capsys):
    code, data = run_json(capsys, "measure", "zoo:S02", "H(L|X1)", "--set", "a=1/4,b=0")
    assert (code, data["values"][0]["exact"]) == (0, "2 - 3/4*log2(3)")
    code, data = run_json(capsys, "measure", "zoo:S02", "H(L|X1)", "--set", "b=0")
    assert data["values"][0]["exact"] == "-(1 - a)*log2(1 - a) - a*log2(a)"
    assert run(capsys, "best", "zoo:S01", "--features", "X1,X2", "--set", "e=1/4")[0] == 0
    claim = ("prove", "I(X1;X2) <= 1 - 2 a", "--on", "zoo:S02")
    assert run(capsys, *claim)[2].endswith("(--set)\n")
    assert run(capsys, *claim, "--set", "b=1/10")[0] == 0
    two = ("translate", "zoo:S01", "zoo:C11", "--from", "L", "--to", "L")
    assert run(capsys, *two, "--features", "X1,X2", "--set", "e=1/4")[0] == 0
    for text, said in [
        ("e", "expected one value for a parameter, such as --set e=1/4, got 'e'"),
        ("a=0,a=1/4", "expected one value for a parameter"),
        ("c=0", "expected a parameter of the law, got 'c'; the parameters are a, b"),
        ("a=3", "expected 0 < a < 1/2, got a = 3"),
    ]:
        code, _, err = run(capsys, "measure", "zoo:S02", "H(L)", "--set", text)
        assert code == 2
        assert said in err
    assert "it has none" in run(capsys, "measure", "zoo:C05", "H(L)", "--set", "e=0")[2]
    assert "beside --set" in run(capsys, "prove", "H(X) >= 0", "--set", "e=0")[2]


def test_a_closed_stdin_gives_nothing(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    code, _, err = run(capsys, "errors", "-", "--latent", "L")
    assert (code, err) == (2, "natlat errors: expected a law (JSON) on stdin, got nothing\n")


def test_a_law_comes_through_a_pipe_and_with_a_mark(capsys, monkeypatch, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for text, wanted in ((json.dumps(LAW), 0), ("X1,X2\n0,0\n", 2)):
        writer = subprocess.Popen(["sh", "-c", 'printf "%s" "$1" > "$2"', "sh", text, str(pipe)])
        code, out, err = run(capsys, "measure", pipe, "H(X1)")
        writer.wait()
        assert code == wanted
        assert out.startswith("H(X1)  1") or "a table is read from a file" in err
    monkeypatch.setattr("sys.stdin", io.StringIO("\ufeff" + json.dumps(LAW)))
    assert run(capsys, "measure", "-", "H(X1)")[0] == 0


def test_empty_cells_are_mentioned(capsys, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("X1,X2,L\n0,0,0\n,1,1\n")
    code, _, err = run(capsys, "measure", table, "H(X1)")
    assert (code, err) == (0, f"natlat: {table}: empty cells are a label of their own in X1\n")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_an_output_that_cannot_show_a_sign_gets_a_plain_one(encoding):
    done = subprocess.run(
        [sys.executable, "-m", "natlat_sym", "prove", "H(X|Y) <= H(X)"],
        capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    turnstile = "⊢" if encoding == "utf-8" else "|-"
    assert done.stdout.decode(encoding).startswith(f"proved  {turnstile} H(X|Y) <= H(X)")


def test_zoo_lists_and_shows(capsys):
    code, data = run_json(capsys, "zoo")
    assert code == 0
    assert {"C01", "C05", "C11"} <= {entry["id"] for entry in data["entries"]}
    code, data = run_json(capsys, "zoo", "C05")
    assert data["law"]["format"] == "natlat-law/1"
    values = {item["form"]: item["exact"] for item in data["values"]}
    assert values["I(L;M|X1,X2)"] == "1"


def test_proofs_command(capsys, tmp_path):
    for name in ("p02_rest_is_a_valid_latent.py", "p05_fundamental_theorem_exact.py"):
        shutil.copy(PROOFS / name, tmp_path / name)
    assert run(capsys, "proofs", str(tmp_path))[0] == 1
    assert run(capsys, "proofs", str(tmp_path), "--update")[0] == 0
    code, out, err = run(capsys, "proofs", str(tmp_path))
    assert code == 0
    assert out.splitlines()[-1] == (
        "14 results (14 proved), every certificate re-checked by the checker alone"
    )
    assert [line.split()[:2] for line in err.splitlines()] == [["[1/2]", "P02"], ["[2/2]", "P05"]]
    assert re.search(r"^P05 · The Fundamental Theorem.*  \([0-9.]+ s\)$", out, re.MULTILINE)
    shown = "two-features         proved  I(L;X1,X2|M) = 0\n"
    assert f"  {shown}{' ' * 33}given I(X1;X2|M) = 0\n" in out
    code, data = run_json_allowing_progress(capsys, "proofs", str(tmp_path))
    assert code == 0
    assert len(data["results"]) == len(list(tmp_path.glob("certificates/*.json"))) == 14
    assert set(data["results"][0]) == {"id", "claim", "status", "assumptions", "source"}
    assert [chapter["id"] for chapter in data["chapters"]] == ["P02", "P05"]
    assert data["faults"] == []


CLAIM = ["prove", "H(X|Y) <= H(X)", "-o"]
PLACES = [
    ("{dir}/none/file", "the folder of '{dir}/none/file' does not exist"),
    ("{dir}", "'{dir}' is a directory"),
    ("{dir}/taken/file", "'{dir}/taken/file': Not a directory"),
]


@pytest.mark.parametrize(("place", "reason"), PLACES)
@pytest.mark.parametrize(
    ("command", "argv"),
    [
        ("prove", CLAIM),
        ("export", ["export", "{dir}/taken", "--to", "coq", "-o"]),
        ("translate", ["translate", "zoo:C05", "--from", "M", "--to", "L", "--svg"]),
        ("report", ["report", str(PROOFS), "-o"]),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_before_the_work(
    capsys, tmp_path, monkeypatch, command, argv, place, reason
):
    def work(arguments):
        raise RuntimeError("the work began")

    monkeypatch.setattr(commands, f"run_{command}", work)
    (tmp_path / "taken").write_text("")
    code, out, err = run(capsys, *argv, place.format(dir=tmp_path))
    said = f"expected a path that can be written, {reason.format(dir=tmp_path)}"
    assert (code, out, err) == (2, "", f"natlat {command}: {said}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_an_update_of_proofs_that_cannot_be_stored_is_refused_before_the_work(capsys, tmp_path):
    (tmp_path / "p01_two.py").write_text("raise RuntimeError('the work began')")
    (tmp_path / "certificates").write_text("")
    code, out, err = run(capsys, "proofs", tmp_path, "--update")
    assert (code, out) == (2, "")
    assert err.endswith("/certificates/P00.json': Not a directory\n")


def test_devices_are_written_to_and_links_followed(capsys, tmp_path):
    assert run(capsys, *CLAIM, os.devnull)[0] == 0
    assert Path(os.devnull).is_char_device()
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    assert run(capsys, *CLAIM, tmp_path / "link.json")[0] == 0
    assert (tmp_path / "link.json").is_symlink()
    assert run(capsys, "check", tmp_path / "real.json")[0] == 0
    if os.path.exists("/dev/full"):
        code, _, err = run(capsys, *CLAIM, "/dev/full")
        said = "expected a path that can be written, '/dev/full': No space left on device"
        assert (code, err) == (2, f"natlat prove: {said}\n")


def test_a_replaced_file_keeps_its_permissions(capsys, tmp_path):
    (tmp_path / "old.json").write_text("")
    (tmp_path / "old.json").chmod(0o640)
    assert run(capsys, *CLAIM, tmp_path / "old.json")[0] == 0
    assert (tmp_path / "old.json").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "argv",
    [
        ["errors", "{dir}/shut/law.json", "--latent", "L"],
        ["errors", "{dir}/locked.json", "--latent", "L"],
        [*CLAIM, "{dir}/shut/new.json"],
        [*CLAIM, "{dir}/locked.json"],
    ],
    ids=" ".join,
)
def test_what_may_not_be_read_or_written_is_said(tmp_path, argv):
    shut, locked = tmp_path / "shut", tmp_path / "locked.json"
    shut.mkdir(mode=0)
    locked.write_text("kept")
    locked.chmod(0o444 if argv[0] == "prove" else 0)
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    drop += ["--inh-caps=-dac_override,-dac_read_search"]
    if os.access(shut, os.R_OK) and not shutil.which("setpriv"):
        pytest.skip("may read everything")
    done = subprocess.run(
        [
            *(drop if os.access(shut, os.R_OK) else []), sys.executable, "-m", "natlat_sym",
            *(item.format(dir=tmp_path) for item in argv),
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "Permission denied" in done.stderr
    locked.chmod(0o600)
    assert locked.read_text() == "kept"
    shut.chmod(0o700)


def run_json_allowing_progress(capsys, *argv):
    code, out, _ = run(capsys, *argv, "--json")
    return code, json.loads(out)


def test_version_and_entry_point():
    done = subprocess.run(
        [sys.executable, "-m", "natlat_sym", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    name, version = done.stdout.split()
    assert name == "natlat"
    assert version.count(".") == 2


def test_a_closed_pipe_is_quiet():
    done = subprocess.run(
        f'"{sys.executable}" -m natlat_sym zoo gss | head -n 1',
        shell=True,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONUNBUFFERED": ""},
    )
    assert done.stderr == ""
    assert done.stdout


NOISY = {
    "format": "natlat-law/1",
    "variables": ["X1", "X2", "L"],
    "parameters": {"e": "0 < e < 1/2"},
    "mass": [
        [["0", "0", "0"], "1/2 - e/2"],
        [["0", "1", "0"], "e/2"],
        [["1", "1", "1"], "1/2 - e/2"],
        [["1", "0", "1"], "e/2"],
    ],
}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["limit", NOISY, "I(X1;X2)", "--at", "d -> 0+"],
            "expected a parameter of the law after --at, it has e, got 'd'; write --at 'e -> 0+'",
        ),
        (  # the form does not depend on the parameter: the name is looked at all the same
            ["limit", NOISY, "I(X1;X2|L)", "--at", "E -> 0+"],
            "expected a parameter of the law after --at, it has e, got 'E'; did you mean 'e'?",
        ),
        (
            ["limit", LAW, "H(L)", "--at", "e -> 0+"],
            "expected a parameter of the law after --at, it has none, got 'e';"
            " natlat measure gives the value of a form on it",
        ),
        (
            ["limit", NOISY, "H(X1|X2)", "--at", "e->oo"],
            "expected a point of 0 < e < 1/2 or its end, approached from inside, got e -> oo",
        ),
        (
            ["bound", "H(L) <= 3", "--given", "H(L) <= a"],
            "expected '+', '-' or the end (a relation makes a claim of a form), got '<=' at column"
            " 6 of 'H(L) <= 3'",
        ),
        (
            ["errors", LAW, "--latent", "l"],
            "expected one of the variables X1, X2, L, got 'l'; did you mean 'L'?",
        ),
        (
            ["prove", "H(X) =< 3"],
            "expected <=, >= or = (write '<='), got '=<' at column 6 of 'H(X) =< 3'",
        ),
        (
            ["prove", "H(X) => 3"],
            "expected <=, >= or = (write '>='), got '=>' at column 6 of 'H(X) => 3'",
        ),
        (
            ["prove", "H(L|X) <= 1", "--all-n", "X,Y"],
            "features: expected a name that starts with a capital letter for all n of them,"
            " such as 'X', got 'X,Y'",
        ),
        (
            ["prove", "H(L|X[n+1]) <= 0", "--all-n", "X"],
            "more features than n, or fewer than none, in 'H(L|X[n+1]) <= 0'; write X[n] or X for"
            " all, X[n-1] for all but one",
        ),
        (
            ["prove", "H(L|X[k]) <= 0", "--all-n", "X"],
            "expected a size: a number, n, or k in a run, at or before column 7 of"
            " 'H(L|X[k]) <= 0'; write X[1] for one feature, X[n-1] for all but one",
        ),
        (
            ["prove", "H(L) < 0", "--all-n", "X"],
            "the relation '<' is not allowed here, in 'H(L) < 0'; write <=, >= or =",
        ),
        (
            ["prove", "KL(X <- L) <= n", "--all-n", "X"],
            "'KL' is not H, I, TC, DTC or a symbol, in 'KL(X[n] <- L) <= n'; a net such as"
            " KL(X <- L) is written as TC(X|L), I or H",
        ),
        (
            ["prove", "TC(M|X) <= 0", "--all-n", "X"],
            "expected the features X, at or before column 5 of 'TC(M|X[n]) <= 0'; write TC(X|L),"
            " of all features",
        ),
        (
            ["prove", "I(L|M) <= 0", "--all-n", "X"],
            "I: a wrong block count, in 'I(L|M) <= 0'; write I(A;B|C), with one semicolon",
        ),
        (
            ["prove", "H(L;M) <= 0", "--all-n", "X"],
            "H: a wrong block count, in 'H(L;M) <= 0'; write H(A|B), without a semicolon",
        ),
    ],
)
def test_misspelt_input_is_told_the_nearest_fix(capsys, tmp_path, arguments, message):
    path = tmp_path / "law.json"
    for law in (one for one in arguments if isinstance(one, dict)):
        path.write_text(json.dumps(law))
    argv = [path if isinstance(one, dict) else one for one in arguments]
    assert run(capsys, *argv) == (2, "", f"natlat {arguments[0]}: {message}\n")


def test_measure_keeps_to_100_columns(capsys):
    long = " + ".join(f"{k} H(X{i}|L)" for k, i in [(3, 1), (5, 2), (7, 1), (11, 2), (13, 1)])
    forms = ["H(X1)", long, "H(X1,X2)"]
    assert main(["measure", "zoo:gss", "H(abany,abdefect,abnomore)", "H(abany)"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[0].endswith(" terms)")
    assert lines[-1] == "--json gives the exact texts in full"
    assert main(["measure", "zoo:C11", *forms]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert max(map(len, lines)) <= 100
    assert lines[1].startswith("3 H(X1|L) + 5 H(X2|L) + 7 H(X1|L) ... (5 terms)")
