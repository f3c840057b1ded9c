-- The store, format 3, for SQLite. schema_3.postgres.sql is the same for
-- PostgreSQL. Format 3 is the field work in the web: who registered what,
-- schedule, lists and counts, and units that are off. The link to a mapper
-- is a table of its own, for it ends with the round.

alter table unit add column off integer not null default 0;

-- A unit and tier before the person: who looks for somebody in his own unit
-- reads a part of the index that holds nothing of other units. It stands
-- instead of one that began with the person: two cost an import a fifth of
-- its time.
drop index registration_pseudonym;

create index registration_unit
    on registration (municipality, round, unit, tier, pseudonym);

create table work (
    municipality integer not null,
    round integer not null,
    number integer not null,
    account text not null,
    running integer not null,        -- the account's own number, 1..
    started_ms integer not null,
    saved_ms integer not null,
    revision integer not null,       -- 1.., grows with every write
    noted_ms integer not null,       -- last in the access log; 0: since
                                   -- completion there was no version
    primary key (municipality, round, number),
    unique (municipality, round, account, running),
    foreign key (municipality, round, number)
        references registration (municipality, round, number)
        deferrable initially deferred
) strict, without rowid;

-- The last running number that an account was given: none is used again.
create table work_counter (
    municipality integer not null,
    round integer not null,
    account text not null,
    last integer not null,
    primary key (municipality, round, account),
    foreign key (municipality, round)
        references round (municipality, place)
) strict, without rowid;

create table handover (
    municipality integer not null,
    round integer not null,
    number integer not null,
    place integer not null,          -- 1.. of the registration
    from_account text not null,
    to_account text not null,
    running integer not null,        -- what it was called before
    got integer not null,            -- and after, 0 until it was given
    asked_by text not null,
    asked_ms integer not null,
    decided_ms integer,
    outcome integer not null,        -- enum handover_outcome
    primary key (municipality, round, number, place),
    foreign key (municipality, round, number)
        references registration (municipality, round, number)
        deferrable initially deferred
) strict, without rowid;

create table day_slot (
    municipality integer not null,
    round integer not null,
    unit integer not null,
    place integer not null,          -- 0..
    day integer,
    room text not null,
    trainers text not null,
    primary key (municipality, round, unit, place),
    foreign key (municipality, round, unit)
        references unit (municipality, round, place)
) strict, without rowid;

-- Contacts, helpdesk, rules, checklist.
create table round_item (
    municipality integer not null,
    round integer not null,
    list integer not null,           -- enum item_list
    place integer not null,          -- 0..
    unit integer not null,           -- -1: all
    body text not null,
    who text not null,
    reach text not null,           -- telephone, hours
    timing integer not null,         -- enum item_when
    day integer not null,
    primary key (municipality, round, list, place),
    foreign key (municipality, round)
        references round (municipality, place)
) strict, without rowid;

create table expected (
    municipality integer not null,
    round integer not null,
    unit integer not null,
    tier integer not null,
    number integer not null,
    primary key (municipality, round, unit, tier),
    foreign key (municipality, round, unit)
        references unit (municipality, round, place)
) strict, without rowid;

-- Persons on a list who were not registered, counted without identity.
create table not_registered (
    municipality integer not null,
    round integer not null,
    unit integer not null,
    tier integer not null,
    account text not null,
    reason integer not null,         -- enum reason
    number integer not null,
    primary key (municipality, round, unit, tier, account, reason),
    foreign key (municipality, round, unit)
        references unit (municipality, round, place)
) strict, without rowid;

create table round_setting (
    municipality integer not null,
    round integer not null,
    field text not null,
    value integer not null,
    primary key (municipality, round, field),
    foreign key (municipality, round)
        references round (municipality, place)
) strict, without rowid;
