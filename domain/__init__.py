"""What happened and who may decide it: aggregates, events, refusals."""
