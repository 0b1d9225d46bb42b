"""The team's pages under /pilotage/ressources/."""
