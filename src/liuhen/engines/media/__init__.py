"""The only place that opens recordings as media; untrusted bytes are parsed in a child process."""
