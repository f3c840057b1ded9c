-- The store, format 1, for SQLite. schema_1.postgres.sql is the same for
-- PostgreSQL. Municipality first in every key, so that a table can be spread
-- over machines by it; no sequence that all share. A round stands in keys as
-- `round`, its place in the store, for its id would be in every row of every
-- index. Booleans are 0 and 1; times are UTC milliseconds; days are days
-- since 1970-01-01.

create table schema_version (
    number integer not null primary key,
    checksum text not null,         -- SHA-256 of the migration
    applied_at integer not null
) strict;

create table round (
    municipality integer not null,
    place integer not null,         -- in order of making
    id text not null,
    year integer not null,
    period integer not null,
    from_age integer not null,
    title text not null,
    status integer not null,        -- enum round_status
    synthetic integer not null,
    training_of text not null,
    definition integer not null,    -- the newest
    next_number integer not null,
    opted_out_deleted integer not null,
    settle_due integer not null,
    primary key (municipality, place),
    unique (id)
) strict;

create table unit (
    municipality integer not null,
    round integer not null,
    place integer not null,         -- 0..
    id text not null,
    name text not null,
    sector text not null,
    primary key (municipality, round, place),
    unique (municipality, round, id),
    foreign key (municipality, round)
        references round (municipality, place)
) strict, without rowid;

create table unit_tier (
    municipality integer not null,
    round integer not null,
    unit integer not null,
    place integer not null,
    tier integer not null,
    words text not null,
    number_required integer not null,
    whom text not null,
    primary key (municipality, round, unit, place),
    foreign key (municipality, round, unit)
        references unit (municipality, round, place)
) strict, without rowid;

create table definition (
    municipality integer not null,
    round integer not null,
    number integer not null,        -- 1..
    body blob not null,
    switched_on text not null,
    sha256 text not null,
    primary key (municipality, round, number),
    foreign key (municipality, round)
        references round (municipality, place)
) strict;

create table lawful (
    municipality integer not null,
    round integer not null,
    field text not null,
    value text not null,
    primary key (municipality, round, field),
    foreign key (municipality, round)
        references round (municipality, place)
) strict, without rowid;

-- What was done to the round itself, and by whom.
create table round_change (
    municipality integer not null,
    round integer not null,
    number integer not null,
    at_ms integer not null,
    actor text not null,
    field text not null,            -- made, status, definition or a lawful one
    value text not null,
    reason text not null,
    primary key (municipality, round, number),
    foreign key (municipality, round)
        references round (municipality, place)
) strict, without rowid;

-- A rowid table: both indexes below then hold a short row number instead of
-- the whole key.
create table registration (
    municipality integer not null,
    round integer not null,
    number integer not null,
    unit integer not null,
    tier integer not null,
    status integer not null,        -- enum status
    definition integer not null,
    completed_on integer,
    superseded_by integer,
    pseudonym blob,
    public_id blob not null,
    answers blob not null,
    primary key (municipality, round, number),
    foreign key (municipality, round, unit)
        references unit (municipality, round, place),
    foreign key (municipality, round, definition)
        references definition (municipality, round, number)
) strict;

-- Random places: past some hundred thousand rows this one takes half the
-- time of an insert (3.4 us a row up to 100,000 rows, 8 up to a million), so
-- large imports make it at the end (db_bulk_begin).
create unique index registration_public_id
    on registration (municipality, public_id);

create index registration_pseudonym
    on registration (municipality, round, pseudonym)
    where pseudonym is not null;

-- What a complete or withdrawn registration was before it was changed.
create table change (
    municipality integer not null,
    round integer not null,
    number integer not null,
    version integer not null,       -- 1..
    at_ms integer not null,
    actor text not null,
    reason text not null,
    unit integer not null,
    tier integer not null,
    status integer not null,
    definition integer not null,
    completed_on integer,
    pseudonym blob,
    answers blob not null,
    primary key (municipality, round, number, version),
    foreign key (municipality, round, number)
        references registration (municipality, round, number)
        deferrable initially deferred
) strict;

create index change_pseudonym
    on change (municipality, round, pseudonym)
    where pseudonym is not null;

-- What identifies and free text, under the round's key. Version 0 is what
-- stands now, the others belong to the versions in change.
create table sealed (
    municipality integer not null,
    round integer not null,
    number integer not null,
    version integer not null,
    data blob not null,
    primary key (municipality, round, number, version),
    foreign key (municipality, round, number)
        references registration (municipality, round, number)
        deferrable initially deferred
) strict;

create table optout (
    municipality integer not null,
    round integer not null,
    pseudonym blob not null,
    day integer not null,
    entered_by text not null,
    primary key (municipality, round, pseudonym),
    foreign key (municipality, round)
        references round (municipality, place)
) strict, without rowid;
