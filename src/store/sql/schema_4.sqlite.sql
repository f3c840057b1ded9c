-- The store, format 4, for SQLite. schema_4.postgres.sql is the same for
-- PostgreSQL. Format 4 is the publication: texts and their versions, the
-- ledger of what was released, files of others, focus areas, and how a
-- round is published. None of it is about a person.

create table round_text (
    municipality integer not null,
    round integer not null,
    name text not null,
    lang text not null,              -- nb, nn, en
    kind integer not null,           -- enum round_text_kind
    version integer not null,        -- the newest, 1..
    locked integer not null,         -- boolean
    primary key (municipality, round, name, lang),
    foreign key (municipality, round)
        references round (municipality, place)
) strict, without rowid;

-- Nothing of a row is ever changed.
create table round_text_version (
    municipality integer not null,
    round integer not null,
    name text not null,
    lang text not null,
    number integer not null,         -- 1..
    act integer not null,            -- enum round_text_act
    origin integer not null,         -- the version it is again, 0 none
    at_ms integer not null,
    actor text not null,
    reason text not null,
    body text not null,
    sha256 text not null,            -- of body
    primary key (municipality, round, name, lang, number),
    foreign key (municipality, round, name, lang)
        references round_text (municipality, round, name, lang)
) strict;

create table released (
    municipality integer not null,
    round integer not null,
    number integer not null,         -- 1..
    at_ms integer not null,
    actor text not null,
    rule text not null,
    definition integer not null,
    sha256 text not null,            -- of the definition
    hash text not null,              -- of all that was released
    primary key (municipality, round, number),
    unique (municipality, round, hash),
    foreign key (municipality, round, definition)
        references definition (municipality, round, number)
) strict, without rowid;

create table released_number (
    municipality integer not null,
    round integer not null,
    release integer not null,
    place integer not null,          -- 0..
    scope text not null,
    members text not null,           -- the set, canonical
    value integer,                   -- null: hidden
    sensitive integer not null,      -- boolean
    primary key (municipality, round, release, place),
    foreign key (municipality, round, release)
        references released (municipality, round, number)
) strict, without rowid;

create table released_file (
    municipality integer not null,
    round integer not null,
    release integer not null,
    document text not null,
    format text not null,
    lang text not null,
    place integer not null,          -- 1.. in the release
    at_ms integer not null,
    actor text not null,
    primary key (municipality, round, release, document, format, lang),
    foreign key (municipality, round, release)
        references released (municipality, round, number)
) strict, without rowid;

-- Aggregate files of others.
create table reference (
    municipality integer not null,
    round integer not null,
    number integer not null,         -- 1..
    name text not null,
    signer text not null,
    added_ms integer not null,
    added_by text not null,
    body blob not null,
    sha256 text not null,            -- of body
    primary key (municipality, round, number),
    unique (municipality, round, sha256),
    foreign key (municipality, round)
        references round (municipality, place)
) strict;

create table focus (
    municipality integer not null,
    round integer not null,
    lang text not null,
    place integer not null,          -- 0..
    proposal text not null,
    title text not null,
    body text not null,
    recommendation text not null,
    primary key (municipality, round, lang, place),
    foreign key (municipality, round)
        references round (municipality, place)
) strict, without rowid;

create table publish_item (
    municipality integer not null,
    round integer not null,
    list integer not null,           -- enum publish_list
    place integer not null,          -- 0..
    body text not null,
    who text not null,
    at_ms integer not null,          -- 0 not said
    done_ms integer not null,        -- 0 not done
    done_by text not null,
    primary key (municipality, round, list, place),
    foreign key (municipality, round)
        references round (municipality, place)
) strict, without rowid;

-- How often a list, or another part that is written whole, was written; for
-- some of them with a number.
create table publish_part (
    municipality integer not null,
    round integer not null,
    part text not null,              -- focus_nb, checks, reference, ...
    revision integer not null,       -- 1..
    value integer not null,          -- embargo: when; else 0
    primary key (municipality, round, part),
    foreign key (municipality, round)
        references round (municipality, place)
) strict, without rowid;

create table brand (
    municipality integer not null,
    round integer not null,
    kind integer not null,           -- enum brand_kind
    name text not null,
    added_ms integer not null,
    added_by text not null,
    body blob not null,
    sha256 text not null,            -- of body
    primary key (municipality, round, kind),
    foreign key (municipality, round)
        references round (municipality, place)
) strict;
