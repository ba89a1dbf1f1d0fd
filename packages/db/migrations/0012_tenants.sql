CREATE TABLE "tenant"."domains" (
	"organization_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"token" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"verified_at" timestamp (3) with time zone,
	"checked_at" timestamp (3) with time zone,
	"missing_since" timestamp (3) with time zone,
	"lost_at" timestamp (3) with time zone,
	CONSTRAINT "domains_pkey" PRIMARY KEY("organization_id","domain")
);
--> statement-breakpoint
CREATE TABLE "system"."verified_domains" (
	"domain" text PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"checked_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD COLUMN "allowed_email_domains" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD COLUMN "session_idle_minutes" integer;--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD COLUMN "session_hours" integer;--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD COLUMN "is_sign_in_branded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "system"."sessions" ADD COLUMN "longest_idle_seconds" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."domains" ADD CONSTRAINT "domains_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "verified_domains_by_check" ON "system"."verified_domains" USING btree ("checked_at");--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD CONSTRAINT "organizations_session_idle" CHECK (session_idle_minutes between 15 and 1440);--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD CONSTRAINT "organizations_session_hours" CHECK (session_hours between 1 and 720);