"""Every single edit of every stored certificate is rejected, lies also with a fresh digest."""

import hashlib
import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from natlat_sym import check

ROOT = Path(__file__).resolve().parent.parent
STORED = sorted((ROOT / "proofs" / "certificates").glob("*.json"))
CHECKER = ROOT / "natlat_sym" / "check"


def sealed(data):
    rest = {name: value for name, value in data.items() if name != "digest"}
    plain = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return json.dumps({**rest, "digest": "sha256:" + hashlib.sha256(plain.encode()).hexdigest()})


def scalars(value, path=()):
    if isinstance(value, dict):
        for name, part in value.items():
            yield from scalars(part, (*path, name))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from scalars(part, (*path, place))
    else:
        yield path, value


def put(value, path, new):
    if not path:
        return new
    if isinstance(value, dict):
        return {**value, path[0]: put(value[path[0]], path[1:], new)}
    return [
        put(part, path[1:], new) if place == path[0] else part for place, part in enumerate(value)
    ]


LARGE = 4_000  # bytes; of a certificate above this size a sample of all places is edited


def sample(items, most):
    """Return the items, or so many of them evenly spread."""
    items = list(items)
    return items if len(items) <= most else [items[k * len(items) // most] for k in range(most)]


def text_edits(text, most):
    """One character dropped, doubled or replaced, at up to about so many places."""
    for place in range(0, len(text), max(1, len(text) // most)):
        old = text[place]
        new = {"1": "2", "2": "3", "<": ">", ";": ",", ",": ";", "|": ","}.get(old, "Q")
        yield text[:place] + text[place + 1 :]
        yield text[:place] + old + text[place:]
        yield text[:place] + new + text[place + 1 :]


def list_paths(value, path=()):
    if isinstance(value, list):
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, part in items if isinstance(value, dict | list) else ():
        if isinstance(part, dict | list):
            yield from list_paths(part, (*path, name))


def some_scalars(data, size):
    return sample(scalars(data), max(12, 300_000 // size)) if size > LARGE else scalars(data)


def single_edits(data, size):
    large = size > LARGE
    for path, value in some_scalars(data, size):
        if isinstance(value, str):
            yield from (put(data, path, new) for new in text_edits(value, 4 if large else 40))
        else:
            yield put(data, path, value + 1)
    for path, items in sample(list_paths(data), 4) if large else list_paths(data):
        for place in range(min(len(items), 3 if large else 12)):
            yield put(data, path, items[:place] + items[place + 1 :])
            yield put(data, path, [*items, items[place]])
            if place:
                swapped = list(items)
                swapped[place - 1 : place + 1] = swapped[place - 1 : place + 1][::-1]
                if swapped != items:
                    yield put(data, path, swapped)
    for name in data:
        yield {other: value for other, value in data.items() if other != name}
    yield {**data, "note": "x"}


def test_there_are_certificates_of_every_kind():
    kinds = {json.loads(path.read_text())["kind"] for path in STORED}
    expected = {"linear", "symmetric", "law", "refutation", "all-n", "gap", "floor", "range"} | {
        "all-n-law"
    }
    assert kinds == expected


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_every_single_edit_is_rejected(path):
    data = json.loads(path.read_text(encoding="utf-8"))
    check.verify(path.read_text(encoding="utf-8"))
    count = 0
    for edited in single_edits(data, path.stat().st_size):
        if edited == data:
            continue
        count += 1
        with pytest.raises(check.Rejected):
            check.verify(json.dumps(edited))
    assert count > 50


SUMS = ("linear", "symmetric")


def lies(data, size):
    """Edits that say or show something else, whatever the digest."""
    for path, value in some_scalars(data, size):
        name = path[-1] if isinstance(path[-1], str) else path[-2] if len(path) > 1 else ""
        if path[0] in ("proof", "converse") and name == "weight" and data["kind"] in SUMS:
            yield put(data, path, str(Fraction(value) + 1))
            yield put(data, path, str(-Fraction(value)))
        if path[0] == "levels" and name == "signs":
            for place, sign in enumerate(value):
                turned = {"+": "-", "-": "+", "?": "+"}[sign]
                if sign != "?":
                    yield put(data, path, value[:place] + turned + value[place + 1 :])
        if path in (("ratio",), ("floor",)):
            yield put(data, path, "2")
        if path[0] == "shares":
            yield put(data, path, str(Fraction(value) + 1))
        if path[0] == "matrix":
            yield put(data, path, str(Fraction(value) * Fraction(101, 100)))
            yield put(data, path, str(Fraction(value) * Fraction(99, 100)))
        if name == "excess":
            yield put(data, path, f"{value} + 1")
        if path[:2] == ("law", "mass") and len(path) == 4:
            yield put(data, path, str(Fraction(value) + Fraction(1, 97)))
    for part in ("proof", "converse"):
        for place in range(len(data.get(part, []))):
            yield {**data, part: data[part][:place] + data[part][place + 1 :]}
    for name, what in data.get("names", {}).items():
        yield put(data, ("names", name), {"all": "constant", "constant": "all"}[what])
    if data["kind"] in ("law", "all-n-law"):
        for place, claim in enumerate(data["claims"]):
            claims = list(data["claims"])
            low = "<" in claim
            claims[place] = claim.replace("<=", ">").replace("<", ">") if low else f"{claim} + 1"
            if ">" in claim:
                claims[place] = claim.replace(">=", "<").replace(">", "<")
            yield {**data, "claims": claims}
    if data["kind"] == "range":
        left, relation, right = re.split(" (<=|>=|=|<|>) ", data["claim"])
        turned = {"<": ">", ">": "<"}.get(relation[0])
        yield {**data, "claim": f"{left} {turned} {right}" if turned else f"{left} + 1 = {right}"}
        if data["levels"]:
            yield {**data, "levels": []}
    if data["kind"] in SUMS and data["proof"]:
        wrong = data["claim"].replace("<=", ">=") if "<=" in data["claim"] else "1 <= 0"
        yield {**data, "claim": wrong}
        yield {**data, "given": [*data["given"], "H(Unused) = 0"]}


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_lies_are_rejected_with_a_fresh_digest(path):
    data = json.loads(path.read_text(encoding="utf-8"))
    assert check.verify(sealed(data))["status"] == "verified"
    for edited in lies(data, path.stat().st_size):
        with pytest.raises(check.Rejected):
            check.verify(sealed(edited))


ALONE = [["-I", "-S"], ["-O", "-I", "-S"], ["-OO", "-I", "-S"]]


@pytest.mark.parametrize("options", ALONE, ids=str)
def test_the_checker_runs_alone(options, tmp_path):
    done = subprocess.run(
        [sys.executable, *options, str(CHECKER), *map(str, STORED)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sum(line.startswith("verified  ") for line in done.stdout.splitlines()) == len(STORED)


@pytest.mark.parametrize("options", ALONE, ids=str)
def test_the_checker_rejects_alone(options, tmp_path):
    data = json.loads(STORED[0].read_text(encoding="utf-8"))
    lying = tmp_path / "lying.json"
    lying.write_text(sealed({**data, "claim": "H(X) <= H(X|Y)"}))
    broken = tmp_path / "broken.json"
    broken.write_text(STORED[0].read_text()[:-30])
    for path, code in ((lying, 1), (broken, 2), (tmp_path, 2), (tmp_path / "none", 2)):
        done = subprocess.run(
            [sys.executable, *options, str(CHECKER), str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code
        assert len((done.stdout + done.stderr).splitlines()) == 1
        assert "Traceback" not in done.stderr
