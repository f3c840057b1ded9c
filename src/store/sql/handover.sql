-- Registrations that go from one mapper to another; see handover.c. An
-- outcome is a number of enum handover_outcome: 0 is open, 3 cancelled, 4
-- void.

-- name: handover_target
select w.number, r.unit, r.tier, w.account, w.running
from work w
    join registration r on r.municipality = w.municipality
        and r.round = w.round and r.number = w.number
    join round o on o.municipality = w.municipality and o.place = w.round
where w.municipality = $1 and w.round = $2 and w.account = $3
    and w.running = $4 and r.status <> 2 and o.status = 0;

-- name: handover_open
select coalesce(max(place), 0) from handover
where municipality = $1 and round = $2 and number = $3 and to_account = $4
    and outcome = 0;

-- name: handover_insert
insert into handover (municipality, round, number, place, from_account,
    to_account, running, got, asked_by, asked_ms, decided_ms, outcome)
values ($1, $2, $3,
    (select coalesce(max(place), 0) + 1 from handover
     where municipality = $1 and round = $2 and number = $3),
    $4, $5, $6, $7, $8, $9, $10, $11);

-- name: handover_decide
update handover set outcome = $5, decided_ms = $6, got = $7
where municipality = $1 and round = $2 and number = $3 and place = $4;

-- name: handover_void
update handover set outcome = 4, decided_ms = $4
where municipality = $1 and round = $2 and number = $3 and outcome = 0;

-- name: handover_give
update work set account = $4, running = $5, revision = revision + 1,
    noted_ms = 0
where municipality = $1 and round = $2 and number = $3;

-- name: handover_list
select r.unit, r.tier, h.from_account, h.to_account, h.running, h.got,
    h.asked_by, h.asked_ms, h.decided_ms, h.outcome,
    case when w.account = $3 then r.public_id end
from handover h
    join registration r on r.municipality = h.municipality
        and r.round = h.round and r.number = h.number
    join work w on w.municipality = h.municipality and w.round = h.round
        and w.number = h.number
where h.municipality = $1 and h.round = $2
    and (h.from_account = $3 or h.to_account = $3)
    and (h.outcome = 0 or h.decided_ms >= $4)
order by h.asked_ms desc, h.number desc, h.place desc;
