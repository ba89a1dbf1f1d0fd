-- Functions for vitrine_auth: credentials before an organization is known. Owned by vitrine_definer, run on every migration.

create or replace function auth.find_user_by_email(p_email text)
  returns table (id uuid, email text, name text, password_hash text, locale text, is_active boolean)
  language plpgsql stable security definer set search_path = '' rows 1
as $$
begin
  return query
    select u.id, u.email, u.name, u.password_hash, u.locale, u.is_active
    from system.users u where u.email = p_email;
end $$;

-- What signing in by an address takes. An address of nobody has a row like any other, of somebody inactive.
create or replace function auth.find_credentials(p_email text, p_hash_of_nobody text)
  returns table (id uuid, email text, name text, password_hash text, locale text, is_active boolean)
  language plpgsql stable security definer set search_path = '' rows 1
as $$
begin
  return query
    select coalesce(u.id, '00000000-0000-0000-0000-000000000000'), p_email, coalesce(u.name, 'Nobody'),
      coalesce(u.password_hash, p_hash_of_nobody), coalesce(u.locale, 'en'), coalesce(u.is_active, false)
    from (select) as one left join system.users u on u.email = p_email;
end $$;

create or replace function auth.find_user(p_user_id uuid)
  returns table (id uuid, email text, name text, password_hash text, locale text, is_active boolean)
  language plpgsql stable security definer set search_path = '' rows 1
as $$
begin
  return query
    select u.id, u.email, u.name, u.password_hash, u.locale, u.is_active
    from system.users u where u.id = p_user_id;
end $$;

-- Whether anybody has an account: who sets a server up is the first.
create or replace function auth.has_users() returns boolean
  language sql stable security definer set search_path = ''
begin atomic
  select exists (select from system.users);
end;

-- A new password ends every link and every session but the one given.
create or replace function auth.set_password(
  p_user_id uuid, p_password_hash text, p_except_token_hash text, p_trace jsonb
) returns void
  language plpgsql security definer set search_path = ''
as $$
begin
  update system.users u set password_hash = p_password_hash where u.id = p_user_id;
  update system.account_links l set ended_at = now() where l.user_id = p_user_id and l.ended_at is null;
  delete from system.sessions s
  where s.user_id = p_user_id and s.token_hash is distinct from p_except_token_hash;
  perform app.leave_trace(p_user_id, p_trace);
end $$;

-- Sets a password by a link, once: of two at a time, one gets false. The link came by mail, so the address is theirs.
create or replace function auth.reset_password(p_link_id uuid, p_password_hash text, p_trace jsonb) returns boolean
  language plpgsql security definer set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  update system.account_links l set ended_at = now()
  from system.users u
  where l.id = p_link_id and l.purpose = 'resetPassword' and l.ended_at is null and l.expires_at > now()
    and u.id = l.user_id and u.email = l.email and u.is_active
  returning l.user_id into v_user_id;
  if not found then
    return false;
  end if;
  update system.users u set email_verified_at = coalesce(u.email_verified_at, now()) where u.id = v_user_id;
  perform auth.set_password(v_user_id, p_password_hash, null, p_trace);
  return true;
end $$;

-- Takes a link up that shows that an address is its person's, once, and makes that the address of the account where it
-- is another one. Fails with unique_violation on the index users_email when somebody else has it by now.
create or replace function auth.confirm_email(p_link_id uuid, p_trace jsonb) returns boolean
  language plpgsql security definer set search_path = ''
as $$
declare
  v_link system.account_links;
begin
  update system.account_links l set ended_at = now()
  from system.users u
  where l.id = p_link_id and l.purpose in ('verifyEmail', 'changeEmail') and l.ended_at is null
    and l.expires_at > now() and u.id = l.user_id and u.is_active
    and (l.purpose = 'changeEmail' or u.email = l.email)
  returning l.* into v_link;
  if not found then
    return false;
  end if;
  update system.users u set email = v_link.email, email_verified_at = now() where u.id = v_link.user_id;
  update system.account_links l set ended_at = now()
  where l.user_id = v_link.user_id and l.ended_at is null and v_link.purpose = 'changeEmail';
  perform app.leave_trace(v_link.user_id, p_trace);
  return true;
