"""What each subcommand does: a few lines around one public function, text and JSON alike."""

from natlat_sym.commands.inputs import Result
from natlat_sym.commands.measuring import (
    run_best,
    run_errors,
    run_find,
    run_garbling,
    run_limit,
    run_measure,
    run_translate,
    run_zoo,
)
from natlat_sym.commands.proving import (
    run_bound,
    run_check,
    run_export,
    run_proofs,
    run_prove,
    run_report,
)

__all__ = [
    "Result",
    "run_best",
    "run_bound",
    "run_check",
    "run_errors",
    "run_export",
    "run_find",
    "run_garbling",
    "run_limit",
    "run_measure",
    "run_proofs",
    "run_prove",
    "run_report",
    "run_translate",
    "run_zoo",
]
