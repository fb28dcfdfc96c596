"""The only place where stages meet: reports become a record, a run its files, and a project its store."""

from tollbook.pipeline.analyse import analyse

__all__ = ["analyse"]
