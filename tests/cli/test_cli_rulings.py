"""`tollbook history`, `rulings` and `reveal`, and withholding by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tollbook.cli import call

Run = Callable[..., tuple[int, str]]
FLOOD = "A flood killed 12 people in Orune on 3 May 2031, the mayor of Orune said. A ferryman hid the list."


@pytest.fixture
def invoke(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command; its exit status and what it printed, errors too."""

    def run(*arguments: object) -> tuple[int, str]:
        status = call([str(one) for one in arguments])
        told = capsys.readouterr()
        return status, told.out + told.err

    return run


@pytest.fixture
def floods(tmp_path: Path, invoke: Run) -> Path:
    (tmp_path / "flood.txt").write_text(FLOOD, encoding="utf-8")
    assert invoke("init", tmp_path / "floods")[0] == 0
    assert invoke("add", tmp_path / "flood.txt", "--project", tmp_path / "floods")[0] == 0
    return tmp_path / "floods"


def claim_of(floods: Path, invoke: Run) -> str:
    told = json.loads(invoke("show", "--json", "--project", floods)[1].splitlines()[0])
    return str(told["claims"][0]["claim"])


def test_history_and_rulings_tell_who_when_why_and_what_was_taken_back(floods: Path, invoke: Run) -> None:
    claim = claim_of(floods, invoke)
    assert invoke("rulings", "--project", floods)[1].strip().endswith("no rulings")
    first = invoke("rule", claim, "correct", "value=14", "--why", "recounted", "--name", "Ann", "--project", floods)
    number = first[1].split()[1].removeprefix("#")
    invoke("rule", f"#{number}", "withdraw", "--why", "another town", "--name", "Ben", "--project", floods)
    listed = invoke("rulings", "--project", floods)[1].splitlines()
    assert f"Ann: correct {claim} value=14: recounted [taken back by #{int(number) + 1}]" in listed[0]
    assert f"Ben: withdraw ruling={number}: another town" in listed[1]
    rows = [json.loads(line) for line in invoke("rulings", "--json", "--project", floods)[1].splitlines()]
    assert [(row["counts"], row["withdrawn_by"]) for row in rows] == [(False, int(number) + 1), (True, None)]
    shown = invoke("history", claim[:8], "--project", floods)[1]
    assert f"[taken back by #{int(number) + 1}]" in shown
    told = json.loads(invoke("history", claim, "--json", "--project", floods)[1])
    assert [step["what"] for step in told["fields"]["quantity"]][1:] == ["correct", f"withdraw #{number}"]
    assert invoke("history", "nowhere", "--project", floods)[0] == 2
    explained = invoke("explain", claim, "--project", floods)[1]
    assert "taken back by" in " ".join(explained.split())


def test_what_is_withheld_is_published_nowhere_and_shown_by_reveal(floods: Path, tmp_path: Path, invoke: Run) -> None:
    shown = json.loads(invoke("show", "--json", "--project", floods)[1].splitlines()[0])
    target = shown["claims"][0]["report"]
    made = invoke(
        "rule", target, "withhold", "words=A ferryman hid the list.", "--why", "in danger", "--project", floods
    )
    number = made[1].split()[1].removeprefix("#")
    assert invoke("reveal", number, "--project", floods)[0] == 4  # nothing was published yet, so there is no secret
    assert invoke("publish", tmp_path / "out.zip", "--project", floods)[0] == 0
    item = invoke("reveal", number, "--project", floods)[1]
    (tmp_path / "item.json").write_text(item, encoding="utf-8")
    assert json.loads(item)["content"]["words"] == "A ferryman hid the list."
    checked = invoke("verify", tmp_path / "out.zip", "--reveal", tmp_path / "item.json")[1]
    assert f"[withheld {number}]: what is shown is what was withheld" in checked
    (tmp_path / "item.json").write_text(item.replace("ferryman", "fisherman"), encoding="utf-8")
    wrong = invoke("verify", tmp_path / "out.zip", "--reveal", tmp_path / "item.json")
    assert (wrong[0], "is not what the bundle commits to" in wrong[1]) == (1, True)
    (tmp_path / "item.json").write_text("[]", encoding="utf-8")
    assert invoke("verify", tmp_path / "out.zip", "--reveal", tmp_path / "item.json")[0] == 2
    assert invoke("verify", "--reveal", tmp_path / "item.json", "--project", floods)[0] == 2
    assert invoke("reveal", 1, "--project", floods)[0] == 2
