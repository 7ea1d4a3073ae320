"""The laws that content obeys between files. `check` reads a folder and lists every breach at once."""

from legwise.knowledge.laws.check import check

__all__ = ["check"]
