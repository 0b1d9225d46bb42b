"""What the pages read of an assessment."""
