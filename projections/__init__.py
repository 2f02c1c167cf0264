"""Read models: what people ask, kept up to date from the event log."""
