"""The person, the roles that apps give, and what was consented to."""

from cops.accounts.models.consent import Consent, ConsentText
from cops.accounts.models.role import RoleGrant
from cops.accounts.models.user import User

__all__ = ["Consent", "ConsentText", "RoleGrant", "User"]