end $$;

-- Makes the link that was asked for at an instant, in place of what was asked for before; when it expires. Null when
-- something newer was asked for, or everything asked for by then was ended. Asked again with the same id, it is the same.
create or replace function auth.issue_link(
  p_id uuid, p_user_id uuid, p_purpose text, p_email text, p_requested_at timestamptz, p_expires_at timestamptz
) returns timestamptz
  language plpgsql security definer set search_path = ''
as $$
declare
  v_expires_at timestamptz;
begin
  insert into system.account_links as l (user_id, purpose, id, email, requested_at, expires_at)
  values (p_user_id, p_purpose, p_id, p_email, p_requested_at, p_expires_at)
  on conflict (user_id, purpose) do update
    set id = excluded.id, email = excluded.email, requested_at = excluded.requested_at,
      expires_at = excluded.expires_at, ended_at = null
    where l.id <> excluded.id and l.requested_at <= excluded.requested_at
      and (l.ended_at is null or l.ended_at < excluded.requested_at)
  returning l.expires_at into v_expires_at;
  if not found then
    select l.expires_at into v_expires_at from system.account_links l
    where l.id = p_id and l.ended_at is null and l.expires_at > now();
  end if;
  return v_expires_at;
end $$;

-- A link that is still good, whoever asks: its caller has checked the secret part of its address.
create or replace function auth.find_link(p_id uuid)
  returns table (id uuid, user_id uuid, purpose text, email text, expires_at timestamptz, own_email text, name text)
  language plpgsql stable security definer set search_path = '' rows 1
as $$
begin
  return query
    select l.id, l.user_id, l.purpose, l.email, l.expires_at::timestamptz, u.email, u.name
    from system.account_links l join system.users u on u.id = l.user_id
    where l.id = p_id and l.ended_at is null and l.expires_at > now() and u.is_active
      and (l.purpose = 'changeEmail' or u.email = l.email);
end $$;

-- Has a message sent to a person, of no organization; `delayMs` of it later.
create or replace function auth.enqueue_mail(p_data jsonb) returns void
  language plpgsql security definer set search_path = ''
as $$
begin
  perform app.put_mail(p_data);
end $$;

create or replace function auth.note_account_event(p_user_id uuid, p_trace jsonb) returns void
  language plpgsql security definer set search_path = ''
as $$
begin
  perform app.leave_trace(p_user_id, p_trace);
end $$;

-- The same for many; those of nobody are left out.
create or replace function auth.note_failed_sign_ins(p_failures jsonb) returns void
  language plpgsql security definer set search_path = ''
as $$
begin
  perform app.leave_trace(u.id, one.value->'trace' || jsonb_build_object('at', one.value->'at'))
  from jsonb_array_elements(p_failures) as one join system.users u on u.id = (one.value->>'userId')::uuid;
end $$;

-- What happened to an account, newest first, from behind an event on.
create or replace function auth.list_account_events(
  p_user_id uuid, p_before timestamptz, p_before_id uuid, p_limit integer
) returns table (
    id uuid, at timestamptz, kind text, remote_address text, user_agent text, detail jsonb, total integer
  )
  language plpgsql stable security definer set search_path = '' rows 50
as $$
begin
  return query
    select e.id, e.at::timestamptz, e.kind, e.remote_address, e.user_agent, e.detail,
      (select count(*)::integer from system.account_events o where o.user_id = p_user_id)
    from system.account_events e
    where e.user_id = p_user_id and (p_before is null or (e.at, e.id) < (p_before, p_before_id))
    order by e.at desc, e.id desc limit p_limit;
end $$;

-- Whether a browser is one that this address' owner has signed in from; false for an address that nobody has.
create or replace function auth.is_known_device(p_email text, p_token_hash text) returns boolean
  language plpgsql stable security definer set search_path = ''
as $$
begin
  return exists (
    select from system.known_devices d join system.users u on u.id = d.user_id
    where u.email = p_email and d.token_hash = p_token_hash
  );
end $$;

