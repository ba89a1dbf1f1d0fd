CREATE TABLE "tenant"."member_grants" (
	"organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"grant" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"given_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_grants_pkey" PRIMARY KEY("organization_id","user_id","grant"),
	CONSTRAINT "member_grants_grant" CHECK ("grant" ~ '^(\*|[a-zA-Z]+\.(\*|[a-zA-Z]+))$')
);
--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD COLUMN "plan" text DEFAULT 'unlimited' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD COLUMN "own_limits" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD COLUMN "removed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tenant"."member_grants" ADD CONSTRAINT "member_grants_member" FOREIGN KEY ("organization_id","user_id") REFERENCES "tenant"."memberships"("organization_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
INSERT INTO "tenant"."member_grants" ("organization_id", "user_id", "grant")
SELECT DISTINCT "organization_id", "user_id", unnest("grants") FROM "tenant"."memberships";--> statement-breakpoint
ALTER TABLE "tenant"."memberships" DROP COLUMN "grants";--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD CONSTRAINT "organizations_plan" CHECK (plan in ('unlimited', 'basic', 'professional', 'enterprise', 'legacy'));