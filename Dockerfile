# syntax=docker/dockerfile:1

# The packages, from the locked list: wheels alone, each with its hash.
FROM python:3.11.14-slim-trixie AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/prod.txt /tmp/prod.txt
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --require-hashes --only-binary=:all: -r /tmp/prod.txt \
 && /opt/venv/bin/pip uninstall --yes pip

# The portal.
FROM python:3.11.14-slim-trixie AS portal

# Pango lays out the PDFs; DejaVu is the font for letters that ours does not have.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      fontconfig fonts-dejavu-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
 && rm -rf /var/lib/apt/lists/* \
 && fc-cache --force \
 && groupadd --gid 10001 cops \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin cops \
 # What the volumes are made from belongs to the portal.
 && install --directory --owner=10001 --group=10001 /data /data/media /backups

COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    COPS_VAR=/app/var \
    MEDIA_ROOT=/data/media \
    MAINTENANCE_FILE=/data/maintenance \
    ERASURE_JOURNAL=/data/journal/erasures.jsonl

WORKDIR /app
COPY manage.py pyproject.toml ./
COPY cops cops
COPY resources resources
COPY selfassess selfassess
COPY templates templates
COPY static static

# Hashed, compressed, and read-only from here on. The demonstration's settings have the same
# static files as production's and ask for no secret, which therefore never enters an image.
RUN DJANGO_SETTINGS_MODULE=cops.settings.dev python manage.py collectstatic --no-input --verbosity 0 \
 && python -m compileall -q cops resources selfassess

ARG RELEASE=
ENV DJANGO_SETTINGS_MODULE=cops.settings.prod RELEASE=$RELEASE

USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s --retries=3 \
  CMD ["python", "-m", "cops.operation.probe", "alive"]

# WEB_CONCURRENCY is the number of processes. No access log: gunicorn's holds addresses, hence
# what people search; ours holds none. Our own page answers an address that is too long.
CMD ["gunicorn", "cops.wsgi:application", \
     "--bind", "0.0.0.0:8000", \
     "--worker-class", "cops.http.worker.Worker", \
     "--threads", "4", \
     "--timeout", "30", \
     "--graceful-timeout", "30", \
     "--keep-alive", "5", \
     "--max-requests", "1000", \
     "--max-requests-jitter", "100", \
     "--limit-request-line", "0", \
     "--no-control-socket", \
     "--worker-tmp-dir", "/dev/shm"]
