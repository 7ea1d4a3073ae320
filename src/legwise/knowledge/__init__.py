"""Knowledge: schema, strict loader, cross-checks. `open_knowledge()` is the way in."""

from legwise.knowledge.compiled import open_knowledge
from legwise.knowledge.knowledge import Knowledge

__all__ = ["Knowledge", "open_knowledge"]
