"""A small OpenID Connect provider on loopback, which signs what it says as ProConnect does."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

CLIENT, SECRET = "portail", "un secret"


class Provider:
    """``told`` is what it says of the person; ``signs_with`` may be a thief's key."""

    def __init__(self, algorithm: str = "RS256") -> None:
        self.algorithm = algorithm
        self.key = _new_key(algorithm)
        self.signs_with = self.key
        self.told: dict[str, Any] = {
            "sub": "agent-1",
            "email": "agent@exemple.fr",
            "email_verified": True,
            "given_name": "Marie",
            "usual_name": "Durand",
            "secret_of_no_use": "SIRET 123",
        }
        self.audience = CLIENT
        self.signed_userinfo = True
        self.nonces: dict[str, str] = {}
        self.asked: dict[str, list[str]] = {}
        self.origin = ""

    def signed(self, claims: dict[str, Any]) -> str:
        now = int(time.time())
        full = {"iss": self.origin, "aud": self.audience, "iat": now, "exp": now + 60, **claims}
        return jwt.encode(full, self.signs_with, self.algorithm, headers={"kid": "1"})

    def keys(self) -> dict[str, Any]:
        kind = jwt.get_algorithm_by_name(self.algorithm)
        public = json.loads(type(kind).to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "1", "alg": self.algorithm, "use": "sig"}]}

    def authorize(self, query: str) -> str:
        """The address to which it sends the browser back."""
        self.asked = parse_qs(query)
        code = f"code-{len(self.nonces)}"
        self.nonces[code] = self.asked["nonce"][0]
        back = urlencode({"code": code, "state": self.asked["state"][0]})
        return f"{self.asked['redirect_uri'][0]}?{back}"

    def token(self, body: str) -> dict[str, Any]:
        asked = parse_qs(body)
        nonce = self.nonces[asked["code"][0]]
        return {
            "access_token": "acces",
            "token_type": "Bearer",
            "id_token": self.signed({"sub": self.told["sub"], "nonce": nonce}),
        }


def _new_key(algorithm: str) -> Any:
    if algorithm == "ES256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@contextlib.contextmanager
def running(algorithm: str = "RS256") -> Iterator[Provider]:
    """The provider, answering on a free port until the end of the block."""
    provider = Provider(algorithm)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            """Silent."""

        def _say(self, text: str, kind: str = "application/json") -> None:
            body = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/.well-known/openid-configuration":
                names = {
                    "authorization_endpoint": "authorize",
                    "token_endpoint": "token",
                    "userinfo_endpoint": "userinfo",
                    "jwks_uri": "jwks",
                }
                pages = {name: f"{provider.origin}/{page}" for name, page in names.items()}
                self._say(json.dumps({"issuer": provider.origin, **pages}))
            elif address.path == "/jwks":
                self._say(json.dumps(provider.keys()))
            elif address.path == "/userinfo" and provider.signed_userinfo:
                self._say(provider.signed(provider.told), "application/jwt")
            else:
                self._say(json.dumps(provider.told))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(json.dumps(provider.token(body)))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
