-- What the gate before publishing measured of each batch, and the batches that a person let through it.
create table ops.batch_figures (
    batch_id bigint primary key references ops.batches,
    open_ads bigint not null,
    pay_share double precision not null,
    skill_share double precision not null,
    -- of the ads that the batch saw first
    new_ads bigint not null,
    new_pay_share double precision not null,
    new_skill_share double precision not null,
    measured_at timestamptz not null default now()
);

create table ops.batches_let_through (
    batch_id bigint primary key references ops.batches,
    reason text not null check (reason <> ''),
    let_through_by text not null,
    let_through_at timestamptz not null default now()
);
