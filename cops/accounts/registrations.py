"""What accounts plug into Django: one sign-in for everybody, the admin's own form included."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from cops.accounts.my_data.declared import declare_account

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

declare_account()
