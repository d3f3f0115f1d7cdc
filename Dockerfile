# syntax=docker/dockerfile:1
# One image for web, worker, beat and migrations.

FROM python:3.11-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/ok9
COPY requirements/base.txt /tmp/base.txt
RUN /opt/ok9/bin/pip install --require-hashes -r /tmp/base.txt

FROM python:3.11-slim AS application
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 \
    libfontconfig1 media-types \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin ok9 \
 && install -d -o ok9 -g ok9 /srv/ok9 /srv/ok9/media
COPY --from=packages /opt/ok9 /opt/ok9
WORKDIR /srv/app
COPY . .
ENV PATH=/opt/ok9/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OK9_HOME=/srv/ok9 XDG_CACHE_HOME=/tmp/cache
# The values are for this one command, which asks no database and signs nothing.
RUN SECRET_KEY=build OK9_COORDINATORS_TELEPHONE=none DATABASE_URL=postgres://nobody@127.0.0.1:1/none \
    python manage.py collectstatic --no-input -v0
USER ok9
EXPOSE 8000
CMD ["gunicorn", "ok9.wsgi", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "--graceful-timeout", "25"]
