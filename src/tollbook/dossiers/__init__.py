"""A record becomes a dossier: pages and exports that a stranger can read and check, names of private persons masked.

`build.build(record)` is pure and gives a `value.Dossier`; `html.write(dossier, folder)` writes the pages and the
exports of `dossiers.formats`. Nothing is imported here: `add` asks this package for clues to names, for no writer.
"""
