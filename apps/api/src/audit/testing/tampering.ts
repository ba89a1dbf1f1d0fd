import type { Random } from "./random.ts";

/** One way in which the owner of a database may falsify a chain of `count` events: statements about organization `$o`. */
export type Tampering = { kind: "edit" | "delete" | "reorder" | "truncate" | "rewrite"; texts: string[] };

type Make = (random: Random, count: number) => Tampering;

const EVENTS = "tenant.audit_events";
const OURS = "organization_id = '$o'";
const at = (sequence: number) => `${OURS} and sequence = ${sequence}`;
const edit =
  (set: string): Make =>
  (random, count) => ({
    kind: "edit",
    texts: [`update ${EVENTS} set ${set} where ${at(random.from(1, count))}`],
  });

/** Each hash anew from some event on, as PostgreSQL would write it: the chain then fits itself. */
const REHASH = `do $$ declare one record; v_hash text := repeat('0', 64); begin
  for one in select * from ${EVENTS} where ${OURS} order by sequence loop
    v_hash := encode(sha256(convert_to(v_hash || jsonb_build_object('v', 1, 'at', one.created_at at time zone 'UTC',
      'id', one.id, 'after', one.after, 'action', one.action, 'before', one.before, 'actorId', one.actor_id,
      'subject', one.subject, 'actorKind', one.actor_kind, 'actorName', one.actor_name, 'requestId', one.request_id,
      'subjectId', one.subject_id, 'remoteAddress', one.remote_address, 'organizationId', one.organization_id),
      'UTF8')), 'hex');
    update ${EVENTS} set hash = decode(v_hash, 'hex') where ${OURS} and sequence = one.sequence;
  end loop; end $$`;

/** Numbers without a gap again, in the order that there is. */
const RENUMBER = [
  `update ${EVENTS} set sequence = -sequence where ${OURS}`,
  `update ${EVENTS} a set sequence = n.place from (
    select sequence, row_number() over (order by sequence desc) as place from ${EVENTS} where ${OURS}
  ) n where a.${OURS} and a.sequence = n.sequence`,
];

const WAYS: readonly Make[] = [
  edit("actor_name = actor_name || ' '"),
  edit("actor_name = 'Somebody else'"),
  edit("actor_id = gen_random_uuid()"),
  edit("actor_kind = 'system'"),
  edit("action = 'assets.view'"),
  edit("subject = 'nothing'"),
  edit("subject_id = null"),
  edit("remote_address = '203.0.113.9'"),
  edit("request_id = 'other'"),
  edit("created_at = created_at + interval '1 millisecond'"),
  edit("created_at = created_at - interval '1 year'"),
  edit("id = gen_random_uuid()"),
  edit("organization_id = gen_random_uuid()"),
  edit("hash = sha256(hash)"),
  edit("before = coalesce(before, '{}') || '{\"added\": 1}'"),
  edit("before = case when before is null then 'null'::jsonb end"),
  edit("after = jsonb_set(coalesce(after, '{}'), '{name}', '\"Forged\"')"),
  edit("after = null"),
  (random, count) => ({
    kind: "delete",
    texts: [`delete from ${EVENTS} where ${at(random.from(1, count - 1))}`],
  }),
  (random, count) => ({
    kind: "delete",
    texts: [`delete from ${EVENTS} where ${OURS} and sequence between 1 and ${random.from(1, count - 1)}`],
  }),
  (random, count) => ({
    kind: "delete",
    texts: [`delete from ${EVENTS} where ${at(random.from(1, count - 1))}`, ...RENUMBER],
  }),
  (random, count) => {
    const [one, other] = random.two(count);
    return { kind: "reorder", texts: swap(one, other) };
  },
  (random, count) => ({
    kind: "reorder",
    texts: [`update ${EVENTS} set sequence = ${count + 1} where ${at(random.from(1, count - 1))}`],
  }),
  (random, count) => ({
    kind: "reorder",
    texts: [
      `update ${EVENTS} set sequence = ${count + 1} where ${at(random.from(1, count - 1))}`,
      ...RENUMBER,
    ],
  }),
  (random, count) => ({
    kind: "truncate",
    texts: [`delete from ${EVENTS} where ${OURS} and sequence > ${random.from(0, count - 1)}`],
  }),
  () => ({ kind: "truncate", texts: [`delete from ${EVENTS} where ${OURS}`] }),
  (random, count) => ({
    kind: "rewrite",
    texts: [`update ${EVENTS} set actor_name = 'Forged' where ${at(random.from(1, count))}`, REHASH],
  }),
  (random, count) => ({
    kind: "rewrite",
    texts: [`delete from ${EVENTS} where ${at(random.from(1, count - 1))}`, ...RENUMBER, REHASH],
  }),
  (random, count) => {
    const [one, other] = random.two(count);
    return { kind: "rewrite", texts: [...swap(one, other), REHASH] };
  },
];

/** One of all ways, at a random place. */
export function makeTampering(random: Random, count: number): Tampering {
  const way = WAYS[random.from(0, WAYS.length - 1)] ?? edit("actor_name = ''");
  return way(random, count);
}

function swap(one: number, other: number): string[] {
  return [
    `update ${EVENTS} set sequence = -1 where ${at(one)}`,
    `update ${EVENTS} set sequence = ${one} where ${at(other)}`,
    `update ${EVENTS} set sequence = ${other} where ${at(-1)}`,
  ];
}
