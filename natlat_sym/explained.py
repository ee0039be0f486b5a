"""What functions say when an argument is of another type than their annotations ask for.

Nothing is looked at while a call succeeds.  When one ends in a bare error of Python, the arguments
are compared with the annotations; the first that does not fit is named.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from inspect import Parameter, signature
from numbers import Integral, Rational, Real
from typing import Any, NamedTuple, ParamSpec, TypeVar

from natlat_sym.errors import InvalidInput, NatlatError

P = ParamSpec("P")
R = TypeVar("R")

_BARE = (TypeError, AttributeError, ValueError, LookupError, ArithmeticError, AssertionError)
_KINDS: dict[str, tuple[Any, str, str]] = {
    "str": (str, "text", "write it in quotes"),
    "bool": (bool, "True or False", "write True or False"),
    "int": (Integral, "a whole number", "give an int"),
    "float": (Real, "a number", "give an int or a float"),
    "Fraction": (Rational, "a fraction", 'write Fraction("3/8") or an int'),
    "None": (type(None), "None", "leave it out"),
    "Mapping": (Mapping, "a dictionary", "write {key: value, ...}"),
    "Iterable": (Iterable, "a list", "write [..., ...]"),
    "Sequence": (Sequence, "a list", "write [..., ...]"),
    "tuple": (tuple, "a tuple", "write (..., ...)"),
    "Callable": (Callable, "a function", "write lambda x: ..."),
    "PathLike": (os.PathLike, "a path", "write it in quotes"),
}
_MADE = {  # classes of the package, and what makes a value of them
    "Dist": ("a law (nl.Dist)", "nl.Dist.from_dict makes one of outcomes and masses"),
    "Joins": ("a law (nl.Dist)", "nl.Dist.from_dict makes one of outcomes and masses"),
    "Ranges": ("ranges of parameters", 'write "0 < e < 1/2"'),
    "Form": ("a form (nl.Form)", "nl.form('I(X;Y)') reads one"),
    "Claim": ("a claim (nl.Claim)", "nl.claim('H(X|Y) <= H(X)') reads one"),
    "Bits": ("an amount (nl.Bits)", "nl.Bits('1 - log2(3)') reads one, a form on a law has one"),
    "BitsFunction": ("a function of parameters (nl.BitsFunction)", "a form on a law gives one"),
    "Ratio": ("a function of parameters", "nl.parameter('0 < e < 1') declares one"),
    "BayesNet": ("a net with its rows (nl.BayesNet)", "nl.bayes_net and nl.read_net make one"),
    "Held": ("a net that is supposed to hold (nl.Held)", "nl.suppose('X <- L -> Y') makes one"),
    "Translation": ("a translation", "nl.translate makes one"),
}


class _Misfit(NamedTuple):
    value: object
    annotation: str


def explained(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function name the argument of a wrong type where it would end in a bare error.

    Parameters
    ----------
    function : callable
        With annotations.

    Returns
    -------
    callable
        The same, but that a bare error of a call whose arguments do not fit the annotations
        becomes `InvalidInput`.

    Examples
    --------
    >>> @explained
    ... def initial(name: str) -> str:
    ...     return name.strip()[0]
    >>> initial(" x")
    'x'
    >>> initial(3)
    Traceback (most recent call last):
        ...
    natlat_sym.errors.InvalidInput: expected text as name of initial, got 3; write it in quotes
    """

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except NatlatError:
            raise
        except _BARE as error:
            refused = _refusal(function, args, kwargs)
            if refused is None:
                raise
            raise refused from error

    return guarded


def _refusal(
    function: Callable[..., object], args: tuple[object, ...], kwargs: Mapping[str, object]
) -> InvalidInput | None:
    """Return the error about the first argument that does not fit; None when all of them do."""
    sign = signature(function)
    try:
        bound = sign.bind(*args, **kwargs).arguments
    except TypeError:
        return None
    for name, given in bound.items():
        parameter = sign.parameters[name]
        annotation = parameter.annotation
        if not isinstance(annotation, str) or parameter.kind is Parameter.VAR_KEYWORD:
            continue
        values = given if parameter.kind is Parameter.VAR_POSITIONAL else (given,)
        for value in values:
            wrong = _misfit(value, annotation, _globals(function))
            if wrong is not None:
                what, fix = _described(wrong.annotation, _globals(function))
                inside = "" if wrong.value is value else "in "
                return InvalidInput(
                    f"expected {what} {inside or 'as '}{name} of {function.__name__},"
                    f" got {_shown(wrong.value)}; {fix}",
                    value=wrong.value,
                )
    return None


