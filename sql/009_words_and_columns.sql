-- The words of ads are compared without accents. The extension comes with PostgreSQL, and whoever may create in a
-- database may create it there.
create extension if not exists unaccent with schema public;

-- Many intermediate models have other columns and rules: the next batch builds them anew from `raw`, and then both
-- generations of the marts. Readers keep the published one until then.
drop schema intermediate cascade;
create schema intermediate;
