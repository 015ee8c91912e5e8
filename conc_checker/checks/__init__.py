"""Pure functions from a Trace to a Verdict: what must hold of a run, and which mistake it was when it does not."""
