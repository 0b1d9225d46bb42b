"""The library's part of the starting content: one module per kind of file."""
