"""A bundle: a dossier and its data with the log they follow from, which a stranger can verify offline.

`contents(…)` gives its files, `verify` is the one file that checks them, inside the bundle as here.
"""

from tollbook.bundles.contents import Obtained, Public, contents, is_bundle, public, sealed

__all__ = ["Obtained", "Public", "contents", "is_bundle", "public", "sealed"]
