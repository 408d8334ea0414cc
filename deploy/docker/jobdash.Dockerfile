# jobdash by itself: runs batches and serves the API.
FROM python:3.12.13-slim-bookworm

# The user id is that of Airflow's image: both write into the volume of the models.
RUN useradd --uid 50000 --create-home jobdash && install -d -o jobdash /opt/jobdash /models
USER jobdash
WORKDIR /opt/jobdash

COPY requirements.lock .
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY --chown=jobdash . .
RUN .venv/bin/pip install --no-cache-dir --no-deps --editable .
# numba compiles here, and not again in each container
RUN .venv/bin/python -c "import ml.counting"

ENV PATH=/opt/jobdash/.venv/bin:$PATH PYTHONUNBUFFERED=1
CMD ["jobdash", "serve"]
