"""Pure reasoning: no files, no clock, no chance, no network. `assess` and `next_screen` are the way in."""

from legwise.reasoning.assess import assess
from legwise.reasoning.assessment import Assessment
from legwise.reasoning.interview import NextScreen, change_answer, next_screen

__all__ = ["Assessment", "NextScreen", "assess", "change_answer", "next_screen"]
