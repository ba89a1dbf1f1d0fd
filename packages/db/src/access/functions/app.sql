-- Functions for vitrine_app, called inside a tenant transaction. Owned by vitrine_definer, run on every migration.

-- No organization for unset, empty and malformed settings: no rows, no writes, no error.
create or replace function app.current_organization() returns uuid
  language sql stable parallel safe
  return case
    when current_setting('app.organization_id', true)
      ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
    then current_setting('app.organization_id', true)::uuid
  end;

-- The businesses that a transaction is limited to; null without a limit. Of anything malformed none: an empty limit.
create or replace function app.current_businesses() returns uuid[]
  language sql stable parallel safe
  return case
    when coalesce(current_setting('app.businesses', true), '') = '' then null
    when current_setting('app.businesses', true)
      ~ '^\{([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(,[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})*)?\}$'
    then current_setting('app.businesses', true)::uuid[]
    else '{}'::uuid[]
  end;

-- True without a limit, null with one: the planner takes "is not null" to be so of nearly every row, so that plans of
-- whoever is not limited stay as they would be without the question.
create or replace function app.without_limit() returns boolean
  language sql stable parallel safe
  return case when app.current_businesses() is null then true end;

-- For functions whose effect lies outside the tenant tables: outside a tenant transaction they have none.
create or replace function app.required_organization() returns uuid
  language plpgsql stable set search_path = ''
as $$
begin
  if app.current_organization() is null then
    raise exception 'no organization' using errcode = '42501';
  end if;
  return app.current_organization();
end $$;

