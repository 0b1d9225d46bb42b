"""The pages of the self-assessment; one module per moment."""
