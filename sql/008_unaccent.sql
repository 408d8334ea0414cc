-- The words of ads are compared without accents. The extension comes with PostgreSQL, and whoever may create in a
-- database may create it there.
create extension if not exists unaccent;
