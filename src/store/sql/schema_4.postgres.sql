-- The store, format 4, for PostgreSQL. schema_4.sqlite.sql is the same
-- for SQLite. Format 4 is the publication: texts and their versions, the
-- ledger of what was released, files of others, focus areas, and how a
-- round is published. None of it is about a person.

create table round_text (
    municipality bigint not null,
    round bigint not null,
    name text not null,
    lang text not null,              -- nb, nn, en
    kind bigint not null,           -- enum round_text_kind
    version bigint not null,        -- the newest, 1..
    locked bigint not null,         -- boolean
    primary key (municipality, round, name, lang),
    foreign key (municipality, round)
        references round (municipality, place)
);

-- Nothing of a row is ever changed.
create table round_text_version (
    municipality bigint not null,
    round bigint not null,
    name text not null,
    lang text not null,
    number bigint not null,         -- 1..
    act bigint not null,            -- enum round_text_act
    origin bigint not null,         -- the version it is again, 0 none
    at_ms bigint not null,
    actor text not null,
    reason text not null,
    body text not null,
    sha256 text not null,            -- of body
    primary key (municipality, round, name, lang, number),
    foreign key (municipality, round, name, lang)
        references round_text (municipality, round, name, lang)
);

create table released (
    municipality bigint not null,
    round bigint not null,
    number bigint not null,         -- 1..
    at_ms bigint not null,
    actor text not null,
    rule text not null,
    definition bigint not null,
    sha256 text not null,            -- of the definition
    hash text not null,              -- of all that was released
    primary key (municipality, round, number),
    unique (municipality, round, hash),
    foreign key (municipality, round, definition)
        references definition (municipality, round, number)
);

create table released_number (
    municipality bigint not null,
    round bigint not null,
    release bigint not null,
    place bigint not null,          -- 0..
    scope text not null,
    members text not null,           -- the set, canonical
    value bigint,                   -- null: hidden
    sensitive bigint not null,      -- boolean
    primary key (municipality, round, release, place),
    foreign key (municipality, round, release)
        references released (municipality, round, number)
);

create table released_file (
    municipality bigint not null,
    round bigint not null,
    release bigint not null,
    document text not null,
    format text not null,
    lang text not null,
    place bigint not null,          -- 1.. in the release
    at_ms bigint not null,
    actor text not null,
    primary key (municipality, round, release, document, format, lang),
    foreign key (municipality, round, release)
        references released (municipality, round, number)
);

-- Aggregate files of others.
create table reference (
    municipality bigint not null,
    round bigint not null,
    number bigint not null,         -- 1..
    name text not null,
    signer text not null,
    added_ms bigint not null,
    added_by text not null,
    body bytea not null,
    sha256 text not null,            -- of body
    primary key (municipality, round, number),
    unique (municipality, round, sha256),
    foreign key (municipality, round)
        references round (municipality, place)
);

create table focus (
    municipality bigint not null,
    round bigint not null,
    lang text not null,
    place bigint not null,          -- 0..
    proposal text not null,
    title text not null,
    body text not null,
    recommendation text not null,
    primary key (municipality, round, lang, place),
    foreign key (municipality, round)
        references round (municipality, place)
);

create table publish_item (
    municipality bigint not null,
    round bigint not null,
    list bigint not null,           -- enum publish_list
    place bigint not null,          -- 0..
    body text not null,
    who text not null,
    at_ms bigint not null,          -- 0 not said
    done_ms bigint not null,        -- 0 not done
    done_by text not null,
    primary key (municipality, round, list, place),
    foreign key (municipality, round)
        references round (municipality, place)
);

-- How often a list, or another part that is written whole, was written; for
-- some of them with a number.
create table publish_part (
    municipality bigint not null,
    round bigint not null,
    part text not null,              -- focus_nb, checks, reference, ...
    revision bigint not null,       -- 1..
    value bigint not null,          -- embargo: when; else 0
    primary key (municipality, round, part),
    foreign key (municipality, round)
        references round (municipality, place)
);

create table brand (
    municipality bigint not null,
    round bigint not null,
    kind bigint not null,           -- enum brand_kind
    name text not null,
    added_ms bigint not null,
    added_by text not null,
    body bytea not null,
    sha256 text not null,            -- of body
    primary key (municipality, round, kind),
    foreign key (municipality, round)
        references round (municipality, place)
);
