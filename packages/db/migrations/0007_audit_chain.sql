ALTER TABLE "tenant"."audit_events" ADD COLUMN "sequence" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "tenant"."audit_events" ADD COLUMN "hash" "bytea" DEFAULT '' NOT NULL;
--> statement-breakpoint
-- What was recorded before is chained as well, in the order of its times, in the canonical form of version 1.
do $$ declare
  one record;
  v_organization uuid;
  v_sequence bigint;
  v_hash bytea;
begin
  update "tenant"."audit_events" set before = nullif(before, 'null'), after = nullif(after, 'null')
  where before = 'null' or after = 'null';
  for one in select * from "tenant"."audit_events" order by organization_id, created_at, id loop
    if one.organization_id is distinct from v_organization then
      v_organization := one.organization_id;
      v_sequence := 0;
      v_hash := decode(repeat('00', 32), 'hex');
    end if;
    v_sequence := v_sequence + 1;
    v_hash := sha256(convert_to(encode(v_hash, 'hex') || jsonb_build_object(
      'v', 1, 'at', one.created_at at time zone 'UTC', 'id', one.id, 'after', one.after, 'action', one.action,
      'before', one.before, 'actorId', one.actor_id, 'subject', one.subject, 'actorKind', one.actor_kind,
      'actorName', one.actor_name, 'requestId', one.request_id, 'subjectId', one.subject_id,
      'remoteAddress', one.remote_address, 'organizationId', one.organization_id
    ), 'UTF8'));
    update "tenant"."audit_events" set sequence = v_sequence, hash = v_hash
    where organization_id = one.organization_id and id = one.id;
  end loop;
end $$;
--> statement-breakpoint
ALTER TABLE "tenant"."audit_events" DROP CONSTRAINT "audit_events_pkey";
--> statement-breakpoint
ALTER TABLE "tenant"."audit_events" ADD CONSTRAINT "audit_events_pkey" PRIMARY KEY("organization_id","sequence");
--> statement-breakpoint
CREATE TABLE "tenant"."audit_checks" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_by_name" text NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"events" bigint,
	"anchors" integer,
	"fault" jsonb,
	CONSTRAINT "audit_checks_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "audit_checks_state" CHECK (state in ('waiting', 'running', 'finished', 'failed'))
);
--> statement-breakpoint
DROP INDEX "tenant"."audit_events_newest";
--> statement-breakpoint
DROP INDEX "tenant"."audit_events_by_subject";
--> statement-breakpoint
ALTER TABLE "tenant"."audit_checks" ADD CONSTRAINT "audit_checks_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "audit_checks_newest" ON "tenant"."audit_checks" USING btree ("organization_id","started_at","id");
--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "tenant"."audit_events" USING btree ("organization_id","actor_id","created_at","sequence");
--> statement-breakpoint
CREATE INDEX "audit_events_newest" ON "tenant"."audit_events" USING btree ("organization_id","created_at","sequence");
--> statement-breakpoint
CREATE INDEX "audit_events_by_subject" ON "tenant"."audit_events" USING btree ("organization_id","subject","subject_id","created_at","sequence");
