-- Functions for vitrine_auth: second factors and the step of signing in that asks for one. Owned by vitrine_definer.

-- A seed that waits to be confirmed, in place of one that was not. False when the person has a factor.
create or replace function auth.begin_second_factor(p_user_id uuid, p_seed bytea) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  insert into system.second_factors as f (user_id, seed) values (p_user_id, p_seed)
  on conflict (user_id) do update
    set seed = excluded.seed, created_at = now(), last_step = 0, tries = 0, retry_at = null
    where f.confirmed_at is null;
  return found;
end $$;

create or replace function auth.find_second_factor(p_user_id uuid)
  returns table (confirmed_at timestamptz, recovery_codes_left integer)
  language plpgsql stable security definer set search_path = '' rows 1
as $$
begin
  return query
    select f.confirmed_at::timestamptz,
      (select count(*)::integer from system.recovery_codes c where c.user_id = f.user_id and c.used_at is null)
    from system.second_factors f where f.user_id = p_user_id;
end $$;

-- Takes one try at a code and gives the seed to check it with. Each is counted before it is looked at: five in a row
-- are free, then each waits twice as long as the one before, up to a quarter of an hour. Without a seed: how long.
create or replace function auth.try_second_factor(p_user_id uuid, p_is_confirmed boolean)
  returns table (seed bytea, wait_seconds integer)
  language plpgsql security definer set search_path = '' rows 1
as $$
begin
  return query
    update system.second_factors f
    set tries = f.tries + 1,
      retry_at = case when f.tries >= 4 then now() + least(900, 30 * 2 ^ least(f.tries - 4, 10)) * interval '1s' end
    where f.user_id = p_user_id and (f.confirmed_at is not null) = p_is_confirmed
      and (f.retry_at is null or f.retry_at <= now())
    returning f.seed, 0;
  if not found then
    return query
      select null::bytea, ceil(extract(epoch from f.retry_at - now()))::integer
      from system.second_factors f
      where f.user_id = p_user_id and (f.confirmed_at is not null) = p_is_confirmed and f.retry_at > now();
  end if;
end $$;

-- Takes a code's step of time up, once: false for it and all before it from then on.
create or replace function auth.accept_step(p_user_id uuid, p_step bigint) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  update system.second_factors f set last_step = p_step, tries = 0, retry_at = null
  where f.user_id = p_user_id and f.confirmed_at is not null and f.last_step < p_step;
  return found;
end $$;

-- Makes the seed that waits the person's factor, with its recovery codes. False when another one waits by now.
create or replace function auth.confirm_second_factor(
  p_user_id uuid, p_seed bytea, p_step bigint, p_code_hashes text[]
) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  update system.second_factors f
  set confirmed_at = now(), last_step = p_step, tries = 0, retry_at = null
  where f.user_id = p_user_id and f.confirmed_at is null and f.seed = p_seed;
  return found and auth.replace_recovery_codes(p_user_id, p_code_hashes);
end $$;

-- New recovery codes in place of all former ones. False without a factor.
create or replace function auth.replace_recovery_codes(p_user_id uuid, p_code_hashes text[]) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  perform from system.second_factors f where f.user_id = p_user_id and f.confirmed_at is not null for update;
  if not found then
    return false;
  end if;
  delete from system.recovery_codes c where c.user_id = p_user_id;
  insert into system.recovery_codes (user_id, code_hash) select p_user_id, one from unnest(p_code_hashes) as one;
  return true;
end $$;

-- Takes a recovery code up, once. It cannot be guessed, so it waits for no one else's tries, and ends their wait.
create or replace function auth.use_recovery_code(p_user_id uuid, p_code_hash text) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  update system.recovery_codes c set used_at = now()
  where c.user_id = p_user_id and c.code_hash = p_code_hash and c.used_at is null;
  if not found then
    return false;
  end if;
  update system.second_factors f set tries = 0, retry_at = null where f.user_id = p_user_id;
  return true;
end $$;

create or replace function auth.remove_second_factor(p_user_id uuid) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  delete from system.second_factors f where f.user_id = p_user_id and f.confirmed_at is not null;
  return found;
end $$;

-- Remembers who gave the right password and has yet to show the second factor; forgets those past their time.
create or replace function auth.open_second_step(p_token_hash text, p_user_id uuid, p_expires_at timestamptz) returns void
  language plpgsql security definer set search_path = ''
as $$
begin
  delete from system.second_steps s where s.expires_at <= now();
  insert into system.second_steps (token_hash, user_id, password_mark, expires_at)
  select p_token_hash, u.id, md5(u.password_hash), p_expires_at from system.users u where u.id = p_user_id;
end $$;

-- Who it is, while the password is still the one that was given.
create or replace function auth.find_second_step(p_token_hash text) returns uuid
  language plpgsql stable security definer set search_path = ''
as $$
begin
  return (
    select u.id from system.second_steps s join system.users u on u.id = s.user_id
    where s.token_hash = p_token_hash and s.expires_at > now() and u.is_active
      and s.password_mark = md5(u.password_hash)
  );
end $$;

-- Ends it: of two who finish the same one, one gets true.
create or replace function auth.close_second_step(p_token_hash text) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  delete from system.second_steps s where s.token_hash = p_token_hash;
  return found;
end $$;
