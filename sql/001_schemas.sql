-- raw: what came. ops: audit. The other four belong to dbt; `marts` and `marts_next` change names at each publication.
create schema if not exists raw;
create schema if not exists ops;
create schema if not exists staging;
create schema if not exists intermediate;
create schema if not exists marts_next;
create schema if not exists marts;
