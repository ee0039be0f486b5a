"""Exact joint laws of named finite variables, and the files they come from."""
