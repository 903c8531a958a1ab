"""Forms about people and their accounts."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.models import User
from core.zones import ZoneField


class AccountForm(forms.ModelForm):
    timezone = ZoneField()

    class Meta:
        model = User
        fields = ["name", "timezone", "appearance", "shortcuts_enabled"]


class NewAccountForm(forms.Form):
    """Name and password of somebody whose address is already proven."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(
            render_value=True, attrs={"autocomplete": "new-password"}
        ),
        help_text=_("At least 12 characters. A short sentence is a good password."),
    )

    def __init__(self, *args, email="", **kwargs):
        self.email = email
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        if data.get("password"):
            person = User(email=self.email, name=data.get("name", ""))
            try:
                validate_password(data["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return data
