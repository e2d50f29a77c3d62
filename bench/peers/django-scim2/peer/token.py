import hmac
import os
from types import SimpleNamespace

EXPECTED = f"Bearer {os.environ['PEER_TOKEN']}"
ANYBODY = SimpleNamespace(is_anonymous=False, is_authenticated=True)


class TokenMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if hmac.compare_digest(request.headers.get("Authorization", ""), EXPECTED):
            request.user = ANYBODY
        return self.get_response(request)
