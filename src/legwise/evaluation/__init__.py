"""How good it is, and how safe: coded cases, and false alarms among people with a plain cramp. Changes nothing."""
