"""tollbook: turn many reports of an event into one record that anyone can check."""

__version__ = "0.1.0"
