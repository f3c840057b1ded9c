-- The store, format 3, for PostgreSQL. schema_3.sqlite.sql is the same for
-- SQLite. Format 3 is the field work in the web: who registered what,
-- schedule, lists and counts, and units that are off. The link to a mapper
-- is a table of its own, for it ends with the round.

alter table unit add column off bigint not null default 0;

-- A unit and tier before the person: who looks for somebody in his own unit
-- reads a part of the index that holds nothing of other units. It stands
-- instead of one that began with the person: two cost an import a fifth of
-- its time.
drop index registration_pseudonym;

create index registration_unit
    on registration (municipality, round, unit, tier, pseudonym);

create table work (
    municipality bigint not null,
    round bigint not null,
    number bigint not null,
    account text not null,
    running bigint not null,        -- the account's own number, 1..
    started_ms bigint not null,
    saved_ms bigint not null,
    revision bigint not null,       -- 1.., grows with every write
    noted_ms bigint not null,       -- last in the access log; 0: since
                                   -- completion there was no version
    primary key (municipality, round, number),
    unique (municipality, round, account, running),
    foreign key (municipality, round, number)
        references registration (municipality, round, number)
        deferrable initially deferred
);

-- The last running number that an account was given: none is used again.
create table work_counter (
    municipality bigint not null,
    round bigint not null,
    account text not null,
    last bigint not null,
    primary key (municipality, round, account),
    foreign key (municipality, round)
        references round (municipality, place)
);

create table handover (
    municipality bigint not null,
    round bigint not null,
    number bigint not null,
    place bigint not null,          -- 1.. of the registration
    from_account text not null,
    to_account text not null,
    running bigint not null,        -- what it was called before
    got bigint not null,            -- and after, 0 until it was given
    asked_by text not null,
    asked_ms bigint not null,
    decided_ms bigint,
    outcome bigint not null,        -- enum handover_outcome
    primary key (municipality, round, number, place),
    foreign key (municipality, round, number)
        references registration (municipality, round, number)
        deferrable initially deferred
);

create table day_slot (
    municipality bigint not null,
    round bigint not null,
    unit bigint not null,
    place bigint not null,          -- 0..
    day bigint,
    room text not null,
    trainers text not null,
    primary key (municipality, round, unit, place),
    foreign key (municipality, round, unit)
        references unit (municipality, round, place)
);

-- Contacts, helpdesk, rules, checklist.
create table round_item (
    municipality bigint not null,
    round bigint not null,
    list bigint not null,           -- enum item_list
    place bigint not null,          -- 0..
    unit bigint not null,           -- -1: all
    body text not null,
    who text not null,
    reach text not null,           -- telephone, hours
    timing bigint not null,         -- enum item_when
    day bigint not null,
    primary key (municipality, round, list, place),
    foreign key (municipality, round)
        references round (municipality, place)
);

create table expected (
    municipality bigint not null,
    round bigint not null,
    unit bigint not null,
    tier bigint not null,
    number bigint not null,
    primary key (municipality, round, unit, tier),
    foreign key (municipality, round, unit)
        references unit (municipality, round, place)
);

-- Persons on a list who were not registered, counted without identity.
create table not_registered (
    municipality bigint not null,
    round bigint not null,
    unit bigint not null,
    tier bigint not null,
    account text not null,
    reason bigint not null,         -- enum reason
    number bigint not null,
    primary key (municipality, round, unit, tier, account, reason),
    foreign key (municipality, round, unit)
        references unit (municipality, round, place)
);

create table round_setting (
    municipality bigint not null,
    round bigint not null,
    field text not null,
    value bigint not null,
    primary key (municipality, round, field),
    foreign key (municipality, round)
        references round (municipality, place)
);
