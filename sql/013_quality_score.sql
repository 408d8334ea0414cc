-- The mean of data_quality_score over the open ads, for those who watch. Batches before have none.
alter table ops.batch_figures add column quality_score double precision;
