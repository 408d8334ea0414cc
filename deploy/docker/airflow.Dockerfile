# Airflow's own image and, in an environment of its own, the jobdash that its tasks call.
FROM apache/airflow:3.3.2-python3.12

USER root
# As in jobdash.Dockerfile, for the DAGs of the backups.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-common \
  && sed -i "s/^#\?create_main_cluster.*/create_main_cluster = false/" /etc/postgresql-common/createcluster.conf \
  && apt-get install --yes --no-install-recommends postgresql-15 && rm -rf /var/lib/apt/lists/*
RUN install -d -o airflow /opt/jobdash /models /backups
USER airflow
WORKDIR /opt/jobdash

COPY requirements.lock .
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY --chown=airflow . .
RUN .venv/bin/pip install --no-cache-dir --no-deps --editable .

ENV JOBDASH=/opt/jobdash/.venv/bin/jobdash AIRFLOW__CORE__DAGS_FOLDER=/opt/jobdash/airflow/dags
WORKDIR /opt/airflow
