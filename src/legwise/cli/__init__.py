"""The `legwise` command. Each command imports what it needs when it runs, so that the others start quickly."""
