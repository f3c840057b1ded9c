-- The access log; see log.c.

-- name: log_last
select number, hash from access_log
where municipality = $1 order by number desc limit 1;

-- name: log_insert
insert into access_log (municipality, number, at_ms, actor, rights, purpose,
    action, round, units, what, entries, numbers, previous, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: log_all
select municipality, number, at_ms, actor, rights, purpose, action, round,
    units, what, entries, numbers, previous, hash
from access_log order by municipality, number;

-- name: log_search
select number, at_ms, actor, rights, purpose, action, round, units, what,
    entries, numbers
from access_log
where municipality = $1 and number < $2 and at_ms >= $3 and at_ms < $4
    and (round = $5 or $5 = '') and (actor = $6 or $6 = '')
    and (action = $7 or $7 = '')
order by number desc;
