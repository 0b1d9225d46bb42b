"""Every write of the library that has a business meaning; one module per object."""
