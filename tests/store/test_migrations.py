"""The steps of the schema: the same in every backend, so that a version means the same everywhere."""

from __future__ import annotations

from tollbook.store import migrations


def test_every_backend_has_every_step() -> None:
    named = {
        backend: [(step.version, step.name) for step in migrations.steps(backend)] for backend in migrations.BACKENDS
    }
    assert named["postgresql"] == named["sqlite"]
    assert named["sqlite"][:2] == [(1, "first"), (2, "linking")]
