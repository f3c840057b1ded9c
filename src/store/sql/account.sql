-- Accounts and what they prove themselves with; see account.h.

-- name: account_insert
insert into account (id, name, lang, password, must_change, totp_step,
    created_ms, created_by, ended_by)
values ($1, $2, $3, '', 0, -1, $4, $5, '');

-- name: account_get
select id, name, lang, case when password = '' then 0 else 1 end,
    must_change, case when totp is null then 0 else 1 end,
    (select count(*) from recovery r
     where r.account = a.id and r.used_ms is null),
    created_ms, created_by, ended_ms, ended_by
from account a where id = $1;

-- name: account_list
select id, name, lang, case when password = '' then 0 else 1 end,
    must_change, case when totp is null then 0 else 1 end,
    (select count(*) from recovery r
     where r.account = a.id and r.used_ms is null),
    created_ms, created_by, ended_ms, ended_by
from account a where ended_ms is null or $1 = 1 order by id;

-- name: account_end
update account set ended_ms = $2, ended_by = $3, password = '', totp = null,
    totp_next = null
where id = $1 and ended_ms is null;

-- name: account_set_name
update account set name = $2 where id = $1 and ended_ms is null;

-- name: account_set_lang
update account set lang = $2 where id = $1 and ended_ms is null;

-- name: account_set_hash
update account set password = $2, must_change = $3
where id = $1 and ended_ms is null;

-- name: account_reset
update account set password = '', must_change = 0, totp = null,
    totp_next = null
where id = $1 and ended_ms is null;

-- name: account_sign_in
select password, case when totp is null then 0 else 1 end
from account where id = $1 and ended_ms is null;

-- name: account_totp_get
select totp, totp_next, totp_step from account
where id = $1 and ended_ms is null;

-- name: account_totp_next
update account set totp_next = $2 where id = $1 and ended_ms is null;

-- name: account_totp_confirm
update account set totp = totp_next, totp_next = null, totp_step = $2
where id = $1 and ended_ms is null and totp_next is not null;

-- name: account_totp_used
update account set totp_step = $2
where id = $1 and ended_ms is null and totp_step < $2;

-- name: recovery_insert
insert into recovery (account, hash) values ($1, $2);

-- name: recovery_clear
delete from recovery where account = $1;

-- name: recovery_use
update recovery set used_ms = $3
where account = $1 and hash = $2 and used_ms is null
    and exists (select 1 from account a
                where a.id = $1 and a.ended_ms is null);

-- name: try_get
select failed, locked_until, last_ms from sign_in_try where hash = $1;

-- name: try_set
insert into sign_in_try (hash, failed, locked_until, last_ms)
values ($1, $2, $3, $4)
on conflict (hash) do update set failed = excluded.failed,
    locked_until = excluded.locked_until, last_ms = excluded.last_ms;

-- name: try_clear
delete from sign_in_try where hash = $1;

-- name: try_purge
delete from sign_in_try where last_ms < $1 and locked_until < $1;

-- name: slip_insert
insert into slip (hash, account, made_ms, made_by, until_ms)
values ($1, $2, $3, $4, $5);

-- name: slip_clear
delete from slip where account = $1;

-- name: slip_get
select s.account from slip s join account a on a.id = s.account
where s.hash = $1 and s.used_ms is null and s.until_ms > $2
    and a.ended_ms is null;

-- name: slip_used
update slip set used_ms = $2 where hash = $1 and used_ms is null;

-- name: slip_purge
delete from slip where until_ms < $1;

-- name: setting_get
select value from setting where name = $1;

-- name: setting_set
insert into setting (name, value) values ($1, $2)
on conflict (name) do update set value = excluded.value;