def _globals(function: Callable[..., object]) -> Mapping[str, object]:
    return getattr(function, "__globals__", {})


def _misfit(value: object, annotation: str, names: Mapping[str, object]) -> _Misfit | None:
    """Return what does not fit: the value, or the first of its elements that is in the way."""
    inner: list[_Misfit] = []
    for text in _parts(annotation, "|"):
        head, _, rest = text.partition("[")
        head = head.rpartition(".")[2]
        if head in ("Any", "object", "Self"):
            return None
        known = _known(head, names)
        if isinstance(known, str):
            wrong = _misfit(value, known, names)
            if wrong is None:
                return None
            inner += [wrong] if wrong.value is not value else []
        elif known is None or (isinstance(value, known) and not _is_odd(value, head)):
            inside = _parts(rest.removesuffix("]"), ",") if head != "Callable" else []
            wrong = next(_elements(value, inside, names), None)
            if wrong is None:
                return None
            inner.append(wrong)
    return inner[0] if inner else _Misfit(value, annotation)


def _is_odd(value: object, head: str) -> bool:
    return isinstance(value, bool) and head in ("int", "float", "Fraction")


def _elements(
    value: object, annotations: Sequence[str], names: Mapping[str, object]
) -> Iterator[_Misfit]:
    """Yield the elements of a container that do not fit; those of an iterator are left alone."""
    if isinstance(value, Mapping) and len(annotations) == 2:
        pairs = [pair for item in value.items() for pair in zip(item, annotations, strict=True)]
    elif isinstance(value, tuple) and len(annotations) > 1 and annotations[1] != "...":
        if len(value) != len(annotations):
            yield _Misfit(value, f"tuple[{', '.join(annotations)}]")
        pairs = list(zip(value, annotations, strict=False))
    elif isinstance(value, Iterable) and not isinstance(value, Iterator) and annotations:
        pairs = [(element, annotations[0]) for element in value]
    else:
        pairs = []
    for element, annotation in pairs:
        if element is value or (isinstance(value, str) and annotation.startswith("str")):
            continue
        wrong = _misfit(element, annotation, names)
        if wrong is not None:
            yield wrong


def _known(name: str, names: Mapping[str, object]) -> type | str | None:
    """Return the type of a name in an annotation, or the text of what it stands for."""
    if name in _KINDS:
        kind: type = _KINDS[name][0]
        return kind
    found = names.get(name)
    if found is not None and not isinstance(found, type):
        return re.sub(r"ForwardRef\('([^']*)'\)", r"\1", str(found))
    loaded = [module for key, module in sys.modules.items() if key.startswith("natlat_sym.")]
    classes = [found, *(vars(module).get(name) for module in loaded)]
    return next((one for one in classes if isinstance(one, type)), None)


def _parts(text: str, mark: str) -> list[str]:
    """Split a text at a mark outside brackets."""
    depth, parts = 0, [""]
    for sign in text:
        depth += (sign == "[") - (sign == "]")
        if sign == mark and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _described(annotation: str, names: Mapping[str, object]) -> tuple[str, str]:
    """Return what an annotation asks for in words, and how to make the first of it."""
    words: list[str] = []
    fixes: list[str] = []
    for text in _parts(annotation, "|"):
        head = text.partition("[")[0].rpartition(".")[2]
        known = _known(head, names)
        if head in _KINDS or head in _MADE:
            word, fix = _KINDS[head][1:] if head in _KINDS else _MADE[head]
        elif isinstance(known, str) and known != annotation:
            word, fix = _described(known, names)
        else:
            word, fix = f"a {head}", f"help({head}) says how to make one"
        words += [word] if word not in words else []
        fixes.append(fix)
    return " or ".join(words), fixes[0]


def _shown(value: object) -> str:
    if value is None or isinstance(value, str | bool | int | float):
        text = repr(value)
        return text if len(text) <= 40 else f"{text[:36]} ..."
    return f"a value of type {type(value).__name__}"
