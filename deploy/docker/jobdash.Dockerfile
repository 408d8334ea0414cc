# jobdash by itself: runs batches and serves the API.
FROM python:3.12.13-slim-bookworm

# Backups need the tools of the server's version, and none of the servers that Debian starts.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-common \
  && sed -i "s/^#\?create_main_cluster.*/create_main_cluster = false/" /etc/postgresql-common/createcluster.conf \
  && apt-get install --yes --no-install-recommends postgresql-15 && rm -rf /var/lib/apt/lists/*

# The user id is that of Airflow's image: both write into the volume of the models.
RUN useradd --uid 50000 --create-home jobdash && install -d -o jobdash /opt/jobdash /models /backups
USER jobdash
WORKDIR /opt/jobdash

COPY requirements.lock .
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY --chown=jobdash . .
RUN .venv/bin/pip install --no-cache-dir --no-deps --editable .
# numba compiles here, and not again in each container
RUN NUMBA_CACHE_DIR=/opt/jobdash/compiled .venv/bin/python -c "import ml.counting"

# A container may be read-only: what jobdash and numba write for themselves goes below /tmp. numba reads from no folder
# that it may not write, so what was compiled is copied there.
ENTRYPOINT ["sh", "-c", "cp -r /opt/jobdash/compiled/. /tmp/numba && exec \"$@\"", "sh"]
ENV PATH=/opt/jobdash/.venv/bin:$PATH PYTHONUNBUFFERED=1 JOBDASH_LOCAL=/tmp/jobdash NUMBA_CACHE_DIR=/tmp/numba
CMD ["jobdash", "serve"]
