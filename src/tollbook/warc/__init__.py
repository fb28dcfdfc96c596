"""WARC and WACZ, the formats of web archives: records read with nothing taken on trust, and written to the byte.

Input: a WARC file; output: its records, or one line where it is cut or damaged. And back: records in, a WARC or WACZ
whose bytes depend on nothing else. What is a report is decided elsewhere (reports/captures.py, pipeline/evidence.py).
"""

from tollbook.warc.records import Limits, Record, read_records

__all__ = ["Limits", "Record", "read_records"]
