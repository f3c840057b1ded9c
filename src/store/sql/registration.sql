-- Registrations, their versions and what is sealed; see registration.c.
-- $3 of what reads persons is the scope: a character for each unit of the
-- round, 1 where the actor may see it. Whether a registration is superseded
-- by one outside of the scope is nothing that may be seen either.

-- name: registration_insert
insert into registration (municipality, round, number, unit, tier, status,
    definition, completed_on, superseded_by, pseudonym, public_id, answers)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: sealed_insert
insert into sealed (municipality, round, number, version, data)
values ($1, $2, $3, 0, $4);

-- name: registration_numbers
select number from registration
where municipality = $1 and round = $2 order by number;

-- name: registration_status
select status from registration
where municipality = $1 and round = $2 and number = $4
    and substr(cast($3 as text), cast(unit as integer) + 1, 1) = '1';

-- name: change_count
select count(*) from change
where municipality = $1 and round = $2 and number = $3;

-- name: change_next
select coalesce(max(version), 0) + 1 from change
where municipality = $1 and round = $2 and number = $3;

-- name: change_insert
insert into change (municipality, round, number, version, at_ms, actor,
    reason, unit, tier, status, definition, completed_on, pseudonym, answers)
select municipality, round, number, cast($4 as bigint),
    cast($5 as bigint), cast($6 as text), cast($7 as text), unit, tier,
    status, definition, completed_on, pseudonym, answers
from registration
where municipality = $1 and round = $2 and number = $3;

-- name: sealed_keep
update sealed set version = $4
where municipality = $1 and round = $2 and number = $3 and version = 0;

-- name: sealed_drop
delete from sealed
where municipality = $1 and round = $2 and number = $3 and version = 0;

-- name: registration_update
update registration set unit = $4, tier = $5, status = $6, definition = $7,
    completed_on = $8, superseded_by = $9, pseudonym = $10, answers = $11
where municipality = $1 and round = $2 and number = $3;

-- name: registration_supersede
update registration set superseded_by = $4
where municipality = $1 and round = $2 and number = $3;

-- name: scan
select r.number, r.unit, r.tier, r.status, r.definition, r.completed_on,
    r.pseudonym, r.public_id, r.answers,
    (select w.number from registration w
     where w.municipality = r.municipality and w.round = r.round
         and w.number = r.superseded_by
         and substr(cast($3 as text), cast(w.unit as integer) + 1, 1) = '1')
from registration r
where r.municipality = $1 and r.round = $2
    and r.number between $5 and $6
    and substr(cast($4 as text), cast(r.unit as integer) + 1, 1) = '1'
order by r.number;

-- name: scan_sealed
select r.number, r.unit, r.tier, r.status, r.definition, r.completed_on,
    r.pseudonym, r.public_id, r.answers,
    (select w.number from registration w
     where w.municipality = r.municipality and w.round = r.round
         and w.number = r.superseded_by
         and substr(cast($3 as text), cast(w.unit as integer) + 1, 1) = '1'),
    (select s.data from sealed s
     where s.municipality = r.municipality and s.round = r.round
         and s.number = r.number and s.version = 0)
from registration r
where r.municipality = $1 and r.round = $2
    and r.number between $5 and $6
    and substr(cast($4 as text), cast(r.unit as integer) + 1, 1) = '1'
order by r.number;

-- A row each, counted by who asks: grouping would sort them all in memory.
-- name: registration_counts
select r.unit, r.status,
    case when exists (
        select 1 from registration w
        where w.municipality = r.municipality and w.round = r.round
            and w.number = r.superseded_by
            and substr(cast($3 as text), cast(w.unit as integer) + 1, 1)
                = '1')
        then 1 else 0 end,
    case when r.pseudonym is null then 1 else 0 end
from registration r
where r.municipality = $1 and r.round = $2
    and substr(cast($3 as text), cast(r.unit as integer) + 1, 1) = '1';

-- name: registration_total
select count(*) from registration where municipality = $1;

-- name: registration_find
select status, superseded_by from registration
where municipality = $1 and round = $2 and number = $3;
