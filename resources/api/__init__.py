"""The library's part of « /api/v1/ »: resources, experiences, words of the lexicon.

``serializers`` describes the answers, ``shapes`` makes them: plain dicts, which DRF would only
copy. A test holds every answer against its description.
"""
