"""The review app: people read reports beside their figures and decide, one event of the log for each decision.

Input: a project's folder and a browser. Output: rulings in the log; the app keeps who may do what, and who has which
item before them, in `review.sqlite` of the folder, of which nothing is evidence. `build(folder, settings)` is the
ASGI application, `serve` runs it. Report text is hostile: it reaches a page as escaped text, never as HTML.
"""

from tollbook.review.app import build
from tollbook.review.settings import Settings

__all__ = ["Settings", "build"]
