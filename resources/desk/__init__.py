"""The team's desk: what the pages under /pilotage/ressources/ read, and the forms they hold."""
