"""Every write of accounts that has a meaning of its own."""
