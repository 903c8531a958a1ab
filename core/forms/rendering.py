"""How Django draws our forms."""

from django.forms.renderers import TemplatesSetting


class FieldproofRenderer(TemplatesSetting):
    """Fields by our own template, so that label, hint, error and control stand in the
    order readers need; widgets stay Django's."""

    field_template_name = "components/_field.html"
