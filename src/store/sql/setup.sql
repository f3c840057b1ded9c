-- Rounds made and changed step by step; see round_setup.c. A round is in
-- setup while its status is 2 (enum round_status).

-- name: round_set_facts
update round set title = $3, year = $4, period = $5, from_age = $6
where municipality = $1 and place = $2
    and (status = 2 or training_of <> '');

-- name: unit_update
update unit set name = $4, sector = $5
where municipality = $1 and round = $2 and place = $3;

-- name: unit_set_off
update unit set off = $4
where municipality = $1 and round = $2 and place = $3;

-- name: unit_tier_delete
delete from unit_tier where municipality = $1 and round = $2 and unit = $3;

-- name: unit_tier_used
select (select count(*) from registration g
        where g.municipality = $1 and g.round = $2 and g.unit = $3
            and g.tier = $4)
    + (select count(*) from not_registered n
       where n.municipality = $1 and n.round = $2 and n.unit = $3
           and n.tier = $4 and n.number > 0);

-- name: training_id
select id from round where training_of = $1 order by place;

-- name: slot_copy
insert into day_slot (municipality, round, unit, place, day, room, trainers)
select cast($3 as bigint), cast($4 as bigint), unit, place, null, room,
    trainers
from day_slot where municipality = $1 and round = $2;

-- name: item_copy
insert into round_item (municipality, round, list, place, unit, body, who,
    reach, timing, day)
select cast($3 as bigint), cast($4 as bigint), list, place, unit, body, who,
    reach, case when timing = 2 then 0 else timing end,
    case when timing = 2 then 0 else day end
from round_item where municipality = $1 and round = $2;

-- name: expected_copy
insert into expected (municipality, round, unit, tier, number)
select cast($3 as bigint), cast($4 as bigint), unit, tier, number
from expected where municipality = $1 and round = $2;

-- name: setting_copy
insert into round_setting (municipality, round, field, value)
select cast($3 as bigint), cast($4 as bigint), field, value
from round_setting where municipality = $1 and round = $2;

-- A training round that is not synthetic, or trains for no real round.
-- name: check_training
select t.id, 1 from round t
where t.training_of <> '' and (t.synthetic = 0 or not exists (
    select 1 from round r where r.id = t.training_of and r.place <> t.place))
order by t.place;
