from django.conf import settings


def site(request) -> dict[str, object]:
    """What every page may say of the portal: its names, contact lines, the demonstration."""
    return {"site": settings.SITE, "demonstration": settings.DEMONSTRATION}
