"""`python -m infrastructure` is the command `ledgerdesk`."""

from infrastructure.cli import main

main()
