class EmbeddedError(Exception):
    """The servers cannot run here; the message is one French line for the person."""
