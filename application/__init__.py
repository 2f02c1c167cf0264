"""What may be ordered, what follows from what happened, and the ports to the outside."""
