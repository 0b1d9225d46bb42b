"""The forms of the account: allauth's, in the words of the portal, and ours."""
