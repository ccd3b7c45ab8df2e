"""Tamper evidence: tree hashing, proofs, tiles and signed checkpoints in C2SP formats."""