-- Text as a LIKE pattern that finds it anywhere, its own wildcards escaped.
create or replace function app.like_pattern(p_text text) returns text
  language sql immutable parallel safe
  return '%' || replace(replace(replace(p_text, '\', '\\'), '%', '\%'), '_', '\_') || '%';

-- Chains an event to the one before it in its organization, in the canonical form of core/audit/canonical.ts. Whoever
-- adds events of one organization waits here for the end of the transaction that added the one before.
create or replace function app.chain_audit_event() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare
  v_sequence bigint;
  v_previous text;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit ' || new.organization_id, 0));
  select a.sequence, encode(a.hash, 'hex') into v_sequence, v_previous
  from tenant.audit_events a where a.organization_id = new.organization_id order by a.sequence desc limit 1;
  new.sequence := coalesce(v_sequence, 0) + 1;
  new.before := nullif(new.before, 'null');
  new.after := nullif(new.after, 'null');
  new.hash := sha256(convert_to(coalesce(v_previous, repeat('0', 64)) || jsonb_build_object(
    'v', 1, 'at', new.created_at at time zone 'UTC', 'id', new.id, 'after', new.after, 'action', new.action,
    'before', new.before, 'actorId', new.actor_id, 'subject', new.subject, 'actorKind', new.actor_kind,
    'actorName', new.actor_name, 'requestId', new.request_id, 'subjectId', new.subject_id,
    'remoteAddress', new.remote_address, 'organizationId', new.organization_id
  ), 'UTF8'));
  return new;
end $$;

-- Of a limited transaction: what a row newly names must be reached, since foreign keys ask no policy. Its arguments are
-- column, table and key, one after another.
create or replace function app.require_reached() returns trigger
  language plpgsql set search_path = ''
as $$
declare
  v_place integer;
  v_named text;
  v_is_reached boolean;
begin
  for v_place in 0 .. tg_nargs - 3 by 3 loop
    v_named := to_jsonb(new) ->> tg_argv[v_place];
    continue when v_named is null or (tg_op = 'UPDATE' and v_named = to_jsonb(old) ->> tg_argv[v_place]);
    execute format('select exists (select from tenant.%I where organization_id = $1 and %I::text = $2)',
      tg_argv[v_place + 1], tg_argv[v_place + 2])
      into v_is_reached using new.organization_id, v_named;
    if not v_is_reached then
      raise exception 'no such % within reach', tg_argv[v_place] using errcode = '42501';
    end if;
  end loop;
  return new;
end $$;

create or replace function app.refuse_audit_change() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  raise exception 'audit events are never changed or removed' using errcode = '42501';
end $$;

-- Fails with unique_violation on the index users_email when the address is taken.
create or replace function app.register_user(
  p_id uuid, p_email text, p_name text, p_password_hash text, p_locale text default 'en'
) returns void
  language plpgsql security definer set search_path = ''
as $$
begin
  perform app.required_organization();
  insert into system.users (id, email, name, password_hash, locale)
  values (p_id, p_email, p_name, p_password_hash, p_locale);
end $$;

-- Lets in somebody whom this very transaction registered, and nobody else: their first session, which acts here, the
-- browser that it is in, and what is noted of it. `p_is_verified`: they came by a link that was sent to their address.
create or replace function app.let_in(
  p_user_id uuid, p_session jsonb, p_device_hash text, p_is_verified boolean, p_trace jsonb
) returns void
  language plpgsql security definer set search_path = ''
as $$
begin
  update system.users u set email_verified_at = case when p_is_verified then now() end
  where u.id = p_user_id and u.xmin = pg_current_xact_id()::xid;
  if not found then
    raise exception 'not registered by this transaction' using errcode = '42501';
  end if;
  perform auth.create_session(
    p_session->>'tokenHash', (p_session->>'id')::uuid, p_user_id, app.current_organization(),
    (p_session->>'expiresAt')::timestamptz, (p_session->>'absoluteExpiresAt')::timestamptz,
    p_session->>'userAgent', p_session->>'remoteAddress', 1
  );
  perform auth.remember_device(p_user_id, p_device_hash, 1);
  perform app.leave_trace(p_user_id, p_trace);
end $$;

-- Has a session act here, together with what made its person belong here. False where they do not.
create or replace function app.act_here(p_token_hash text) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  return auth.select_organization(p_token_hash, app.current_organization());
end $$;

-- Notes of somebody who belongs here that what was sent to their address reached them.
create or replace function app.verify_member(p_user_id uuid, p_email text) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  update system.users u set email_verified_at = now()
  where u.id = p_user_id and u.email = p_email and u.email_verified_at is null
    and (app.current_organization(), u.id) in (
      select m.organization_id, m.user_id from tenant.memberships m where m.is_active
    );
  return found;
end $$;

-- Everyone who is or was a member here, by id; addresses are not for limited members.
create or replace function app.list_people() returns table (user_id uuid, name text, email text)
  language plpgsql stable security definer set search_path = '' rows 50
as $$
begin
  return query
    select u.id, u.name, case when app.current_businesses() is null then u.email else '' end
    from tenant.memberships m join system.users u on u.id = m.user_id
    where m.organization_id = app.current_organization();
end $$;

-- Those of them who have a second factor.
create or replace function app.list_second_factors() returns setof uuid
  language plpgsql stable security definer set search_path = '' rows 50
as $$
begin
  return query
    select f.user_id
    from tenant.memberships m join system.second_factors f on f.user_id = m.user_id
    where m.organization_id = app.current_organization() and f.confirmed_at is not null
      and app.current_businesses() is null;
end $$;

-- Makes the slug this organization's, in place of its old one. False when it is another's.
create or replace function app.claim_slug(p_slug text) returns boolean
  language plpgsql security definer set search_path = ''
as $$
declare
  v_organization uuid := app.required_organization();
begin
  if app.current_businesses() is not null then
    raise exception 'limited to businesses' using errcode = '42501';
  end if;
  insert into system.organization_slugs (slug, organization_id) values (p_slug, v_organization)
  on conflict (organization_id) do update set slug = excluded.slug;
  return true;
exception when unique_violation then
  return false;
end $$;

create or replace function app.find_slug() returns text
  language plpgsql stable security definer set search_path = ''
as $$
begin
  return (select s.slug from system.organization_slugs s where s.organization_id = app.current_organization());
end $$;

-- Makes a domain, whose record was found, lead to this organization, or notes that it was looked at again. False when it
-- leads to another.
create or replace function app.hold_domain(p_domain text) returns boolean
  language plpgsql security definer set search_path = ''
as $$
declare
  v_organization uuid := app.required_organization();
begin
  insert into system.verified_domains as d (domain, organization_id) values (p_domain, v_organization)
  on conflict (domain) do update set checked_at = now() where d.organization_id = excluded.organization_id;
  return found;
end $$;

-- Lets go of a domain that leads to this organization.
create or replace function app.release_domain(p_domain text) returns void
  language plpgsql security definer set search_path = ''
as $$
declare
  v_organization uuid := app.required_organization();
begin
  delete from system.verified_domains d where d.domain = p_domain and d.organization_id = v_organization;
end $$;

-- A live request to be paired, by the hash of the code on the glass.
create or replace function app.find_pairing(p_user_code_hash text)
  returns table (id uuid, hardware jsonb, remote_address text, created_at timestamptz, expires_at timestamptz)
  language plpgsql stable security definer set search_path = '' rows 1
as $$
begin
  perform app.required_organization();
  return query
    select r.id, r.hardware, r.remote_address, r.created_at::timestamptz, r.expires_at::timestamptz
    from system.pairing_requests r
    where r.user_code_hash = p_user_code_hash and r.state = 'waiting' and r.expires_at > now();
end $$;

-- Claims a live request for this organization, once: of two at a time, one gets no row.
create or replace function app.claim_pairing(
  p_user_code_hash text, p_device_id uuid, p_organization_name text, p_veto_until timestamptz
) returns table (id uuid, public_key text, hardware jsonb, remote_address text)
  language plpgsql security definer set search_path = '' rows 1
as $$
declare
  v_organization uuid := app.required_organization();
begin
  return query
    update system.pairing_requests r
    set state = 'claimed', organization_id = v_organization, device_id = p_device_id,
      organization_name = p_organization_name, veto_until = p_veto_until
    where r.user_code_hash = p_user_code_hash and r.state = 'waiting' and r.expires_at > now()
    returning r.id, r.public_key, r.hardware, r.remote_address;
end $$;

-- Which of these playlists hold (or, upwards, lie in) which others, by ids alone: of a limited member too, since a loop of
-- playlists goes through what they do not see.
create or replace function app.nested_playlists(p_ids uuid[], p_upwards boolean)
  returns table (here uuid, there uuid)
  language plpgsql stable security definer set search_path = '' rows 100
as $$
declare
  v_organization uuid := app.current_organization();
begin
  if p_upwards then
    return query select distinct i.nested_playlist_id, i.playlist_id from tenant.playlist_items i
      where i.organization_id = v_organization and i.nested_playlist_id = any(p_ids);
  else
    return query select distinct i.playlist_id, i.nested_playlist_id from tenant.playlist_items i
      where i.organization_id = v_organization and i.playlist_id = any(p_ids) and i.nested_playlist_id is not null;
  end if;
end $$;

-- How much the organization has of what is limited, whoever asks; bytes of storage, entries that are not over.
create or replace function app.count_use(p_thing text) returns float8
  language plpgsql stable security definer set search_path = ''
as $$
declare
  v_organization uuid := app.required_organization();
begin
  case p_thing
    when 'screens' then
      return (select count(*) from tenant.devices d where d.organization_id = v_organization and d.is_active);
    when 'people' then
      return (select count(*) from tenant.memberships m where m.organization_id = v_organization and m.is_active);
    when 'assets' then
      return (select count(*) from tenant.assets a where a.organization_id = v_organization and a.is_active);
    when 'storage' then
      return (select coalesce(sum(a.size_bytes), 0) from tenant.assets a
        where a.organization_id = v_organization and a.is_active);
    when 'layouts' then
      return (select count(*) from tenant.layouts l where l.organization_id = v_organization and l.is_active);
    when 'groups' then
      return (select count(*) from tenant.device_groups g where g.organization_id = v_organization and g.is_active);
    when 'dayparts' then
      return (select count(*) from tenant.dayparts d where d.organization_id = v_organization and d.is_active);
    when 'entries' then
      return (select count(*) from tenant.schedule_entries e
        where e.organization_id = v_organization and e.is_active and (e.ends_at is null or e.ends_at > now()));
    when 'businesses' then
      return (select count(*) from tenant.businesses b where b.organization_id = v_organization);
    else
      return null;
  end case;
end $$;

-- Those who run the organization and did not mute a kind of message, who joined first first, at most 50, whoever asks:
-- what a limited member does is told to people whose memberships they do not see.
create or replace function app.list_running(p_kind text) returns setof uuid
  language plpgsql stable security definer set search_path = '' rows 5
as $$
begin
  return query
    select m.user_id from tenant.memberships m
    where m.organization_id = app.current_organization() and m.is_active and m.role in ('owner', 'admin')
      and not p_kind = any(m.muted_notifications)
    order by m.joined_at, m.user_id limit 50;
end $$;

-- Ids of content whose name, or one of whose tags, contains the text, whatever its case. Removed content too. Texts
-- of less than three characters have no trigram: reading the organization's index is then faster than all of theirs.
create or replace function app.search_assets(p_text text) returns setof uuid
  language plpgsql stable security definer set search_path = '' rows 100
as $$
declare
  v_organization uuid := app.current_organization();
  v_pattern text := app.like_pattern(p_text);
  v_businesses uuid[] := app.current_businesses();
begin
  if length(p_text) < 3 then
    return query
      select a.id from tenant.assets a
      where a.organization_id = v_organization and position(lower(p_text) in lower(a.name)) > 0
        and (v_businesses is null or a.business_id = any(v_businesses))
      union
      select t.asset_id from tenant.asset_tags t
      where t.organization_id = v_organization and position(lower(p_text) in t.tag) > 0
        and (v_businesses is null or exists (select from tenant.assets a where a.organization_id = v_organization
          and a.id = t.asset_id and a.business_id = any(v_businesses)));
  else
    return query
      select a.id from tenant.assets a where a.organization_id = v_organization and a.name ilike v_pattern
        and (v_businesses is null or a.business_id = any(v_businesses))
      union
      select t.asset_id from tenant.asset_tags t where t.organization_id = v_organization and t.tag ilike v_pattern
        and (v_businesses is null or exists (select from tenant.assets a where a.organization_id = v_organization
          and a.id = t.asset_id and a.business_id = any(v_businesses)));
  end if;
end $$;

create or replace function app.search_playlists(p_text text) returns setof uuid
  language plpgsql stable security definer set search_path = '' rows 100
as $$
declare
  v_organization uuid := app.current_organization();
  v_pattern text := app.like_pattern(p_text);
  v_businesses uuid[] := app.current_businesses();
begin
  if length(p_text) < 3 then
    return query
      select p.id from tenant.playlists p
      where p.organization_id = v_organization and position(lower(p_text) in lower(p.name)) > 0
        and (v_businesses is null or p.business_id = any(v_businesses));
  else
    return query
      select p.id from tenant.playlists p where p.organization_id = v_organization and p.name ilike v_pattern
        and (v_businesses is null or p.business_id = any(v_businesses));
  end if;
end $$;

create or replace function app.search_devices(p_text text) returns setof uuid
  language plpgsql stable security definer set search_path = '' rows 100
as $$
declare
  v_organization uuid := app.current_organization();
  v_pattern text := app.like_pattern(p_text);
  v_businesses uuid[] := app.current_businesses();
begin
  if length(p_text) < 3 then
    return query
      select d.id from tenant.devices d
      where d.organization_id = v_organization and position(lower(p_text) in lower(d.name)) > 0
        and (v_businesses is null or d.business_id = any(v_businesses))
      union
      select t.device_id from tenant.device_tags t
      where t.organization_id = v_organization and position(lower(p_text) in t.tag) > 0
        and (v_businesses is null or exists (select from tenant.devices d where d.organization_id = v_organization
          and d.id = t.device_id and d.business_id = any(v_businesses)));
  else
    return query
      select d.id from tenant.devices d where d.organization_id = v_organization and d.name ilike v_pattern
        and (v_businesses is null or d.business_id = any(v_businesses))
      union
      select t.device_id from tenant.device_tags t where t.organization_id = v_organization and t.tag ilike v_pattern
        and (v_businesses is null or exists (select from tenant.devices d where d.organization_id = v_organization
          and d.id = t.device_id and d.business_id = any(v_businesses)));
  end if;
end $$;

-- Adds a job to a queue that is there. Null when a job with the same singleton key is waiting in a queue whose policy
-- allows one.
create or replace function app.put_job(
  p_queue text, p_data jsonb, p_singleton_key text, p_start_after timestamptz
) returns uuid
  language plpgsql set search_path = ''
as $$
declare
  v_id uuid;
begin
  if not exists (select from pgboss.queue q where q.name = p_queue) then
    raise exception 'no such queue' using errcode = '42704';
  end if;
  insert into pgboss.job (
    name, data, start_after, singleton_key, expire_seconds, deletion_seconds, keep_until,
    retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds
  )
  select q.name, p_data, p_start_after, p_singleton_key,
    q.expire_seconds, q.deletion_seconds, p_start_after + q.retention_seconds * interval '1s',
    q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
  from pgboss.queue q where q.name = p_queue
  on conflict do nothing
  returning id into v_id;
  return v_id;
end $$;

-- Adds a job that commits with the transaction; its data always names this organization.
create or replace function app.enqueue_job(
  p_queue text, p_data jsonb, p_singleton_key text default null, p_start_after timestamptz default now()
) returns uuid
  language plpgsql security definer set search_path = ''
as $$
declare
  v_organization uuid := app.required_organization();
begin
  return app.put_job(
    p_queue, p_data || jsonb_build_object('organizationId', v_organization),
    case when p_singleton_key is null then null else v_organization || ':' || p_singleton_key end, p_start_after
  );
end $$;

-- Adds a message to a person, of no organization, which goes out `delayMs` of it later.
create or replace function app.put_mail(p_data jsonb) returns void
  language plpgsql set search_path = ''
as $$
begin
  perform app.put_job(
    'send-mail', p_data, null, now() + coalesce((p_data->>'delayMs')::integer, 0) * interval '1 millisecond'
  );
end $$;

-- Notes what happened to a person's account and has the messages about it sent. Of failed sign-ins 50 a day are
-- noted: a flood of guesses neither fills the table nor hides what else happened.
create or replace function app.leave_trace(p_user_id uuid, p_trace jsonb) returns void
  language plpgsql set search_path = ''
as $$
begin
  -- By the clock, unless it was before: events of one transaction keep their order.
  insert into system.account_events (user_id, at, kind, remote_address, user_agent, detail)
  select p_user_id, coalesce((p_trace->>'at')::timestamptz, clock_timestamp()), p_trace->>'kind',
    left(p_trace->>'remoteAddress', 100), left(p_trace->>'userAgent', 300), p_trace->'detail'
  where p_trace->>'kind' <> 'signInFailed' or (
    select count(*) from system.account_events e
    where e.user_id = p_user_id and e.at > now() - interval '1 day' and e.kind = 'signInFailed'
  ) < 50;
  perform app.put_mail(one.value) from jsonb_array_elements(p_trace->'mails') as one;
end $$;
