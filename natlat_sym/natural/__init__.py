"""Natural latents of a law: measured, decided, found, translated."""
