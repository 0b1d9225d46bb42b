"""« Mes données »: what the portal knows of a person, given back, and erased when they leave.

``declared`` says what the account is made of; ``archive`` makes the ZIP; ``leaving`` takes a
person out in seven days; ``dormant`` those who did not come back for two years.
"""
