"""A spreadsheet's rows become incidents and claims that are still to be tied to words of reports.

Input: a sheet, and what its columns hold: guessed, shown, corrected by a person. Output: a report for each row in the
project's archive, whose text is the row's cells line by line, each with what it is taken for; a reader of its own makes
claims of them, whose words are the cells.
"""
