"""The log of every act: append, checkpoints, proofs, audit."""
