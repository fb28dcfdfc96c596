"""The tables of docs/rules.md are those that the rule sets make now."""

from __future__ import annotations

import importlib.util
from pathlib import Path

TOOL = Path(__file__).parents[2] / "tools" / "rules_tables.py"


def test_the_page_holds_the_tables_as_they_come_out() -> None:
    spec = importlib.util.spec_from_file_location("rules_tables", TOOL)
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    page = tool.PAGE.read_text(encoding="utf-8")
    assert page.count("| killed, all |") == 2
    assert tool.filled(page) == page
