"""Exact amounts as functions of parameters: signs on a range, limits, leading terms."""
