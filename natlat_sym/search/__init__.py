"""The untrusted search for proofs and counterexamples: nothing here is believed."""
