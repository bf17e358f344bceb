"""Both languages in one place, for pages that only show components."""

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def zh(english, chinese):
    return chinese if (get_language() or "").startswith("zh") else english
