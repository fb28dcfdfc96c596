"""Settings that all tests share."""

from hypothesis import settings

# A test machine may be busy with something else: slowness is measured in bench/, not by a deadline for each example.
settings.register_profile("tollbook", deadline=None)
settings.load_profile("tollbook")
