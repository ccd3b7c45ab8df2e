"""The liuhen command and the worker: thin shells over operations."""
