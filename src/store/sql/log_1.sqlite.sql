-- The access log, format 1, for SQLite: a database of its own. One chain of
-- hashes a municipality; log.c says what is hashed.

create table log_version (
    number integer not null primary key,
    checksum text not null,
    applied_at integer not null
) strict;

create table access_log (
    municipality integer not null,
    number integer not null,        -- 1.. in the municipality
    at_ms integer not null,
    actor text not null,
    rights text not null,
    purpose text not null,
    action text not null,           -- read, read_sealed, write, delete
    round text not null,            -- its id
    units text not null,            -- that the actor might see
    what text not null,
    entries integer not null,       -- registrations
    numbers text not null,          -- theirs, as ranges
    previous blob not null,
    hash blob not null,
    primary key (municipality, number)
) strict, without rowid;
