-- Why: what was done, by whom and from where, must stay as it was written. Lines hang together by hashes, the running
-- server may only append them (role grid_atlas_app, see server/db/app_role.ts), and triggers refuse the rest to the
-- owner too. Safe while an older server runs: yes.

create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '% of % is refused: it is only ever added to', tg_op, tg_table_name
    using errcode = 'insufficient_privilege', table = tg_table_name;
end
$$;

-- Everything that is searched is drawn from the hashed text, so that it cannot say something else.
create table audit (
  seq bigint generated always as ((payload::jsonb ->> 'seq')::bigint) stored primary key,
  -- UTC in one form, 2026-11-24T08:00:00.000000Z: as text it sorts by time
  at text collate "C" generated always as (payload::jsonb ->> 'at') stored not null,
  account_id bigint generated always as ((payload::jsonb ->> 'account_id')::bigint) stored,
  account_name text generated always as (payload::jsonb ->> 'account_name') stored,
  address text generated always as (payload::jsonb ->> 'address') stored,
  action text generated always as (payload::jsonb ->> 'action') stored not null check (action <> ''),
  target text generated always as (payload::jsonb ->> 'target') stored,
  outcome text generated always as (payload::jsonb ->> 'outcome') stored not null
    check (outcome in ('done', 'refused', 'failed')),
  payload text not null, -- JSON as it was hashed
  prev bytea not null check (octet_length(prev) = 32), -- hash of the line before; zeros before the first
  hash bytea not null check (octet_length(hash) = 32) -- SHA-256 over prev and payload (UTF-8)
);
create index audit_at on audit (at, seq);
create index audit_account on audit (account_id, seq);
create index audit_action on audit (action, seq);
create index audit_target on audit (target, seq);
create index audit_not_done on audit (outcome, seq) where outcome <> 'done';

-- Where the chain ends. Locked by who writes, until commit: numbers rise without a gap, and a cut tail is seen.
create table audit_head (
  one boolean primary key default true check (one),
  seq bigint not null,
  at timestamptz not null,
  hash bytea not null
);
insert into audit_head (seq, at, hash) values (0, now(), decode(repeat('00', 32), 'hex'));

create trigger audit_stays before update or delete or truncate on audit
  for each statement execute function refuse_rewriting();
create trigger audit_head_stays before delete or truncate on audit_head
  for each statement execute function refuse_rewriting();
-- also where a session says that it replays a replica
alter table audit enable always trigger audit_stays;
alter table audit_head enable always trigger audit_head_stays;

-- Appends one line (see RecordAudit). Call it last in a transaction, because others wait for it until commit.
create function record_audit(line jsonb) returns bigint language plpgsql security definer as $$
declare
  head audit_head;
  line_prev bytea;
  line_payload text;
begin
  -- First the lock of the change feed: whichever of the two a transaction writes first, nobody waits in a circle.
  perform 1 from change_clock for update;
  select * into strict head from audit_head for update;
  line_prev := head.hash;
  head.seq := head.seq + 1;
  head.at := greatest(head.at, clock_timestamp()); -- a clock set back must not put lines out of order
  line_payload := (line || jsonb_build_object(
    'seq', head.seq,
    'at', to_char(head.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))::text;
  head.hash := sha256(line_prev || convert_to(line_payload, 'UTF8'));
  insert into audit (payload, prev, hash) values (line_payload, line_prev, head.hash);
  update audit_head set seq = head.seq, at = head.at, hash = head.hash;
  return head.seq;
end
$$;
revoke all on function record_audit(jsonb) from public;
-- The function runs as its owner: no table that a caller made for himself may come before ours.
do $$
begin
  execute format('alter function record_audit(jsonb) set search_path = %I, pg_temp', current_schema());
end
$$;
