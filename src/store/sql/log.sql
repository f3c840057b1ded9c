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
