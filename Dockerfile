# syntax=docker/dockerfile:1
# One image for web, worker and beat; docker-compose.yml says which one runs.

FROM python:3.12-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/fieldproof
COPY requirements.txt .
RUN /opt/fieldproof/bin/pip install --require-hashes --requirement requirements.txt

FROM python:3.12-slim-bookworm
RUN groupadd --gid 10001 fieldproof \
    && useradd --uid 10001 --gid fieldproof --no-create-home --shell /usr/sbin/nologin fieldproof \
    && install --directory --owner fieldproof --group fieldproof --mode 0700 /data
COPY --from=packages /opt/fieldproof /opt/fieldproof
COPY . /app
WORKDIR /app
ENV PATH=/opt/fieldproof/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    HOST=0.0.0.0 \
    PORT=8000
# The key signs nothing: it only lets the settings load while the files are collected.
RUN SECRET_KEY=unused-while-building DATA_DIR=/tmp/build APP_ORIGIN=http://localhost \
    python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q /app /opt/fieldproof/lib \
    && rm -rf /tmp/build
USER fieldproof
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# Alone, the image is a whole installation: SQLite and the embedded broker in /data.
CMD ["python", "manage.py", "up"]
