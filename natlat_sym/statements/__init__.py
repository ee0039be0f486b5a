"""What is said about laws: linear forms in joint entropies, claims, and their notation."""
