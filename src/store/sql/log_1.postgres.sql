-- The access log, format 1, for PostgreSQL: a database of its own. One
-- chain of hashes a municipality; log.c says what is hashed.

create table log_version (
    number bigint not null primary key,
    checksum text not null,
    applied_at bigint not null
);

create table access_log (
    municipality bigint not null,
    number bigint not null,        -- 1.. in the municipality
    at_ms bigint not null,
    actor text not null,
    rights text not null,
    purpose text not null,
    action text not null,           -- read, read_sealed, write, delete
    round text not null,            -- its id
    units text not null,            -- that the actor might see
    what text not null,
    entries bigint not null,       -- registrations
    numbers text not null,          -- theirs, as ranges
    previous bytea not null,
    hash bytea not null,
    primary key (municipality, number)
);
