-- A mapper's own registrations; see work.c. A round is open while its status
-- is 0 (enum round_status); a registration withdrawn when its status is 2.
-- What looks for a person names unit and tier, and so reads only the part of
-- the index registration_unit that is theirs.

-- name: work_next_number
update round set next_number = next_number + 1
where municipality = $1 and place = $2 and status = 0
    and next_number <= 2147483647
returning next_number - 1;

-- name: work_next_running
insert into work_counter (municipality, round, account, last)
values ($1, $2, $3, 1)
on conflict (municipality, round, account)
    do update set last = work_counter.last + 1
returning last;

-- The last running number given, and of the registration that has it, where
-- it is still the account's, unit and tier.
-- name: work_last
select c.last, r.unit, r.tier
from work_counter c
    left join work w on w.municipality = c.municipality
        and w.round = c.round and w.account = c.account
        and w.running = c.last
    left join registration r on r.municipality = w.municipality
        and r.round = w.round and r.number = w.number
where c.municipality = $1 and c.round = $2 and c.account = $3;

-- name: work_insert
insert into work (municipality, round, number, account, running, started_ms,
    saved_ms, revision, noted_ms)
values ($1, $2, $3, $4, $5, $6, $6, 1, $6);

-- name: work_open
select count(*) from round
where municipality = $1 and place = $2 and status = 0;

-- name: work_get
select r.number, r.public_id, r.unit, r.tier, r.status, r.definition,
    r.completed_on, case when r.pseudonym is null then 0 else 1 end,
    w.running, w.account, w.started_ms, w.saved_ms, w.revision, w.noted_ms,
    r.answers,
    case when cast($5 as bigint) = 1 then (
        select s.data from sealed s
        where s.municipality = r.municipality and s.round = r.round
            and s.number = r.number and s.version = 0) end
from registration r
    join work w on w.municipality = r.municipality and w.round = r.round
        and w.number = r.number
    join round o on o.municipality = r.municipality and o.place = r.round
where r.municipality = $1 and r.round = $2 and r.public_id = $3
    and w.account = $4 and o.status = 0;

-- name: work_own
select r.number, r.public_id, r.unit, r.tier, r.status, r.definition,
    r.completed_on, case when r.pseudonym is null then 0 else 1 end,
    w.running, w.account, w.started_ms, w.saved_ms, w.revision, w.noted_ms,
    r.answers
from work w
    join registration r on r.municipality = w.municipality
        and r.round = w.round and r.number = w.number
    join round o on o.municipality = w.municipality and o.place = w.round
where w.municipality = $1 and w.round = $2 and w.account = $3
    and o.status = 0
order by w.running desc;

-- name: work_person
select r.number, r.public_id, r.unit, r.tier, r.status, r.definition,
    r.completed_on, 1, w.running, w.account, w.started_ms, w.saved_ms,
    w.revision, w.noted_ms
from registration r
    left join work w on w.municipality = r.municipality
        and w.round = r.round and w.number = r.number
where r.municipality = $1 and r.round = $2 and r.unit = $3 and r.tier = $4
    and r.pseudonym = $5 and r.status <> 2
    and exists (select 1 from round o
                where o.municipality = $1 and o.place = $2 and o.status = 0)
order by case when w.account = $6 then 0 else 1 end, r.number
limit 1;

-- Another registration than $6 of the person.
-- name: work_known
select count(*) from registration
where municipality = $1 and round = $2 and unit = $3 and tier = $4
    and pseudonym = $5 and status <> 2 and number <> $6;

-- name: work_pseudonym
select pseudonym from registration
where municipality = $1 and round = $2 and number = $3;

-- name: work_unit
select r.number, r.public_id, r.unit, r.tier, r.status, r.definition,
    r.completed_on, case when r.pseudonym is null then 0 else 1 end,
    w.running, w.account, w.started_ms, w.saved_ms, w.revision, w.noted_ms
from registration r
    join work w on w.municipality = r.municipality and w.round = r.round
        and w.number = r.number
where r.municipality = $1 and r.round = $2 and r.unit = $3
order by w.account, w.running;

-- name: work_counts
select r.unit, r.tier, r.status,
    case when r.status = 1 then coalesce(r.completed_on, -1) else -1 end,
    count(*)
from registration r
where r.municipality = $1 and r.round = $2 and r.status <> 2
    and substr(cast($3 as text), cast(r.unit as integer) + 1, 1) = '1'
group by 1, 2, 3, 4
order by 1, 2, 3, 4;

-- name: work_touch
update work set saved_ms = $4, noted_ms = $5, revision = revision + 1
where municipality = $1 and round = $2 and number = $3 and account = $6
    and revision = $7
    and exists (select 1 from round o
                where o.municipality = $1 and o.place = $2 and o.status = 0);

-- name: work_answers
update registration set definition = $4, answers = $5
where municipality = $1 and round = $2 and number = $3;

-- name: work_status
update registration set status = $4, completed_on = $5, superseded_by = null
where municipality = $1 and round = $2 and number = $3;

-- name: work_set_pseudonym
update registration set pseudonym = $4, superseded_by = null
where municipality = $1 and round = $2 and number = $3;

-- name: sealed_copy
insert into sealed (municipality, round, number, version, data)
select municipality, round, number, cast($4 as bigint), data from sealed
where municipality = $1 and round = $2 and number = $3 and version = 0;

-- name: sealed_put
insert into sealed (municipality, round, number, version, data)
values ($1, $2, $3, 0, $4)
on conflict (municipality, round, number, version)
    do update set data = excluded.data;

-- name: check_running
select r.id, count(*) from round r
    join work w on w.municipality = r.municipality and w.round = r.place
where w.running < 1 or w.running > coalesce((
    select c.last from work_counter c
    where c.municipality = w.municipality and c.round = w.round
        and c.account = w.account), 0)
group by r.place, r.id order by r.place;
