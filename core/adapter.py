"""django-allauth's questions to us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: accounts come from set-up or an invitation."""

    def is_open_for_signup(self, request):
        return False

    def format_email_subject(self, subject):
        return subject

    def send_mail(self, template_prefix, email, context):
        # Links in mails lead to the configured origin, whatever Host the request had.
        for key in ("password_reset_url", "activate_url", "login_url", "signup_url"):
            if key in context:
                path = context[key].split("://", 1)[-1].split("/", 1)[-1]
                context[key] = f"{settings.APP_ORIGIN}/{path}"
        context["origin"] = settings.APP_ORIGIN
        super().send_mail(template_prefix, email, context)
