"""Commands over a project folder: init, add, show, explain, rule, publish."""

COMMANDS = ()
