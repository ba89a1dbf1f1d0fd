/** A function of ours: who may call it, and for a definer function why it needs more rights than its caller. */
export interface FunctionSpec {
  /** `schema.name(argument types)` as `regprocedure` prints it. */
  signature: string;
  callers: readonly ("vitrine_app" | "vitrine_auth" | "vitrine_owner" | "vitrine_definer" | "vitrine_jobs")[];
  /** Absent: runs with the rights of its caller. */
  definerReason?: string;
}

const USERS = "people are in a table of no organization";
const SESSIONS = "sessions are in a table of no organization";
const LINKS = "links for an account are in a table of no organization";
const EVENTS = "events of an account are in a table of no organization";
const DEVICES = "browsers that people sign in from are in a table of no organization";
const HOSTS = "domains that are trusted are in a table of no organization";
const PAIRING = "pairing requests are in a table of no organization";
const DATA_KEYS = "keys of people's secrets are in a table of no organization";
const FACTORS = "second factors are in tables of no organization";
const SEARCH = "substring search cannot use an index under row security; filters the organization itself";

/** Every function in the schemas `app` and `auth`. The catalogue test finds any other. */
export const FUNCTIONS: readonly FunctionSpec[] = [
  {
    signature: "app.current_organization()",
    callers: ["vitrine_app", "vitrine_auth", "vitrine_jobs", "vitrine_owner"],
  },
  {
    signature: "app.current_businesses()",
    callers: ["vitrine_app", "vitrine_auth", "vitrine_jobs", "vitrine_owner"],
  },
  {
    signature: "app.without_limit()",
    callers: ["vitrine_app", "vitrine_auth", "vitrine_jobs", "vitrine_owner"],
  },
  { signature: "app.required_organization()", callers: [] },
  { signature: "app.like_pattern(text)", callers: [] },
  {
    signature: "app.chain_audit_event()",
    callers: ["vitrine_owner"],
    definerReason: "a record follows the last one, which limited members do not see",
  },
  { signature: "app.require_reached()", callers: ["vitrine_owner"] },
  { signature: "app.refuse_audit_change()", callers: ["vitrine_owner"] },
  { signature: "app.put_job(text,jsonb,text,timestamp with time zone)", callers: [] },
  { signature: "app.put_mail(jsonb)", callers: [] },
  { signature: "app.leave_trace(uuid,jsonb)", callers: [] },
  forApp("register_user(uuid,text,text,text,text)", USERS),
  forApp("let_in(uuid,jsonb,text,boolean,jsonb)", SESSIONS),
  forApp("act_here(text)", SESSIONS),
  forApp("verify_member(uuid,text)", USERS),
  forApp("list_people()", USERS),
  forApp("list_second_factors()", FACTORS),
  forApp("claim_slug(text)", "slugs are in a table of no organization"),
  forApp("find_slug()", "slugs are in a table of no organization"),
  forApp("hold_domain(text)", HOSTS),
  forApp("release_domain(text)", HOSTS),
  forApp("find_pairing(text)", PAIRING),
  forApp("claim_pairing(text,uuid,text,timestamp with time zone)", PAIRING),
  forApp("count_use(text)", "limits count what limited members do not see"),
  forApp(
    "list_running(text)",
    "limited members do not see who runs the organization, whom their acts are told to",
  ),
  forApp(
    "nested_playlists(uuid[],boolean)",
    "a loop of playlists goes through what limited members do not see",
  ),
  forApp("search_assets(text)", SEARCH),
  forApp("search_playlists(text)", SEARCH),
  forApp("search_devices(text)", SEARCH),
  forApp("enqueue_job(text,jsonb,text,timestamp with time zone)", "the queue is in a schema of its own"),
  forAuth("find_user_by_email(text)", USERS),
  forAuth("find_credentials(text,text)", USERS),
  forAuth("has_users()", USERS),
  forAuth("find_user(uuid)", USERS),
  forAuth("set_password(uuid,text,text,jsonb)", USERS),
  forAuth("reset_password(uuid,text,jsonb)", USERS),
  forAuth("confirm_email(uuid,jsonb)", USERS),
  forAuth("issue_link(uuid,uuid,text,text,timestamp with time zone,timestamp with time zone)", LINKS),
  forAuth("find_link(uuid)", LINKS),
  forAuth("enqueue_mail(jsonb)", "the queue is in a schema of its own"),
  forAuth("note_account_event(uuid,jsonb)", EVENTS),
  forAuth("note_failed_sign_ins(jsonb)", EVENTS),
  forAuth("list_account_events(uuid,timestamp with time zone,uuid,integer)", EVENTS),
  forAuth("is_known_device(text,text)", DEVICES),
  forAuth("remember_device(uuid,text,integer)", DEVICES),
  forAuth("update_profile(uuid,text)", USERS),
  forAuth(
    "create_session(text,uuid,uuid,uuid,timestamp with time zone,timestamp with time zone,text,text,integer)",
    SESSIONS,
  ),
  forAuth("find_live_session(text)", `${SESSIONS}; memberships are read before an organization is selected`),
  forAuth("find_host(text,text)", HOSTS),
  forAuth("list_email_refusals(uuid,text)", "a person's address is refused by each of their organizations"),
  forAuth("touch_session(text,timestamp with time zone)", SESSIONS),
  forAuth("renew_session(text,text,boolean)", SESSIONS),
  forAuth("select_organization(text,uuid)", SESSIONS),
  forAuth(
    "list_removed_organizations(uuid)",
    "who looks for a removed organization acts in another one, or in none",
  ),
  forAuth("list_sessions(uuid)", SESSIONS),
  forAuth("delete_session(text)", SESSIONS),
  forAuth("delete_session_by_id(uuid,uuid)", SESSIONS),
  forAuth("delete_sessions_of_user(uuid,text)", SESSIONS),
  forAuth("find_api_key(bytea)", "a key names its organization"),
  forAuth(
    "record_api_key_use(uuid[],uuid[],timestamp with time zone[],text[])",
    "keys of many organizations at once",
  ),
  forAuth("start_pairing(uuid,text,text,text,jsonb,text,timestamp with time zone)", PAIRING),
  forAuth("find_pairing(text)", PAIRING),
  forAuth("refuse_pairing(text)", PAIRING),
  forAuth("count_pairings(text,timestamp with time zone)", PAIRING),
  forAuth("find_invitation(uuid,uuid)", "whoever holds an invitation belongs to no organization yet"),
  forAuth("begin_second_factor(uuid,bytea)", FACTORS),
  forAuth("find_second_factor(uuid)", FACTORS),
  forAuth("try_second_factor(uuid,boolean)", FACTORS),
  forAuth("accept_step(uuid,bigint)", FACTORS),
  forAuth("confirm_second_factor(uuid,bytea,bigint,text[])", FACTORS),
  forAuth("replace_recovery_codes(uuid,text[])", FACTORS),
  forAuth("use_recovery_code(uuid,text)", FACTORS),
  forAuth("remove_second_factor(uuid)", FACTORS),
  forAuth("open_second_step(text,uuid,timestamp with time zone)", FACTORS),
  forAuth("find_second_step(text)", FACTORS),
  forAuth("close_second_step(text)", FACTORS),
  forAuth("find_data_key(integer)", DATA_KEYS),
  forAuth("add_data_key(integer,bytea,text)", DATA_KEYS),
  forAuth("find_device(uuid,uuid)", "a screen's credential is checked before its organization is trusted"),
];

function forApp(signature: string, definerReason: string): FunctionSpec {
  return { signature: `app.${signature}`, callers: ["vitrine_app"], definerReason };
}

function forAuth(signature: string, definerReason: string): FunctionSpec {
  return { signature: `auth.${signature}`, callers: ["vitrine_auth"], definerReason };
}
