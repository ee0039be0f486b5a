"""Exact verification of natural latents."""
