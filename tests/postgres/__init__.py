"""The embedded server, migrations, roles and connections."""
