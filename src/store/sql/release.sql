-- The ledger of what was released; see release.c. Nothing of it is changed.

-- name: released_find
select number from released
where municipality = $1 and round = $2 and hash = $3;

-- name: released_next
select coalesce(max(number), 0) + 1 from released
where municipality = $1 and round = $2;

-- name: released_insert
insert into released (municipality, round, number, at_ms, actor, rule,
    definition, sha256, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: released_list
select number, at_ms, actor, rule, definition, sha256, hash,
    (select count(*) from released_number n
     where n.municipality = r.municipality and n.round = r.round
         and n.release = r.number),
    (select count(*) from released_number n
     where n.municipality = r.municipality and n.round = r.round
         and n.release = r.number and n.value is null)
from released r
where municipality = $1 and round = $2 order by number;

-- name: released_number_insert
insert into released_number (municipality, round, release, place, scope,
    members, value, sensitive)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: released_number_list
select scope, members, value, sensitive from released_number
where municipality = $1 and round = $2
    and (cast($3 as bigint) = 0 or release = cast($3 as bigint))
order by release, place;

-- name: released_file_next
select coalesce(max(place), 0) + 1 from released_file
where municipality = $1 and round = $2 and release = $3;

-- name: released_file_add
insert into released_file (municipality, round, release, document, format,
    lang, place, at_ms, actor)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (municipality, round, release, document, format, lang)
    do nothing;

-- name: released_file_list
select release, document, format, lang, at_ms, actor from released_file
where municipality = $1 and round = $2 order by release, place;
