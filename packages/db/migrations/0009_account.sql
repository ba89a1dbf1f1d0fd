CREATE TABLE "system"."account_events" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"remote_address" text NOT NULL,
	"user_agent" text NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "system"."account_links" (
	"user_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "account_links_pkey" PRIMARY KEY("user_id","purpose"),
	CONSTRAINT "account_links_purpose" CHECK (purpose in ('resetPassword', 'verifyEmail', 'changeEmail'))
);
--> statement-breakpoint
CREATE TABLE "system"."known_devices" (
	"user_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "known_devices_pkey" PRIMARY KEY("user_id","token_hash")
);
--> statement-breakpoint
ALTER TABLE "system"."users" ADD COLUMN "email_verified_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "system"."account_events" ADD CONSTRAINT "account_events_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "system"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "system"."account_links" ADD CONSTRAINT "account_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "system"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "system"."known_devices" ADD CONSTRAINT "known_devices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "system"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_events_newest" ON "system"."account_events" USING btree ("user_id","at","id");--> statement-breakpoint
CREATE INDEX "account_events_by_age" ON "system"."account_events" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "account_links_id" ON "system"."account_links" USING btree ("id");--> statement-breakpoint
CREATE INDEX "account_links_by_expiry" ON "system"."account_links" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "known_devices_by_use" ON "system"."known_devices" USING btree ("last_seen_at");