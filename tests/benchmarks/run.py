"""``make bench``: prints one line per measure and exits 0 whatever it finds.

``make bench ONLY=search`` runs the measures whose name begins so.
"""

from __future__ import annotations

import os
import sys
import traceback

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")


def main(only: str) -> None:
    import django

    django.setup()
    from tests.benchmarks import (  # noqa: F401  (they register)
        accounts,
        api,
        binder,
        mail,
        pages,
        pdf,
        privacy,
        queries,
        search,
        selfassess,
        selfassess_load,
        weight,
    )
    from tests.benchmarks.data import prepare
    from tests.benchmarks.measure import REGISTRY

    wanted = {name: run for name, run in REGISTRY.items() if name.startswith(only)}
    if not wanted:
        print(f"Aucune mesure ne commence par « {only} » : {', '.join(REGISTRY)}.")
        return
    prepare()
    for name, run in wanted.items():
        try:
            for line in run():
                print(line, flush=True)
        except Exception as error:  # noqa: BLE001  (one broken measure must not hide the others)
            traceback.print_exc()
            print(f"{name:<34} {type(error).__name__}: {error}  short", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
