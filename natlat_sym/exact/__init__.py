"""Exact numbers: rationals, integers, and amounts of information in a normal form."""
