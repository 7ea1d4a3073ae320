"""Legwise: open reasoning about leg aches and cramps, over content a clinician can read."""

__version__ = "0.1.0"
