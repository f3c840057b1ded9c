-- Schedule, lists and counts of the field work; see fieldwork.c, item.c.

-- name: slot_list
select unit, day, room, trainers from day_slot
where municipality = $1 and round = $2
order by unit, case when day is null then 1 else 0 end, day, place;

-- name: slot_delete
delete from day_slot where municipality = $1 and round = $2 and unit = $3;

-- name: slot_insert
insert into day_slot (municipality, round, unit, place, day, room, trainers)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: item_list
select unit, body, who, reach, timing, day from round_item
where municipality = $1 and round = $2 and list = $3 order by place;

-- name: item_delete
delete from round_item where municipality = $1 and round = $2 and list = $3;

-- name: item_insert
insert into round_item (municipality, round, list, place, unit, body, who,
    reach, timing, day)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: expected_list
select unit, tier, number from expected
where municipality = $1 and round = $2 order by unit, tier;

-- name: expected_set
insert into expected (municipality, round, unit, tier, number)
values ($1, $2, $3, $4, $5)
on conflict (municipality, round, unit, tier)
    do update set number = excluded.number;

-- name: expected_delete
delete from expected
where municipality = $1 and round = $2 and unit = $3 and tier = $4;

-- name: not_registered_set
insert into not_registered (municipality, round, unit, tier, account, reason,
    number)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (municipality, round, unit, tier, account, reason)
    do update set number = excluded.number;

-- name: not_registered_own
select unit, tier, account, reason, number from not_registered
where municipality = $1 and round = $2 and account = $3
order by unit, tier, reason;

-- name: not_registered_sums
select unit, tier, '', reason, cast(sum(number) as bigint)
from not_registered
where municipality = $1 and round = $2
    and substr(cast($3 as text), cast(unit as integer) + 1, 1) = '1'
group by unit, tier, reason order by unit, tier, reason;

-- name: round_setting_list
select field, value from round_setting
where municipality = $1 and round = $2;

-- name: round_setting_set
insert into round_setting (municipality, round, field, value)
values ($1, $2, $3, $4)
on conflict (municipality, round, field) do update set value = excluded.value;
