"""The rules of the calculus of approximate Bayes nets: from nets that hold to a net that holds.

Each function checks the side condition of its rule on the graphs and returns a `Held` whose error
is the sum of those of its premises.  The step is an inequality between forms that the trusted
checker has accepted; the rule writes it down itself, without a linear program, whatever the number
of variables.

==================  ===========================================================  =================
rule                what it does                                                 error
==================  ===========================================================  =================
reroot              a Markov equivalent net                                      the same, exactly
bookkeep            a net that says less, over the same variables                no more
add_edge            one edge more                                                no more
merge               nodes become one                                             no more
marginalize         variables or copies are forgotten                            no more
frankenstein        parents of each node from one of several nets                the sum
stitch              two nets, at a Markov blanket                                the sum
joint_independence  all independent, from n - 1 being independent of the rest    the sum
chain_rule          a net from its local statements                              the sum, exactly
copy                ``Y <- X -> Y#2``                                            H(Y|X), exactly
dangly_bit          a determined variable as a new leaf                          the sum, exactly
resample            a copy of a latent given the data                            0
swap_latent         that copy in the place of the latent                         the same, exactly
transfer            a net of one law, for a law that is near                     D(P||Q)
==================  ===========================================================  =================

References
----------
Wentworth and Lorell, Some Rules for an Algebra of Bayes Nets (2023); Natural Latents: Latent
Variables Stable Across Ontologies (2025), appendix.
"""

from __future__ import annotations

from natlat_sym.rules.copies import copy, dangly_bit, resample, swap_latent
from natlat_sym.rules.joint import (
    chain_rule,
    frankenstein,
    frankenstein_terms,
    joint_independence,
)
from natlat_sym.rules.single import add_edge, bookkeep, marginalize, merge, reroot
from natlat_sym.rules.stitching import stitch
from natlat_sym.rules.transfers import Transfer, transfer, transfer_theorem

__all__ = [
    "Transfer",
    "add_edge",
    "bookkeep",
    "chain_rule",
    "copy",
    "dangly_bit",
    "frankenstein",
    "frankenstein_terms",
    "joint_independence",
    "marginalize",
    "merge",
    "reroot",
    "resample",
    "stitch",
    "swap_latent",
    "transfer",
    "transfer_theorem",
]
