-- Rounds with their units, definitions and lawfulness; see round.c.

-- name: round_place
select coalesce(max(place), 0) + 1 from round;

-- name: round_insert
insert into round (municipality, place, id, year, period, from_age, title,
    status, synthetic, training_of, definition, next_number,
    opted_out_deleted, settle_due)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 1, 0, 0);

-- name: round_get
select municipality, place, year, period, from_age, title, status, synthetic,
    training_of, definition, next_number, opted_out_deleted, settle_due,
    changes
from round where id = $1;

-- name: round_changes
select changes from round where municipality = $1 and place = $2;

-- name: round_ids
select id from round order by place;

-- name: round_set_status
update round set status = $3 where municipality = $1 and place = $2;

-- name: round_set_due
update round set settle_due = $3, changes = changes + 1
where municipality = $1 and place = $2;

-- name: round_set_next
update round set next_number = $3
where municipality = $1 and place = $2 and next_number < $3;

-- name: round_set_definition
update round set definition = $3 where municipality = $1 and place = $2;

-- name: round_add_deleted
update round set opted_out_deleted = opted_out_deleted + $3, settle_due = 1,
    changes = changes + 1
where municipality = $1 and place = $2;

-- name: round_change_insert
insert into round_change (municipality, round, number, at_ms, actor, field,
    value, reason)
values ($1, $2,
    (select coalesce(max(number), 0) + 1 from round_change
     where municipality = $1 and round = $2),
    $3, $4, $5, $6, $7);

-- name: unit_insert
insert into unit (municipality, round, place, id, name, sector, off)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: unit_list
select id, name, sector, off from unit
where municipality = $1 and round = $2 order by place;

-- name: unit_tier_insert
insert into unit_tier (municipality, round, unit, place, tier, words,
    number_required, whom)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: unit_tier_list
select unit, tier, words, number_required, whom from unit_tier
where municipality = $1 and round = $2 order by unit, place;

-- name: definition_insert
insert into definition (municipality, round, number, switched_on, sha256)
values ($1, $2, $3, $4, $5);

-- Another text of the same name is a damaged one.
-- name: definition_text_put
insert into definition_text (sha256, body) values ($1, $2)
on conflict (sha256) do update set body = excluded.body
where definition_text.body <> excluded.body;

-- name: definition_text_get
select body from definition_text where sha256 = $1;

-- name: definition_get
select t.body, d.switched_on, d.sha256
from definition d left join definition_text t on t.sha256 = d.sha256
where d.municipality = $1 and d.round = $2 and d.number = $3;

-- name: definition_name
select sha256 from definition
where municipality = $1 and round = $2 and number = $3;

-- name: lawful_set
insert into lawful (municipality, round, field, value)
values ($1, $2, $3, $4)
on conflict (municipality, round, field) do update set value = excluded.value;

-- name: lawful_list
select field, value from lawful where municipality = $1 and round = $2;
