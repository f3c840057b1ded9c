-- What `brukerplan check` asks of the store; see check.c.

-- name: check_definitions
select r.id, d.number, d.switched_on, d.sha256
from definition d
    join round r on r.municipality = d.municipality and r.place = d.round
order by d.sha256, d.switched_on, r.place, d.number;

-- name: check_newest
select r.id, r.definition from round r
where r.definition <> (
    select coalesce(max(d.number), 0) from definition d
    where d.municipality = r.municipality and d.round = r.place)
order by r.place;

-- name: check_numbers
select r.id, count(*) from round r
    join registration g
        on g.municipality = r.municipality and g.round = r.place
where g.number < 1 or g.number >= r.next_number
group by r.place, r.id order by r.place;

-- name: check_superseded
select r.id, count(*) from round r
    join registration g
        on g.municipality = r.municipality and g.round = r.place
where g.superseded_by is not null and (g.superseded_by = g.number
    or not exists (
        select 1 from registration w
        where w.municipality = g.municipality and w.round = g.round
            and w.number = g.superseded_by))
group by r.place, r.id order by r.place;

-- name: check_opted_out
select r.id, count(*) from round r
    join registration g
        on g.municipality = r.municipality and g.round = r.place
where exists (
    select 1 from optout o
    where o.municipality = g.municipality and o.round = g.round
        and o.pseudonym = g.pseudonym)
group by r.place, r.id order by r.place;
