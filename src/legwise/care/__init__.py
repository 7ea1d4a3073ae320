"""What to do: relief in a cramp, and a look at the medicines that a person takes."""
