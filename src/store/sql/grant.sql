-- Grants; see grant.h.

-- name: grant_insert
insert into grant_row (municipality, number, account, duty, round, unit,
    tier, from_ms, to_ms, granted_by, granted_ms, ended_by, reason)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '');

-- name: grant_number
select coalesce(max(number), 0) + 1 from grant_row where municipality = $1;

-- name: grant_overlaps
select count(*) from grant_row
where account = $1 and duty = $2 and round = $3 and unit = $4
    and (tier = $5 or tier = 0 or $5 = 0)
    and (to_ms is null or (to_ms > $6 and to_ms > from_ms))
    and (from_ms < $7 or $7 = 0);

-- name: grant_get
select municipality, number, account, duty, round, unit, tier, from_ms,
    to_ms, granted_by, granted_ms, ended_by, ended_ms, reason
from grant_row where municipality = $1 and number = $2;

-- name: grant_end
update grant_row set ended_ms = $3, ended_by = $4, reason = $5,
    to_ms = case when from_ms > $3 then from_ms else $3 end
where municipality = $1 and number = $2 and ended_ms is null;

-- name: grant_of_round
select municipality, number, account, duty, round, unit, tier, from_ms,
    to_ms, granted_by, granted_ms, ended_by, ended_ms, reason
from grant_row
where municipality = $1 and round = $2 and duty in (0, 1)
    and ended_ms is null and (to_ms is null or to_ms > $3)
order by number;

-- name: grant_of_account
select municipality, number, account, duty, round, unit, tier, from_ms,
    to_ms, granted_by, granted_ms, ended_by, ended_ms, reason
from grant_row
where account = $1 and ended_ms is null and (to_ms is null or to_ms > $2)
order by municipality, number;

-- name: grant_held
select municipality, number, account, duty, round, unit, tier, from_ms,
    to_ms, granted_by, granted_ms, ended_by, ended_ms, reason
from grant_row
where account = $1 and from_ms <= $2 and (to_ms is null or to_ms > $2)
order by municipality, number;

-- name: grant_list
select municipality, number, account, duty, round, unit, tier, from_ms,
    to_ms, granted_by, granted_ms, ended_by, ended_ms, reason
from grant_row
where (account = $1 or $1 = '') and (round = $2 or round = '' or $2 = '')
    and (unit = $3 or $3 = '') and (duty = $4 or $4 = -1)
    and (from_ms < $6 or $6 = 0)
    and (to_ms is null or (to_ms > $5 and to_ms > from_ms) or $5 = 0)
order by municipality, number;

-- name: check_grant_account
select a.id, count(*) from account a join grant_row g on g.account = a.id
where a.ended_ms is not null
    and (g.to_ms is null or g.to_ms > a.ended_ms and g.to_ms > g.from_ms)
group by a.id order by a.id;

-- name: check_grant_round
select g.round, count(*) from grant_row g
where g.round <> '' and not exists (
    select 1 from round r
    where r.id = g.round and r.municipality = g.municipality)
group by g.round order by g.round;

-- name: check_grant_unit
select g.round, count(*) from grant_row g
where g.unit <> '' and not exists (
    select 1 from round r join unit u on u.municipality = r.municipality
        and u.round = r.place
    where r.id = g.round and u.id = g.unit)
group by g.round order by g.round;

-- name: check_grant_time
select g.account, count(*) from grant_row g
where g.to_ms < g.from_ms or (g.ended_ms is not null
    and (g.to_ms is null or g.ended_by = ''))
    or (g.granted_by = g.account)
group by g.account order by g.account;

-- name: check_session_account
select a.id, count(*) from account a join session s on s.account = a.id
where a.ended_ms is not null and s.ended_ms is null
group by a.id order by a.id;
