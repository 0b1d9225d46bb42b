"""The library on paper: what the views and the tasks ask for.

Each document is a kept file (cops.pdf); ``cops.pdf.PdfBusy`` says that it cannot be
given now.
"""

from resources.documents.making import (
    arguments_pdf,
    resource_pdf,
    resource_pdfs,
    unprepared,
    unused_pdfs_remove,
    version_pdf,
    working_pdf,
)
from resources.documents.sheet import sheet_html

__all__ = [
    "arguments_pdf",
    "resource_pdf",
    "resource_pdfs",
    "sheet_html",
    "unprepared",
    "unused_pdfs_remove",
    "version_pdf",
    "working_pdf",
]
