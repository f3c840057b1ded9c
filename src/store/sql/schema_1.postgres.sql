-- The store, format 1, for PostgreSQL. schema_1.sqlite.sql is the same for
-- SQLite. Municipality first in every key, so that a table can be spread
-- over machines by it; no sequence that all share. A round stands in keys as
-- `round`, its place in the store, for its id would be in every row of every
-- index. Booleans are 0 and 1; times are UTC milliseconds; days are days
-- since 1970-01-01.

create table schema_version (
    number bigint not null primary key,
    checksum text not null,         -- SHA-256 of the migration
    applied_at bigint not null
);

create table round (
    municipality bigint not null,
    place bigint not null,         -- in order of making
    id text not null,
    year bigint not null,
    period bigint not null,
    from_age bigint not null,
    title text not null,
    status bigint not null,        -- enum round_status
    synthetic bigint not null,
    training_of text not null,
    definition bigint not null,    -- the newest
    next_number bigint not null,
    opted_out_deleted bigint not null,
    settle_due bigint not null,
    primary key (municipality, place),
    unique (id)
);

create table unit (
    municipality bigint not null,
    round bigint not null,
    place bigint not null,         -- 0..
    id text not null,
    name text not null,
    sector text not null,
    primary key (municipality, round, place),
    unique (municipality, round, id),
    foreign key (municipality, round)
        references round (municipality, place)
);

create table unit_tier (
    municipality bigint not null,
    round bigint not null,
    unit bigint not null,
    place bigint not null,
    tier bigint not null,
    words text not null,
    number_required bigint not null,
    whom text not null,
    primary key (municipality, round, unit, place),
    foreign key (municipality, round, unit)
        references unit (municipality, round, place)
);

create table definition (
    municipality bigint not null,
    round bigint not null,
    number bigint not null,        -- 1..
    body bytea not null,
    switched_on text not null,
    sha256 text not null,
    primary key (municipality, round, number),
    foreign key (municipality, round)
        references round (municipality, place)
);

create table lawful (
    municipality bigint not null,
    round bigint not null,
    field text not null,
    value text not null,
    primary key (municipality, round, field),
    foreign key (municipality, round)
        references round (municipality, place)
);

-- What was done to the round itself, and by whom.
create table round_change (
    municipality bigint not null,
    round bigint not null,
    number bigint not null,
    at_ms bigint not null,
    actor text not null,
    field text not null,            -- made, status, definition or a lawful one
    value text not null,
    reason text not null,
    primary key (municipality, round, number),
    foreign key (municipality, round)
        references round (municipality, place)
);

create table registration (
    municipality bigint not null,
    round bigint not null,
    number bigint not null,
    unit bigint not null,
    tier bigint not null,
    status bigint not null,        -- enum status
    definition bigint not null,
    completed_on bigint,
    superseded_by bigint,
    pseudonym bytea,
    public_id bytea not null,
    answers bytea not null,
    primary key (municipality, round, number),
    foreign key (municipality, round, unit)
        references unit (municipality, round, place),
    foreign key (municipality, round, definition)
        references definition (municipality, round, number)
);

create unique index registration_public_id
    on registration (municipality, public_id);

create index registration_pseudonym
    on registration (municipality, round, pseudonym)
    where pseudonym is not null;

-- What a complete or withdrawn registration was before it was changed.
create table change (
    municipality bigint not null,
    round bigint not null,
    number bigint not null,
    version bigint not null,       -- 1..
    at_ms bigint not null,
    actor text not null,
    reason text not null,
    unit bigint not null,
    tier bigint not null,
    status bigint not null,
    definition bigint not null,
    completed_on bigint,
    pseudonym bytea,
    answers bytea not null,
    primary key (municipality, round, number, version),
    foreign key (municipality, round, number)
        references registration (municipality, round, number)
        deferrable initially deferred
);

create index change_pseudonym
    on change (municipality, round, pseudonym)
    where pseudonym is not null;

-- What identifies and free text, under the round's key. Version 0 is what
-- stands now, the others belong to the versions in change.
create table sealed (
    municipality bigint not null,
    round bigint not null,
    number bigint not null,
    version bigint not null,
    data bytea not null,
    primary key (municipality, round, number, version),
    foreign key (municipality, round, number)
        references registration (municipality, round, number)
        deferrable initially deferred
);

create table optout (
    municipality bigint not null,
    round bigint not null,
    pseudonym bytea not null,
    day bigint not null,
    entered_by text not null,
    primary key (municipality, round, pseudonym),
    foreign key (municipality, round)
        references round (municipality, place)
);
