"""GraphQL: commands and questions for bots, managers, admins and analysts."""
