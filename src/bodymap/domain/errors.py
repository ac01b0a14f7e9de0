from __future__ import annotations


class Refusal(Exception):
    """Something the user asked for cannot be done; the text is one sentence meant for the user.

    The sentence says what happened, where, and what to do. It is shown as it stands:
    in a quiet bar in the window, on standard error with exit code 2 on the command line.
    """
