-- Files of others, focus areas, how a round is published, templates; see
-- reference.c, focus.c, publishing.c, brand.c.

-- name: publishing_state
select (select coalesce(max(c.number), 0) from round_change c
        where c.municipality = r.municipality and c.round = r.place),
    r.next_number, r.opted_out_deleted
from round r where r.municipality = $1 and r.place = $2;

-- name: publish_part_get
select revision, value from publish_part
where municipality = $1 and round = $2 and part = $3;

-- name: publish_part_set
insert into publish_part (municipality, round, part, revision, value)
values ($1, $2, $3, $4, $5)
on conflict (municipality, round, part)
    do update set revision = excluded.revision, value = excluded.value;

-- name: reference_list
select number, name, signer, added_ms, added_by, sha256, length(body)
from reference
where municipality = $1 and round = $2 order by number;

-- name: reference_count
select count(*) from reference where municipality = $1 and round = $2;

-- name: reference_get
select body from reference
where municipality = $1 and round = $2 and number = $3;

-- name: reference_insert
insert into reference (municipality, round, number, name, signer, added_ms,
    added_by, body, sha256)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: reference_delete
delete from reference
where municipality = $1 and round = $2 and number = $3;

-- name: check_references
select r.id, f.body, f.sha256 from round r
    join reference f on f.municipality = r.municipality
        and f.round = r.place
order by r.place, f.number;

-- name: focus_list
select proposal, title, body, recommendation from focus
where municipality = $1 and round = $2 and lang = $3 order by place;

-- name: focus_delete
delete from focus where municipality = $1 and round = $2 and lang = $3;

-- name: focus_insert
insert into focus (municipality, round, lang, place, proposal, title, body,
    recommendation)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: publish_item_list
select body, who, at_ms, done_ms, done_by from publish_item
where municipality = $1 and round = $2 and list = $3 order by place;

-- name: publish_item_delete
delete from publish_item
where municipality = $1 and round = $2 and list = $3;

-- name: publish_item_insert
insert into publish_item (municipality, round, list, place, body, who, at_ms,
    done_ms, done_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: publish_item_done
update publish_item set done_ms = $5, done_by = $6
where municipality = $1 and round = $2 and list = $3 and place = $4;

-- name: brand_get
select b.name, r.id, b.added_ms, b.added_by, length(b.body)
from brand b
    join round r on r.municipality = b.municipality and r.place = b.round
where b.municipality = $1 and b.kind = $3
order by case when b.round = $2 then 0 else 1 end, b.added_ms desc, b.round;

-- name: brand_bytes
select b.body from brand b
    join round r on r.municipality = b.municipality and r.place = b.round
where b.municipality = $1 and b.kind = $3
order by case when b.round = $2 then 0 else 1 end, b.added_ms desc, b.round;

-- name: brand_delete
delete from brand where municipality = $1 and round = $2 and kind = $3;

-- name: brand_insert
insert into brand (municipality, round, kind, name, added_ms, added_by, body,
    sha256)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: check_brands
select r.id, b.body, b.sha256 from round r
    join brand b on b.municipality = r.municipality and b.round = r.place
order by r.place, b.kind;
