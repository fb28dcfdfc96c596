"""Blind double coding: the same claims read by several people apart, and how far they agree. Pure.

Input: claims to draw from, what people coded. Output: samples that a seed repeats, tasks as they stand, agreement by
field. Worked: `draw(claims, 20, "spring")` is the same twenty claims on every machine.
"""

from tollbook.quality.agreement import Agreement, agreement, alpha
from tollbook.quality.answers import FIELDS, answers
from tollbook.quality.samples import draw, size_of
from tollbook.quality.tasks import Coding, Part, Task, tasks_of

__all__ = [
    "FIELDS", "Agreement", "Coding", "Part", "Task", "agreement", "alpha", "answers", "draw", "size_of", "tasks_of",
]  # fmt: skip
