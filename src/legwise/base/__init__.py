"""What every layer shares: urgency levels, states of an answer, errors."""
