-- The store, format 5, for SQLite. schema_5.postgres.sql is the same for
-- PostgreSQL. Format 5 is a store of many rounds: the text of a definition,
-- some 150 kB, stands once however many rounds have it, and what is asked
-- of all rounds for each that is made has an index.
--
-- No municipality in the key of definition_text: it is nobody's, small, and
-- the same wherever it stands. Nothing of a row is ever changed or removed.
-- The name is the content, so a definition needs no other; that there is a
-- text for each is for `check` to see, since SQLite can't add a foreign key
-- to a table that there is.

create table definition_text (
    sha256 text not null,            -- as in definition, of both parts
    body blob not null,
    primary key (sha256)
) strict;

-- Where a store was damaged so that one name has two texts, the first stays
-- and `check` says what is wrong with it.
insert into definition_text (sha256, body)
select sha256, body from definition where true
order by municipality, round, number
on conflict (sha256) do nothing;

alter table definition drop column body;

-- Grows with every write to the round's registrations, so that what was made
-- of them (cache.h) can tell that it is out of date.
alter table round add column changes integer not null default 0;

create index round_place on round (place);

create index round_training_of on round (training_of);
