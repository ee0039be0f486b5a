"""The file (section 2), the rule for its kind, and the command line (section 9)."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from typing import Any

from .alln import check_all_n
from .codes import check_all_n_law
from .floor import check_floor
from .gap import check_gap
from .laws import check_law, check_refutation
from .linear import check_linear
from .ranges import check_range
from .reading import MAX_BYTES, MAX_DIGITS, Rejected, Unreadable, as_members, require

_KINDS = {
    "linear": (check_linear, ("claim", "given", "proof")),
    "symmetric": (check_linear, ("claim", "given", "classes", "proof")),
    "law": (check_law, ("law", "claims")),
    "refutation": (check_refutation, ("claim", "given", "law", "excess")),
    "gap": (check_gap, ("law", "features", "latent", "ratio")),
    "floor": (check_floor, ("law", "features", "matrix", "floor")),
    "all-n": (check_all_n, ("claim", "features", "least", "given", "proof")),
    "all-n-law": (check_all_n_law, ("claims", "features", "least", "names")),
    "range": (check_range, ("range", "law", "claim", "levels")),
}
_OPTIONAL = {
    "gap": ("shares",),
    "linear": ("converse",),
    "symmetric": ("converse",),
    "refutation": ("symbols",),
    "all-n": ("converse", "budget"),
    "all-n-law": ("budget",),
    "range": ("other",),
}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    for name, times in Counter(name for name, _ in pairs).items():
        require(times == 1, "JSON", f"member {ascii(name)[:60]} is repeated")
    return found


def _no_float(text: str) -> Any:
    raise Rejected(f"JSON: the float {text[:40]} is not exact")


def _integer(text: str) -> int:
    require(len(text) <= MAX_DIGITS, "JSON", f"a number above {MAX_DIGITS} digits")
    require(text != "-0", "JSON", "an improper zero")
    return int(text)


def _parse(text: str) -> dict[str, Any]:
    require(type(text) is str, "JSON", "expected text")
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise Unreadable(f"JSON: longer than {MAX_BYTES} bytes")
    try:
        data = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_integer,
        )
    except json.JSONDecodeError as error:
        raise Unreadable(f"JSON: {error}") from error
    require(type(data) is dict, "certificate", "expected an object")
    return dict(data)


def verify(text: str) -> dict[str, Any]:
    """Check one certificate.

    Parameters
    ----------
    text : str
        The certificate, JSON text.

    Returns
    -------
    dict
        ``status`` ("verified"), ``kind``, ``claim`` and ``assumptions`` (the hypotheses).

    Raises
    ------
    Rejected
        When any condition of the format fails; ``Unreadable`` when the text is not JSON.
    """
    try:
        return _verify(_parse(text))
    except RecursionError as error:
        raise Rejected("JSON: nested too deeply") from error


def _verify(data: dict[str, Any]) -> dict[str, Any]:
    tag, kind, digest = (data.pop(name, None) for name in ("format", "kind", "digest"))
    expected = "natlat-certificate/1"
    require(tag == expected, "format", f"expected '{expected}', got {ascii(tag)[:60]}")
    require(type(kind) is str and kind in _KINDS, "kind", f"unknown kind {ascii(kind)[:60]}")
    check, names = _KINDS[kind]
    optional = [name for name in _OPTIONAL.get(kind, ()) if name in data]
    as_members(data, "certificate", *names, *optional)
    sealed = {"format": tag, "kind": kind, **data}
    plain = json.dumps(sealed, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    seal = "sha256:" + hashlib.sha256(plain.encode("ascii")).hexdigest()
    require(digest == seal, "digest", "does not match the content")
    claim, assumptions = check(data)
    return {"status": "verified", "kind": kind, "claim": claim, "assumptions": list(assumptions)}


def main(arguments: list[str]) -> int:
    """Check files; return 0 when all are verified, 1 when one is rejected, 2 when unreadable."""
    paths = [path for path in arguments if path != "--json"]
    if not paths or any(path.startswith("-") for path in paths):
        print("usage: python -m natlat_sym.check [--json] FILE...", file=sys.stderr)
        return 2
    return max(_report(path, "--json" in arguments) for path in paths)


def _report(path: str, as_json: bool) -> int:
    try:
        with open(path, "rb") as stream:
            text = stream.read(MAX_BYTES + 1).decode("utf-8")
        result = verify(text)
    except (OSError, UnicodeDecodeError, Unreadable) as error:
        print(f"check: cannot read {path!a} as a certificate: {error}", file=sys.stderr)
        return 2
    except Rejected as error:
        result = {"status": "rejected", "reason": str(error)}
    verified = result["status"] == "verified"
    if as_json:
        print(json.dumps({"schema": "natlat/1", **result}))
    elif verified:
        print("\n  given ".join([f"verified  {result['claim']}", *result["assumptions"]]))
    else:
        print(f"rejected  {result['reason']}")
    return 0 if verified else 1
