"""What the trusted checker has accepted: theorems, refutations, bounds, families."""
