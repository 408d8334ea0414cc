"""What every answer tells the browser: run, load and frame nothing that is not this server's own, and
ask again only for what changed."""

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


ALWAYS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}


def register(app: Flask) -> None:
    @app.after_request
    def tell(response: Response) -> Response:
        response.headers.extend(ALWAYS)
        if (
            request.method in ("GET", "HEAD")
            and response.status_code == 200
            and not response.is_streamed
        ):
            response.add_etag()
            if request.if_none_match:
                response.make_conditional(request)
        return response
