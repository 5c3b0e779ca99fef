-- Rights of the roles of `douane serve` in its database. Generated from src/server/store/database-roles.ts.
-- Run by the owner of the schema douane (with CREATEROLE the first time), after `douane serve --migrate`:
--   psql --single-transaction --set ON_ERROR_STOP=1 --file database-roles.sql
-- then: create role … login; grant douane_trial to …;

do $$ begin if not exists (select from pg_roles where rolname = 'douane_admission') then create role douane_admission nologin; end if; end $$;
do $$ begin if not exists (select from pg_roles where rolname = 'douane_examiner') then create role douane_examiner nologin; end if; end $$;
do $$ begin if not exists (select from pg_roles where rolname = 'douane_watcher') then create role douane_watcher nologin; end if; end $$;
do $$ begin if not exists (select from pg_roles where rolname = 'douane_trial') then create role douane_trial nologin; end if; end $$;
do $$ begin if not exists (select from pg_roles where rolname = 'douane_auditor') then create role douane_auditor nologin; end if; end $$;

revoke all on all tables in schema douane from douane_admission, douane_examiner, douane_watcher, douane_trial, douane_auditor;
grant usage on schema douane to douane_admission, douane_examiner, douane_watcher, douane_trial, douane_auditor;
grant select on douane.kysely_migration, douane.kysely_migration_lock to douane_admission, douane_examiner, douane_watcher, douane_trial, douane_auditor;

grant select on douane.store to douane_admission;
grant select, insert on douane.document to douane_admission;
grant select on douane.verdict to douane_admission;
grant select on douane.verdict_image to douane_admission;
grant select, insert, update on douane.examination to douane_admission;
grant select, insert, update on douane.admitted_start to douane_admission;
grant select, insert, update on douane.workload to douane_admission;
grant select, insert on douane.subject to douane_admission;
grant select, insert on douane.release to douane_admission;
grant select on douane.grace_period to douane_admission;
grant select, insert on douane.audit_entry to douane_admission;
grant select, insert on douane.audit_head to douane_admission;

grant select on douane.store to douane_examiner;
grant select, insert on douane.document to douane_examiner;
grant select, insert, update on douane.verdict to douane_examiner;
grant select, insert, update, delete on douane.verdict_image to douane_examiner;
grant select, insert, update, delete on douane.examination to douane_examiner;
grant select on douane.evidence to douane_examiner;
grant select, insert, update on douane.image_evidence to douane_examiner;
grant select, insert on douane.data_answer to douane_examiner;
grant select, insert, update on douane.image_answers to douane_examiner;

grant select on douane.store to douane_watcher;
grant select, insert on douane.document to douane_watcher;
grant select, delete on douane.verdict to douane_watcher;
grant select on douane.verdict_image to douane_watcher;
grant select, delete on douane.subject to douane_watcher;
grant select, delete on douane.workload to douane_watcher;
grant select, delete on douane.admitted_start to douane_watcher;
grant select, insert, update, delete on douane.running_pod to douane_watcher;
grant select, insert, update, delete on douane.reported_verdict to douane_watcher;
grant select, insert, update, delete on douane.notice to douane_watcher;
grant select, insert, update, delete on douane.grace_period to douane_watcher;
grant select, insert, update, delete on douane.examination to douane_watcher;
grant select, delete on douane.evidence to douane_watcher;
grant select, delete on douane.image_evidence to douane_watcher;
grant select, delete on douane.data_answer to douane_watcher;
grant select, delete on douane.image_answers to douane_watcher;
grant select, insert on douane.audit_entry to douane_watcher;
grant select, insert on douane.audit_head to douane_watcher;

grant select on douane.store to douane_trial;
grant select, update, delete on douane.examination to douane_trial;
grant select, insert, update on douane.evidence to douane_trial;

grant select on douane.store to douane_auditor;
grant select on douane.document to douane_auditor;
grant select on douane.audit_entry to douane_auditor;
grant select on douane.audit_head to douane_auditor;

-- Trials and examinations wait in one table: a trial sees and changes trials alone.
alter table douane.examination enable row level security;
drop policy if exists examinations on douane.examination;
create policy examinations on douane.examination to douane_admission, douane_examiner, douane_watcher using (true) with check (true);
drop policy if exists trials on douane.examination;
create policy trials on douane.examination to douane_trial using (judged_by = '6232432745d8c1d2d3c32cea94ec0c80010b1699fdc3f31211a617af92971f57') with check (judged_by = '6232432745d8c1d2d3c32cea94ec0c80010b1699fdc3f31211a617af92971f57');