-- Notes that a person signed in from a browser, and forgets those not used for longest beyond `p_most`. Whether it was
-- 'known', 'new', or their 'first'.
create or replace function auth.remember_device(p_user_id uuid, p_token_hash text, p_most integer) returns text
  language plpgsql security definer set search_path = ''
as $$
declare
  v_count integer;
begin
  update system.known_devices d set last_seen_at = now()
  where d.user_id = p_user_id and d.token_hash = p_token_hash;
  if found then
    return 'known';
  end if;
  select count(*) into v_count from system.known_devices d where d.user_id = p_user_id;
  insert into system.known_devices (user_id, token_hash) values (p_user_id, p_token_hash) on conflict do nothing;
  delete from system.known_devices d where d.user_id = p_user_id and d.token_hash in (
    select o.token_hash from system.known_devices o where o.user_id = p_user_id
    order by o.last_seen_at desc, o.token_hash offset p_most
  );
  return case when v_count = 0 then 'first' else 'new' end;
end $$;

create or replace function auth.update_profile(p_user_id uuid, p_name text) returns void
  language sql security definer set search_path = ''
begin atomic
  update system.users set name = p_name where id = p_user_id;
end;

-- Beyond `p_most`, the person's sessions that were not used for longest end.
create or replace function auth.create_session(
  p_token_hash text, p_id uuid, p_user_id uuid, p_organization_id uuid, p_expires_at timestamptz,
  p_absolute_expires_at timestamptz, p_user_agent text, p_remote_address text, p_most integer
) returns void
  language plpgsql security definer set search_path = ''
as $$
begin
  insert into system.sessions (
    token_hash, id, user_id, organization_id, expires_at, absolute_expires_at, user_agent, remote_address
  ) values (
    p_token_hash, p_id, p_user_id, p_organization_id, least(p_expires_at, p_absolute_expires_at),
    p_absolute_expires_at, p_user_agent, p_remote_address
  );
  delete from system.sessions s where s.user_id = p_user_id and s.token_hash in (
    select o.token_hash from system.sessions o where o.user_id = p_user_id
    order by o.last_seen_at desc, o.token_hash offset p_most
  );
  update system.users set last_seen_at = now() where system.users.id = p_user_id;
end $$;

-- One row for a live session of an active person, with the organizations where that person is an active member.
create or replace function auth.find_live_session(p_token_hash text)
  returns table (
    token_hash text, id uuid, user_id uuid, organization_id uuid, created_at timestamptz, last_seen_at timestamptz,
    expires_at timestamptz, absolute_expires_at timestamptz, user_agent text, remote_address text,
    stepped_up_at timestamptz, longest_idle_seconds integer, email text, name text, locale text, is_active boolean, email_verified_at timestamptz,
    has_second_factor boolean, organizations jsonb
  )
  language plpgsql stable security definer set search_path = '' rows 1
as $$
begin
  return query
    select s.token_hash, s.id, s.user_id, s.organization_id, s.created_at::timestamptz, s.last_seen_at::timestamptz,
      s.expires_at::timestamptz, s.absolute_expires_at::timestamptz, s.user_agent, s.remote_address,
      s.stepped_up_at::timestamptz, s.longest_idle_seconds, u.email, u.name, u.locale, u.is_active, u.email_verified_at::timestamptz,
      exists (select from system.second_factors f where f.user_id = u.id and f.confirmed_at is not null),
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'organizationId', o.organization_id, 'name', o.name, 'slug', coalesce(g.slug, ''),
          'timeZone', o.time_zone, 'role', m.role,
          'grants', coalesce((
            select jsonb_agg(g."grant") from tenant.member_grants g
            where g.organization_id = m.organization_id and g.user_id = m.user_id
              and (g.expires_at is null or g.expires_at > now())
          ), '[]'),
          'businesses', case when m.is_limited then coalesce((
            select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name) order by b.name, b.id)
            from tenant.member_businesses l
            join tenant.businesses b on b.organization_id = l.organization_id and b.id = l.business_id
            where l.organization_id = m.organization_id and l.user_id = m.user_id
          ), '[]') end,
          'isSecondFactorRequired', o.is_second_factor_required,
          'sessionIdleMinutes', o.session_idle_minutes, 'sessionHours', o.session_hours,
          'brandColor', o.brand_color, 'hasLogo', o.brand_logo_asset_id is not null
        ) order by o.name, o.organization_id)
        from tenant.memberships m
        join tenant.organizations o on o.organization_id = m.organization_id
        left join system.organization_slugs g on g.organization_id = m.organization_id
        where m.user_id = s.user_id and m.is_active and o.is_active
      ), '[]')
    from system.sessions s join system.users u on u.id = s.user_id
    where s.token_hash = p_token_hash and u.is_active and s.expires_at > now() and s.absolute_expires_at > now();
