-- Sessions; see session.h.

-- name: session_insert
insert into session (hash, account, csrf, how, stage, created_ms, seen_ms,
    expires_ms)
values ($1, $2, $3, $4, $5, $6, $6, $7);

-- name: session_get
select s.account, a.name, a.lang, a.must_change,
    case when a.totp is null then 0 else 1 end, s.csrf, s.how, s.stage,
    s.created_ms, s.seen_ms, s.expires_ms
from session s join account a on a.id = s.account
where s.hash = $1 and s.ended_ms is null and s.expires_ms > $2
    and s.seen_ms > $3 and a.ended_ms is null;

-- name: session_owner
select account from session where hash = $1;

-- name: session_touch
update session set seen_ms = $2
where hash = $1 and ended_ms is null and seen_ms < $2;

-- name: session_end
update session set ended_ms = $2 where hash = $1 and ended_ms is null;

-- name: session_end_all
update session set ended_ms = $2
where account = $1 and ended_ms is null and hash <> $3;

-- name: session_count
select count(*) from session
where account = $1 and ended_ms is null and expires_ms > $2
    and seen_ms > $3 and stage = 0;

-- name: session_purge
delete from session
where ended_ms < $1 or expires_ms < $1 or seen_ms < $1 - $2;
