# PgBouncer as Debian has it.
FROM debian:12.11-slim

# the client has pg_isready
RUN apt-get update && apt-get install --yes --no-install-recommends pgbouncer postgresql-client-15 \
  && rm -rf /var/lib/apt/lists/*

COPY pgbouncer.ini start_pgbouncer.sh /etc/jobdash/
USER postgres
CMD ["sh", "/etc/jobdash/start_pgbouncer.sh", "/etc/jobdash/pgbouncer.ini"]