end $$;

create or replace function auth.touch_session(p_token_hash text, p_expires_at timestamptz) returns void
  language plpgsql security definer set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  update system.sessions s
  set last_seen_at = now(), expires_at = least(p_expires_at, s.absolute_expires_at),
    longest_idle_seconds = greatest(s.longest_idle_seconds, extract(epoch from now() - s.last_seen_at)::integer)
  where s.token_hash = p_token_hash and s.expires_at > now()
  returning s.user_id into v_user_id;
  update system.users u set last_seen_at = now() where u.id = v_user_id;
end $$;

-- Gives a live session another secret; the former one opens nothing from then on. `p_is_stepped_up`: password and second
-- factor were just given. When it ends at the latest.
create or replace function auth.renew_session(
  p_token_hash text, p_new_token_hash text, p_is_stepped_up boolean
) returns timestamptz
  language plpgsql security definer set search_path = ''
as $$
declare
  v_ends_at timestamptz;
begin
  update system.sessions s
  set token_hash = p_new_token_hash, stepped_up_at = case when p_is_stepped_up then now() else s.stepped_up_at end,
    longest_idle_seconds = case when p_is_stepped_up then 0 else s.longest_idle_seconds end
  where s.token_hash = p_token_hash and s.expires_at > now() and s.absolute_expires_at > now()
  returning s.absolute_expires_at into v_ends_at;
  return v_ends_at;
end $$;

-- Which organization a host is of: by a domain that is trusted, else by its slug in ours. One that was removed is named too.
create or replace function auth.find_host(p_domain text, p_slug text)
  returns table (organization_id uuid, is_domain boolean, is_active boolean)
  language plpgsql stable security definer set search_path = '' rows 1
as $$
begin
  return query
    select o.organization_id, x.is_domain, o.is_active
    from (
      select d.organization_id, true as is_domain from system.verified_domains d where d.domain = p_domain
      union all
      select s.organization_id, false from system.organization_slugs s where s.slug = p_slug
    ) x join tenant.organizations o on o.organization_id = x.organization_id
    order by x.is_domain desc limit 1;
end $$;

-- Names of a person's organizations that take no address of this domain.
create or replace function auth.list_email_refusals(p_user_id uuid, p_domain text) returns setof text
  language plpgsql stable security definer set search_path = '' rows 3
as $$
begin
  return query
    select o.name
    from tenant.memberships m join tenant.organizations o on o.organization_id = m.organization_id
    where m.user_id = p_user_id and m.is_active and o.is_active
      and o.allowed_email_domains <> '{}' and not p_domain = any (o.allowed_email_domains)
    order by o.name limit 20;
end $$;

create or replace function auth.select_organization(p_token_hash text, p_organization_id uuid) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  update system.sessions s
  set organization_id = p_organization_id
  where s.token_hash = p_token_hash and s.expires_at > now() and exists (
    select from tenant.memberships m join tenant.organizations o on o.organization_id = m.organization_id
    where m.organization_id = p_organization_id and m.user_id = s.user_id and m.is_active and o.is_active
  );
  return found;
end $$;

-- Organizations that were removed and that the person, an owner of them, may bring back; newest first.
create or replace function auth.list_removed_organizations(p_user_id uuid)
  returns table (organization_id uuid, name text, removed_at timestamptz)
  language plpgsql stable security definer set search_path = '' rows 3
as $$
begin
  return query
    select o.organization_id, o.name, o.removed_at::timestamptz
    from tenant.memberships m join tenant.organizations o on o.organization_id = m.organization_id
    where m.user_id = p_user_id and m.is_active and m.role = 'owner'
      and not o.is_active and o.removed_at is not null
    order by o.removed_at desc, o.organization_id limit 100;
