-- The store, format 2, for SQLite: who may sign in, and to what. The file
-- for the other engine, schema_2.postgres.sql, is the same. An account is of
-- the store: who signs in does not say a municipality first. Times are UTC
-- milliseconds; booleans are 0 and 1.

create table setting (
    name text not null primary key,
    value text not null
) strict;

create table account (
    id text not null primary key,
    name text not null,
    lang text not null,             -- nb, nn, en
    password text not null,         -- Argon2id; '' there is none
    must_change integer not null,   -- the password, before anything else
    totp blob,                      -- sealed under the server's key
    totp_next blob,                 -- the same, not yet confirmed
    totp_step integer not null,     -- the last that was used
    created_ms integer not null,
    created_by text not null,
    ended_ms integer,
    ended_by text not null
) strict;

create table recovery (
    account text not null,
    hash blob not null,             -- SHA-256 of account and code
    used_ms integer,
    primary key (account, hash),
    foreign key (account) references account (id)
) strict;

-- Tries to sign in, also of accounts that there are not: who tries sees no
-- difference.
create table sign_in_try (
    hash blob not null primary key, -- SHA-256 of what was given as id
    failed integer not null,        -- tries since the last success
    locked_until integer not null,
    last_ms integer not null
) strict;

create table slip (
    hash blob not null primary key, -- SHA-256 of the code
    account text not null,
    made_ms integer not null,
    made_by text not null,
    until_ms integer not null,
    used_ms integer,
    foreign key (account) references account (id)
) strict;

create index slip_account on slip (account);

create table session (
    hash blob not null primary key, -- SHA-256 of the token
    account text not null,
    csrf blob not null,
    how text not null,              -- password, slip, recovery
    stage integer not null,         -- enum session_stage
    created_ms integer not null,
    seen_ms integer not null,
    expires_ms integer not null,
    ended_ms integer,
    foreign key (account) references account (id)
) strict;

create index session_account on session (account);

-- A duty for a time. Nothing of a row is ever changed but its end.
create table grant_row (
    municipality integer not null,  -- of the round; 0 where it is ''
    number integer not null,        -- 1.. in the municipality
    account text not null,
    duty integer not null,          -- enum duty
    round text not null,            -- its id, '' all
    unit text not null,             -- its id, '' all
    tier integer not null,          -- 0 all
    from_ms integer not null,
    to_ms integer,                  -- the first that it is not held
    granted_by text not null,
    granted_ms integer not null,
    ended_by text not null,
    ended_ms integer,
    reason text not null,           -- of the end
    primary key (municipality, number),
    foreign key (account) references account (id)
) strict;

create index grant_account on grant_row (account, from_ms);

create index grant_round on grant_row (municipality, round, unit);
