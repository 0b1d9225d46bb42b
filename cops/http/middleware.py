"""Placeholder order of our own middleware; each class is written in this room."""


class _Pass:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)


class RequestIdMiddleware(_Pass): ...


class SecurityHeadersMiddleware(_Pass): ...


class LongQueryMiddleware(_Pass): ...


class UnavailableMiddleware(_Pass): ...
