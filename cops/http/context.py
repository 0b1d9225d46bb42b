from django.conf import settings


def site(request) -> dict[str, object]:
    """What every page may say of the portal: names, contact lines, whether this is a demonstration."""
    return {"site": settings.SITE, "demonstration": settings.DEMONSTRATION}
