-- Opting out; see optout.c. A registration is the person's if it, or a
-- version of it, has the pseudonym. They are looked for unit by unit and tier
-- by tier, for the index begins with them (schema_3).

-- name: optout_has
select count(*) from optout
where municipality = $1 and round = $2 and pseudonym = $3;

-- name: optout_pseudonyms
select pseudonym from optout
where municipality = $1 and round = $2 order by pseudonym;

-- name: optout_insert
insert into optout (municipality, round, pseudonym, day, entered_by)
values ($1, $2, $3, $4, $5);

-- name: optout_delete
delete from optout
where municipality = $1 and round = $2 and pseudonym = $3;

-- name: optout_list
select pseudonym, day, entered_by from optout
where municipality = $1 and round = $2 order by day, pseudonym;

-- name: person_numbers
select g.number, g.unit from unit u cross join registration g
where u.municipality = $1 and u.round = $2
    and g.municipality = u.municipality and g.round = u.round
    and g.unit = u.place and g.tier in (0, 1, 2, 3) and g.pseudonym = $3
order by g.number;

-- name: person_versions
select number, version from change
where municipality = $1 and round = $2 and pseudonym = $3
order by number, version;

-- name: version_delete
delete from change
where municipality = $1 and round = $2 and number = $3 and version = $4;

-- name: version_sealed_delete
delete from sealed
where municipality = $1 and round = $2 and number = $3 and version = $4;

-- name: person_handover_delete
delete from handover
where municipality = $1 and round = $2 and number in (
    select g.number from unit u cross join registration g
    where u.municipality = $1 and u.round = $2
        and g.municipality = u.municipality and g.round = u.round
        and g.unit = u.place and g.tier in (0, 1, 2, 3)
        and g.pseudonym = $3);

-- name: person_work_delete
delete from work
where municipality = $1 and round = $2 and number in (
    select g.number from unit u cross join registration g
    where u.municipality = $1 and u.round = $2
        and g.municipality = u.municipality and g.round = u.round
        and g.unit = u.place and g.tier in (0, 1, 2, 3)
        and g.pseudonym = $3);

-- name: person_sealed_delete
delete from sealed
where municipality = $1 and round = $2 and number in (
    select g.number from unit u cross join registration g
    where u.municipality = $1 and u.round = $2
        and g.municipality = u.municipality and g.round = u.round
        and g.unit = u.place and g.tier in (0, 1, 2, 3)
        and g.pseudonym = $3);

-- name: person_change_delete
delete from change
where municipality = $1 and round = $2 and number in (
    select g.number from unit u cross join registration g
    where u.municipality = $1 and u.round = $2
        and g.municipality = u.municipality and g.round = u.round
        and g.unit = u.place and g.tier in (0, 1, 2, 3)
        and g.pseudonym = $3);

-- name: person_registration_delete
delete from registration
where municipality = $1 and round = $2 and number in (
    select g.number from unit u cross join registration g
    where u.municipality = $1 and u.round = $2
        and g.municipality = u.municipality and g.round = u.round
        and g.unit = u.place and g.tier in (0, 1, 2, 3)
        and g.pseudonym = $3);

-- name: superseded_repair
update registration set superseded_by = null
where municipality = $1 and round = $2 and superseded_by is not null
    and not exists (
        select 1 from registration w
        where w.municipality = registration.municipality
            and w.round = registration.round
            and w.number = registration.superseded_by);
