"""How a sentence goes on with the story: it turns to another event, keeps to the one before, or tells of several.

Input: folded words. Output: "turn" ("Meanwhile, three men were killed in …"), "next" ("later", "the third attack"),
"again" ("… in those clashes"), "several" ("a series of overnight shootings"), or "" where the words say nothing of it.
"""

from __future__ import annotations

from tollbook.claims.scenewords import SceneWords


def thread(low: str, words: SceneWords) -> str:
    """What the words of one sentence say of how it goes on."""
    if words.turn.match(low) is not None:
        return "turn"
    if words.again.search(low) is not None:
        return "again"
    if words.several.search(low) is not None:
        return "several"
    if words.plural.search(low) is not None and words.wide.search(low) is not None:
        return "several"
    return "next" if words.next.match(low) is not None or words.other.search(low) is not None else ""
