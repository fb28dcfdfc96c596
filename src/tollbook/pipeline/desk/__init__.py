"""The running view of a project, by which people review it: what there is, what they rule, who has what before them.

Input: a project's folder; then orders of people, each with a `Stamp`. Output: the same figures that `show` and
`explain` give, after each ruling. `Desk(folder).rule(Order("41f09c3a", "reject", why="named as rescued"), by)`.
"""

from tollbook.pipeline.desk.running import Desk
from tollbook.pipeline.desk.summaries import Summary
from tollbook.pipeline.desk.values import Changed, Choices, Counting, Filters, Item, Order, Outcome, Progress

__all__ = ["Changed", "Choices", "Counting", "Desk", "Filters", "Item", "Order", "Outcome", "Progress", "Summary"]
