"""Prepared counts and what is read from them: dashboard, assessment, reports."""