end $$;

create or replace function auth.list_sessions(p_user_id uuid)
  returns table (
    token_hash text, id uuid, user_id uuid, organization_id uuid, created_at timestamptz, last_seen_at timestamptz,
    expires_at timestamptz, absolute_expires_at timestamptz, user_agent text, remote_address text
  )
  language plpgsql stable security definer set search_path = '' rows 5
as $$
begin
  return query
    select s.token_hash, s.id, s.user_id, s.organization_id, s.created_at::timestamptz, s.last_seen_at::timestamptz,
      s.expires_at::timestamptz, s.absolute_expires_at::timestamptz, s.user_agent, s.remote_address
    from system.sessions s where s.user_id = p_user_id and s.expires_at > now()
    order by s.last_seen_at desc;
end $$;

create or replace function auth.delete_session(p_token_hash text) returns void
  language sql security definer set search_path = ''
begin atomic
  delete from system.sessions where token_hash = p_token_hash;
end;

create or replace function auth.delete_session_by_id(p_user_id uuid, p_session_id uuid) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  delete from system.sessions s where s.id = p_session_id and s.user_id = p_user_id;
  return found;
end $$;

create or replace function auth.delete_sessions_of_user(p_user_id uuid, p_except_token_hash text) returns integer
  language plpgsql security definer set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from system.sessions s
  where s.user_id = p_user_id and s.token_hash is distinct from p_except_token_hash;
  get diagnostics v_count = row_count;
  return v_count;
end $$;

create or replace function auth.find_api_key(p_secret_hash bytea)
  returns table (id uuid, organization_id uuid, slug text, name text, grants text[], networks text[])
  language plpgsql stable security definer set search_path = '' rows 1
as $$
begin
  return query
    select k.id, k.organization_id, coalesce(g.slug, ''), k.name, k.grants, k.networks
    from tenant.api_keys k join tenant.organizations o on o.organization_id = k.organization_id
    left join system.organization_slugs g on g.organization_id = k.organization_id
    where k.secret_hash = p_secret_hash and k.is_active and o.is_active
      and (k.expires_at is null or k.expires_at > now());
end $$;

create or replace function auth.record_api_key_use(
  p_organization_ids uuid[], p_ids uuid[], p_used_at timestamptz[], p_used_from text[]
) returns void
  language plpgsql security definer set search_path = ''
as $$
begin
  update tenant.api_keys k
  set last_used_at = x.used_at, last_used_from = x.used_from
  from unnest(p_organization_ids, p_ids, p_used_at, p_used_from) as x (organization_id, id, used_at, used_from)
  where k.organization_id = x.organization_id and k.id = x.id
    and (k.last_used_at is null or k.last_used_at < x.used_at);
end $$;

-- False when the code on the glass is in use: the device draws another. A request past its time gives its code back.
create or replace function auth.start_pairing(
  p_id uuid, p_device_code_hash text, p_user_code_hash text, p_public_key text, p_hardware jsonb,
  p_remote_address text, p_expires_at timestamptz
) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  update system.pairing_requests r set state = 'expired'
  where r.user_code_hash = p_user_code_hash and r.state = 'waiting' and r.expires_at <= now();
  insert into system.pairing_requests (
    id, device_code_hash, user_code_hash, public_key, hardware, remote_address, expires_at
  ) values (p_id, p_device_code_hash, p_user_code_hash, p_public_key, p_hardware, p_remote_address, p_expires_at)
  on conflict do nothing;
  return found;
end $$;

create or replace function auth.find_pairing(p_device_code_hash text)
  returns table (
    id uuid, state text, public_key text, expires_at timestamptz, organization_id uuid, device_id uuid,
    organization_name text, veto_until timestamptz
  )
  language plpgsql stable security definer set search_path = '' rows 1
as $$
begin
  return query
    select r.id,
      case when r.state = 'waiting' and r.expires_at <= now() then 'expired' else r.state end,
      r.public_key, r.expires_at::timestamptz, r.organization_id, r.device_id, r.organization_name,
      r.veto_until::timestamptz
    from system.pairing_requests r where r.device_code_hash = p_device_code_hash;
