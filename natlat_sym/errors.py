"""The exception tree: one root, and under it the builtin a Python user would catch.

Every message is one sentence that says what was expected, what came, and the nearest fix.
The operands ride on the exception as attributes: ``raise UnknownVariable("...", name="Z")``
sets ``error.name``.
"""

from __future__ import annotations


class NatlatError(Exception):
    """Root of everything this package raises on purpose.

    Parameters
    ----------
    message : str
        One sentence: what was expected, what came, the nearest fix.
    **operands
        The values the message speaks of; each becomes an attribute.

    Examples
    --------
    >>> error = UnknownVariable("no variable 'Z' here", name="Z")
    >>> error.name, isinstance(error, KeyError), str(error)
    ('Z', True, "no variable 'Z' here")
    """

    def __init__(self, message: str, **operands: object) -> None:
        super().__init__(message)
        self.message = message
        self.operands = operands

    def __getattr__(self, name: str) -> object:
        try:
            return self.__dict__["operands"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.message, self.operands))


def _rebuild(kind: type[NatlatError], message: str, operands: dict[str, object]) -> NatlatError:
    return kind(message, **operands)


class InvalidInput(NatlatError, ValueError):
    """The input cannot mean what the function needs."""


class InexactInput(InvalidInput, TypeError):
    """A float where an exact number is needed."""


class NotNormalised(InvalidInput):
    """Masses that do not sum to exactly one."""


class UnknownVariable(InvalidInput, KeyError):
    """A name that the law, table or graph does not have."""


class NotADag(InvalidInput):
    """A graph with a directed cycle, or one that is not directed."""


class OverlappingSets(InvalidInput):
    """Sets of variables that must be disjoint and are not."""


class SyntaxInvalid(InvalidInput):
    """Text outside the notation."""


class UnreadableFile(InvalidInput, OSError):
    """A path that cannot be read or written as the format it should have."""


class FieldMismatch(NatlatError, TypeError):
    """Values over different coefficient fields, or of infinite size, combined."""


class Undecided(NatlatError, ArithmeticError):
    """What is assumed does not settle the question."""


class ProofError(NatlatError, ArithmeticError):
    """A proof, a step or a witness that could not be had."""


class NotDerivable(ProofError):
    """Not a consequence of the Shannon inequalities; carries the separating polymatroid."""


class StepFailed(ProofError):
    """A step of an argument that its stated reason does not give."""


class RuleRefused(ProofError):
    """A rule of the calculus of nets applied where its condition fails; carries the nets."""


class NoWitnessFound(ProofError):
    """No law found that violates the claim; says what was searched."""


class CertificateRejected(NatlatError, ValueError):
    """The trusted checker refused a certificate; says where and which side condition."""
