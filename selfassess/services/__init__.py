"""Every write of the self-assessment; one module per object."""