end $$;

-- The glass says no while it may: screen and credential are taken back, the organization is told and its record kept.
create or replace function auth.refuse_pairing(p_device_code_hash text) returns boolean
  language plpgsql security definer set search_path = ''
as $$
declare
  v_request system.pairing_requests;
  v_name text;
begin
  update system.pairing_requests r set state = 'refused'
  where r.device_code_hash = p_device_code_hash and r.state = 'claimed' and r.veto_until > now()
  returning * into v_request;
  if not found then
    return false;
  end if;
  update tenant.devices d set is_active = false, revoked_at = now(), updated_at = now()
  where d.organization_id = v_request.organization_id and d.id = v_request.device_id
  returning d.name into v_name;
  update tenant.device_credentials c set revoked_at = now()
  where c.organization_id = v_request.organization_id and c.device_id = v_request.device_id and c.revoked_at is null;
  insert into tenant.outbox (organization_id, event) values (
    v_request.organization_id,
    jsonb_build_object('subject', 'device', 'ids', jsonb_build_array(v_request.device_id), 'action', 'refused')
  );
  insert into tenant.audit_events (
    organization_id, id, actor_kind, actor_id, actor_name, action, subject, subject_id, remote_address
  ) values (
    v_request.organization_id, gen_random_uuid(), 'device', v_request.device_id, coalesce(v_name, 'screen'),
    'devices.refuse', 'device', v_request.device_id::text, v_request.remote_address
  );
  return true;
end $$;

create or replace function auth.count_pairings(p_remote_address text, p_since timestamptz) returns integer
  language plpgsql stable security definer set search_path = ''
as $$
begin
  return (
    select count(*)::integer from system.pairing_requests r
    where r.remote_address = p_remote_address and r.created_at >= p_since
  );
end $$;

create or replace function auth.find_device(p_organization_id uuid, p_device_id uuid)
  returns table (organization_id uuid, device_id uuid, public_keys text[], is_active boolean, revoked_at timestamptz)
  language plpgsql stable security definer set search_path = '' rows 1
as $$
begin
  return query
    select d.organization_id, d.id,
      coalesce((
        select array_agg(c.public_key order by c.created_at desc) from tenant.device_credentials c
        where c.organization_id = d.organization_id and c.device_id = d.id and c.revoked_at is null
      ), '{}'),
      d.is_active and o.is_active, d.revoked_at::timestamptz
    from tenant.devices d join tenant.organizations o on o.organization_id = d.organization_id
    where d.organization_id = p_organization_id and d.id = p_device_id;
end $$;

-- An invitation that can still be taken up, whoever asks: its caller has checked the secret part of its address.
create or replace function auth.find_invitation(p_organization_id uuid, p_id uuid)
  returns table (
    organization_id uuid, id uuid, organization_name text, email text, role text, issue integer,
    invited_by_name text, expires_at timestamptz, has_account boolean
  )
  language plpgsql stable security definer set search_path = '' rows 1
as $$
begin
  return query
    select i.organization_id, i.id, o.name, i.email, i.role, i.issue,
      (select u.name from system.users u where u.id = i.invited_by), i.expires_at::timestamptz,
      exists (select from system.users u where u.email = i.email)
    from tenant.invitations i join tenant.organizations o on o.organization_id = i.organization_id
    where i.organization_id = p_organization_id and i.id = p_id and o.is_active
      and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > now();
end $$;

-- A key of secrets that belong to no organization; the newest for null.
create or replace function auth.find_data_key(p_number integer)
  returns table (number integer, wrapped bytea, wrapped_by text)
  language plpgsql stable security definer set search_path = '' rows 1
as $$
begin
  return query
    select k.number, k.wrapped, k.wrapped_by from system.data_keys k
    where p_number is null or k.number = p_number
    order by k.number desc limit 1;
end $$;

-- False when there is one of that number already: of two who add at a time, one does.
create or replace function auth.add_data_key(p_number integer, p_wrapped bytea, p_wrapped_by text) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  insert into system.data_keys (number, wrapped, wrapped_by) values (p_number, p_wrapped, p_wrapped_by)
  on conflict do nothing;
  return found;
end $$;
