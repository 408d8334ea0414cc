"""Whether every answer is one that the API's document promises: schemathesis makes requests of it, right
and wrong ones, and holds what comes back against it.

    python bench/as_documented.py                  # 200 requests of each kind to each operation
    python bench/as_documented.py --examples 1000  # longer

`make gates` installs schemathesis beside .venv and runs this. Exit code 1 where an answer is a 5xx, has
another form or status than promised, or a wrong request is taken for right.
"""

import argparse
import subprocess
import sys

from traffic.written_world import ADS, serve, written_world

from core.paths import ROOT

SCHEMATHESIS = ROOT / ".venv-gates/bin/schemathesis"
EXAMPLES, SEED = 200, 1
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)


def main() -> None:
    asked = arguments()
    if not SCHEMATHESIS.exists():
        sys.exit("schemathesis is not there: `make gates` installs it.")
    with written_world() as world:
        world.publish(1, ADS)
        with serve(world) as served:
            command = [
                str(SCHEMATHESIS), "run", f"{served.address}/api/openapi.json",
                "--checks", ",".join(CHECKS), "--max-examples", str(asked.examples),
                "--seed", str(SEED), "--generation-database", "none", "--no-color",
            ]  # fmt: skip
            code = subprocess.run(command, cwd=world.folder).returncode
            if code:
                print(f"the server's log ends:\n{served.last_words()}")
    sys.exit(code)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="of each operation (200)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
