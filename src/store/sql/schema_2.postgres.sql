-- The store, format 2, for PostgreSQL: who may sign in, and to what. The file
-- for the other engine, schema_2.sqlite.sql, is the same. An account is of
-- the store: who signs in does not say a municipality first. Times are UTC
-- milliseconds; booleans are 0 and 1.

create table setting (
    name text not null primary key,
    value text not null
);

create table account (
    id text not null primary key,
    name text not null,
    lang text not null,             -- nb, nn, en
    password text not null,         -- Argon2id; '' there is none
    must_change bigint not null,   -- the password, before anything else
    totp bytea,                      -- sealed under the server's key
    totp_next bytea,                 -- the same, not yet confirmed
    totp_step bigint not null,     -- the last that was used
    created_ms bigint not null,
    created_by text not null,
    ended_ms bigint,
    ended_by text not null
);

create table recovery (
    account text not null,
    hash bytea not null,             -- SHA-256 of account and code
    used_ms bigint,
    primary key (account, hash),
    foreign key (account) references account (id)
);

-- Tries to sign in, also of accounts that there are not: who tries sees no
-- difference.
create table sign_in_try (
    hash bytea not null primary key, -- SHA-256 of what was given as id
    failed bigint not null,        -- tries since the last success
    locked_until bigint not null,
    last_ms bigint not null
);

create table slip (
    hash bytea not null primary key, -- SHA-256 of the code
    account text not null,
    made_ms bigint not null,
    made_by text not null,
    until_ms bigint not null,
    used_ms bigint,
    foreign key (account) references account (id)
);

create index slip_account on slip (account);

create table session (
    hash bytea not null primary key, -- SHA-256 of the token
    account text not null,
    csrf bytea not null,
    how text not null,              -- password, slip, recovery
    stage bigint not null,         -- enum session_stage
    created_ms bigint not null,
    seen_ms bigint not null,
    expires_ms bigint not null,
    ended_ms bigint,
    foreign key (account) references account (id)
);

create index session_account on session (account);

-- A duty for a time. Nothing of a row is ever changed but its end.
create table grant_row (
    municipality bigint not null,  -- of the round; 0 where it is ''
    number bigint not null,        -- 1.. in the municipality
    account text not null,
    duty bigint not null,          -- enum duty
    round text not null,            -- its id, '' all
    unit text not null,             -- its id, '' all
    tier bigint not null,          -- 0 all
    from_ms bigint not null,
    to_ms bigint,                  -- the first that it is not held
    granted_by text not null,
    granted_ms bigint not null,
    ended_by text not null,
    ended_ms bigint,
    reason text not null,           -- of the end
    primary key (municipality, number),
    foreign key (account) references account (id)
);

create index grant_account on grant_row (account, from_ms);

create index grant_round on grant_row (municipality, round, unit);
