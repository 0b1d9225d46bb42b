def raise_version() -> None: ...


def cached_page(*, params: tuple[str, ...] = ()):
    return lambda view: view
