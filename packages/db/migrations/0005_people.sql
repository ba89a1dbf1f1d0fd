CREATE TABLE "tenant"."invitations" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"issue" integer DEFAULT 1 NOT NULL,
	"invited_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"mail" text DEFAULT 'waiting' NOT NULL,
	"mail_fault" text,
	"accepted_at" timestamp (3) with time zone,
	"accepted_by" uuid,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "invitations_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "invitations_role" CHECK (role in ('owner', 'admin', 'manager', 'operator', 'viewer')),
	CONSTRAINT "invitations_mail" CHECK (mail in ('waiting', 'sent', 'written', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "tenant"."invitations" ADD CONSTRAINT "invitations_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_open" ON "tenant"."invitations" USING btree ("organization_id","email") WHERE accepted_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "invitations_newest" ON "tenant"."invitations" USING btree ("organization_id","created_at","id");