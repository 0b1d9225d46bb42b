"""The library on paper: what the views and the tasks ask for."""
