/** A trigger of ours, in the words of `pg_get_triggerdef`. Each fires always, also for who replays changes. */
export interface TriggerSpec {
  name: string;
  table: string;
  definition: string;
  reason: string;
}

/** Every trigger in the database. `migrate` makes them, the catalogue test finds any other and any that is switched off. */
export const TRIGGERS: readonly TriggerSpec[] = [
  {
    name: "audit_events_chain",
    table: "tenant.audit_events",
    definition:
      "CREATE TRIGGER audit_events_chain BEFORE INSERT ON tenant.audit_events FOR EACH ROW EXECUTE FUNCTION app.chain_audit_event()",
    reason: "whoever adds an event, it follows the one before it in its organization",
  },
  {
    name: "audit_events_kept",
    table: "tenant.audit_events",
    definition:
      "CREATE TRIGGER audit_events_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON tenant.audit_events FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_audit_change()",
    reason: "events are never changed or removed, by the owner neither",
  },
];
