"""`{% load charts %}{% wheel scores title="…" id="…" labels="names" %}`."""

from django import template
from django.utils.safestring import SafeString

from cops.charts.wheel import EMBLEM, wheel_svg

register = template.Library()


@register.simple_tag
def wheel(scores=EMBLEM, *, title: str, id: str, labels: str = "") -> SafeString:
    """The wheel as SVG; without scores, the emblem. See cops.charts.wheel.wheel_svg."""
    return wheel_svg(scores or EMBLEM, title=title, uid=id, labels=labels)
