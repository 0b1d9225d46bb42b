"""Our own pages of the account; the others are allauth's, in our templates."""
