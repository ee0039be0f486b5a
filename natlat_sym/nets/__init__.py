"""Bayes nets: graphs over variables, what they imply, what laws they fit, and their files."""
