"""What a page reads: each page's rows, gathered in few statements and put in the words it shows.

Nothing here writes. A view asks one module of this room, and renders.
"""
