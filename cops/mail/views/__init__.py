"""The pages about mails: the way out, the team's, and the box of the demonstration."""
