-- Texts of a round and their versions; see text.c.

-- name: round_text_list
select t.name, t.lang, t.kind, t.version, t.locked, v.at_ms, v.actor
from round_text t
    join round_text_version v
        on v.municipality = t.municipality and v.round = t.round
            and v.name = t.name and v.lang = t.lang and v.number = t.version
where t.municipality = $1 and t.round = $2
order by t.name, t.lang;

-- name: round_text_count
select count(*) from round_text where municipality = $1 and round = $2;

-- name: round_text_insert
insert into round_text (municipality, round, name, lang, kind, version,
    locked)
values ($1, $2, $3, $4, $5, 0, 0);

-- name: round_text_set
update round_text set version = $5, locked = $6
where municipality = $1 and round = $2 and name = $3 and lang = $4;

-- name: round_text_delete
delete from round_text
where municipality = $1 and round = $2 and name = $3 and lang = $4;

-- name: round_text_locked
select count(*) from round_text
where municipality = $1 and round = $2 and lang = $3 and locked = 1;

-- name: round_text_was_locked
select count(*) from round_text_version
where municipality = $1 and round = $2 and name = $3 and lang = $4
    and act = 2;

-- name: text_version_insert
insert into round_text_version (municipality, round, name, lang, number, act,
    origin, at_ms, actor, reason, body, sha256)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: text_version_list
select number, act, origin, at_ms, actor, reason from round_text_version
where municipality = $1 and round = $2 and name = $3 and lang = $4
order by number desc;

-- name: text_version_get
select number, act, origin, at_ms, actor, reason, body
from round_text_version
where municipality = $1 and round = $2 and name = $3 and lang = $4
    and number = $5;

-- name: text_version_delete
delete from round_text_version
where municipality = $1 and round = $2 and name = $3 and lang = $4;

-- A text whose newest version is not what it says, or is not there.
-- name: check_text_newest
select r.id, count(*) from round r
    join round_text t on t.municipality = r.municipality
        and t.round = r.place
where t.version <> (
    select coalesce(max(v.number), 0) from round_text_version v
    where v.municipality = t.municipality and v.round = t.round
        and v.name = t.name and v.lang = t.lang)
    or t.version < 1
group by r.place, r.id order by r.place;

-- name: check_text_bodies
select r.id, v.body, v.sha256 from round r
    join round_text_version v on v.municipality = r.municipality
        and v.round = r.place
order by r.place, v.name, v.lang, v.number;
