# The portal's commands; `make help` tells them. Each prepares what it needs.
PYTHON ?= python3
BOOTSTRAP = @"$(PYTHON)" cops/embedded/bootstrap.py
ONLY ?=

.PHONY: help run test bench fmt lock upgrade update backup restore

help: ## what each command does
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

run: ## le portail sur http://localhost:8000 (PORT=… pour un autre port, COPS_VAR=… pour un autre dossier)
	$(BOOTSTRAP) run

test: ## toute la vérification : style, types, imports, migrations, tests, navigateur
	$(BOOTSTRAP) test

bench: ## les mesures (ONLY=search pour celles dont le nom commence ainsi)
	$(BOOTSTRAP) with -- python -m tests.benchmarks.run "$(ONLY)"

fmt: ## met le code Python en forme
	$(BOOTSTRAP) only -m ruff check --fix --quiet --exit-zero
	$(BOOTSTRAP) only -m ruff format

lock: ## réécrit requirements/*.txt à partir de pyproject.toml (demande uv)
	uv pip compile pyproject.toml $(LOCKED) -o requirements/prod.txt
	uv pip compile pyproject.toml --group dev $(LOCKED) -o requirements/dev.txt

upgrade: ## comme lock, en prenant la dernière version de chaque paquet
	$(MAKE) lock LOCKED="$(LOCKED) --upgrade"

update: ## en production : passe à la version que « git pull » vient d’apporter
	docker compose build
	docker compose run --rm prepare
	docker compose up --detach --wait --no-deps web
	docker compose up --detach --wait

backup: ## en production : une sauvegarde, tout de suite
	docker compose exec backup bash /deploy/backup.sh

restore: ## en production : remet une sauvegarde en place (FILE=cops-….tar.gpg)
	@test -n "$(FILE)" || { echo "Quelle sauvegarde ? make restore FILE=cops-….tar.gpg"; exit 1; }
	docker compose stop caddy web worker courier beat
	docker compose run --rm --entrypoint bash backup /deploy/restore.sh "$(FILE)"
	docker compose run --rm prepare python manage.py after_restore
	docker compose up --detach --wait

LOCKED = --quiet --python-version 3.11 --universal --generate-hashes --no-header --no-emit-index-url --no-annotate
