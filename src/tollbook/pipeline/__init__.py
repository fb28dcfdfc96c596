"""The only place where stages meet: reports become a record, a run its files, and a project its store.

Nothing is imported here: a command pays for the modules that it needs.
"""
