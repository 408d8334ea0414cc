"""`jobdash api`: what the API needs beside its server."""

from typing import Annotated

import typer

from core.settings import Settings

app = typer.Typer(
    name="api",
    help="For the API: a client's key, and the document that describes it.",
    no_args_is_help=True,
)


@app.command("key")
def make_key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the client that it is for.")],
) -> None:
    """Make a key for a client. It is shown once; API_KEYS_FILE gets its digest."""
    from serve.keys import line_of, new_key

    key = new_key()
    typer.echo(f"the client's key, shown only now:   {key}")
    typer.echo(f"a line for the file API_KEYS_FILE:  {line_of(name, key)}")


@app.command("document")
def print_document() -> None:
    """Print the API's OpenAPI 3.1 document, as `/api/openapi.json` answers it."""
    from serve.app import create_app
    from serve.document import written

    nowhere = {"database_url": "postgresql://", "database_read_url": None, "redis_url": "redis://"}
    plain = {"api_keys_file": None, "rate_limit": None, "cors_origins": None}
    typer.echo(written(create_app(Settings(**nowhere, **plain))))
