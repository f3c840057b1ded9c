-- Which migrations a database has seen; see migrate.c.

-- name: schema_version_list
select number, checksum from schema_version order by number;

-- name: schema_version_insert
insert into schema_version (number, checksum, applied_at)
values ($1, $2, $3);

-- name: log_version_list
select number, checksum from log_version order by number;

-- name: log_version_insert
insert into log_version (number, checksum, applied_at)
values ($1, $2, $3);
