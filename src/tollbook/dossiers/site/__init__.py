"""A dossier's pages, one module for each kind of page.

Each has `files(site)`, which gives (file name, content) of all pages of its kind; `tollbook.dossiers.html` lists the
modules. What pages share is in `frame`: templates, the policy, the values that every page knows.
"""
