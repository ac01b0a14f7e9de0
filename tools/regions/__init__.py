"""How the named regions of the skin are painted: one module of rules per part of the body."""
