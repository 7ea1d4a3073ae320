"""From what people write to answers: files of answers, and names of medicines."""
