"""Where the files live that people and tasks put in: a folder, or an S3-compatible service.

A folder (``MEDIA_ROOT``) is the default. With ``STORAGE_URL`` set, every ``FileField``
and ``default_storage`` write to a bucket instead, by ``cops.storage.s3.S3Storage``: then
web servers and workers need no disk in common. Code that reads or writes such a file
uses Django's storage (``open``, ``save``, ``delete``), never ``.path``.

The PDFs of ``cops.pdf`` stay in a folder of each machine: they are copies that can be
made again at any moment, and are found by their content.
"""
