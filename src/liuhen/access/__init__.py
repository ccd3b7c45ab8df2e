"""Who sees a recording, and the trace each look leaves."""
