CREATE TABLE "tenant"."businesses" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text GENERATED ALWAYS AS (lower(name)) STORED NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "businesses_pkey" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "tenant"."invitation_businesses" (
	"organization_id" uuid NOT NULL,
	"invitation_id" uuid NOT NULL,
	"business_id" uuid NOT NULL,
	CONSTRAINT "invitation_businesses_pkey" PRIMARY KEY("organization_id","invitation_id","business_id")
);
--> statement-breakpoint
CREATE TABLE "tenant"."member_businesses" (
	"organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"business_id" uuid NOT NULL,
	CONSTRAINT "member_businesses_pkey" PRIMARY KEY("organization_id","user_id","business_id")
);
--> statement-breakpoint
DROP INDEX "tenant"."assets_name";--> statement-breakpoint
DROP INDEX "tenant"."device_groups_name";--> statement-breakpoint
DROP INDEX "tenant"."layouts_name";--> statement-breakpoint
DROP INDEX "tenant"."playlists_name";--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD COLUMN "business_id" uuid;--> statement-breakpoint
ALTER TABLE "tenant"."device_groups" ADD COLUMN "business_id" uuid;--> statement-breakpoint
ALTER TABLE "tenant"."devices" ADD COLUMN "business_id" uuid;--> statement-breakpoint
ALTER TABLE "tenant"."invitations" ADD COLUMN "is_limited" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."layouts" ADD COLUMN "business_id" uuid;--> statement-breakpoint
ALTER TABLE "tenant"."memberships" ADD COLUMN "is_limited" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."playlists" ADD COLUMN "business_id" uuid;--> statement-breakpoint
ALTER TABLE "tenant"."schedule_entries" ADD COLUMN "business_id" uuid;--> statement-breakpoint
ALTER TABLE "tenant"."businesses" ADD CONSTRAINT "businesses_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."invitation_businesses" ADD CONSTRAINT "invitation_businesses_invitation" FOREIGN KEY ("organization_id","invitation_id") REFERENCES "tenant"."invitations"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."invitation_businesses" ADD CONSTRAINT "invitation_businesses_business" FOREIGN KEY ("organization_id","business_id") REFERENCES "tenant"."businesses"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."member_businesses" ADD CONSTRAINT "member_businesses_member" FOREIGN KEY ("organization_id","user_id") REFERENCES "tenant"."memberships"("organization_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."member_businesses" ADD CONSTRAINT "member_businesses_business" FOREIGN KEY ("organization_id","business_id") REFERENCES "tenant"."businesses"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "businesses_name" ON "tenant"."businesses" USING btree ("organization_id","name_key");--> statement-breakpoint
CREATE INDEX "businesses_by_name" ON "tenant"."businesses" USING btree ("organization_id","name","id");--> statement-breakpoint
CREATE INDEX "invitation_businesses_by_business" ON "tenant"."invitation_businesses" USING btree ("organization_id","business_id","invitation_id");--> statement-breakpoint
CREATE INDEX "member_businesses_by_business" ON "tenant"."member_businesses" USING btree ("organization_id","business_id","user_id");--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD CONSTRAINT "assets_business" FOREIGN KEY ("organization_id","business_id") REFERENCES "tenant"."businesses"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."device_groups" ADD CONSTRAINT "device_groups_business" FOREIGN KEY ("organization_id","business_id") REFERENCES "tenant"."businesses"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."devices" ADD CONSTRAINT "devices_business" FOREIGN KEY ("organization_id","business_id") REFERENCES "tenant"."businesses"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."layouts" ADD CONSTRAINT "layouts_business" FOREIGN KEY ("organization_id","business_id") REFERENCES "tenant"."businesses"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."playlists" ADD CONSTRAINT "playlists_business" FOREIGN KEY ("organization_id","business_id") REFERENCES "tenant"."businesses"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."schedule_entries" ADD CONSTRAINT "schedule_entries_business" FOREIGN KEY ("organization_id","business_id") REFERENCES "tenant"."businesses"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "assets_name_in_business" ON "tenant"."assets" USING btree ("organization_id","business_id","name") WHERE is_active and business_id is not null;--> statement-breakpoint
CREATE INDEX "assets_by_business" ON "tenant"."assets" USING btree ("organization_id","business_id","is_active","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "device_groups_name_in_business" ON "tenant"."device_groups" USING btree ("organization_id","business_id","name") WHERE is_active and business_id is not null;--> statement-breakpoint
CREATE INDEX "device_groups_by_business" ON "tenant"."device_groups" USING btree ("organization_id","business_id","is_active","name","id");--> statement-breakpoint
CREATE INDEX "devices_by_business" ON "tenant"."devices" USING btree ("organization_id","business_id","is_active","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "layouts_name_in_business" ON "tenant"."layouts" USING btree ("organization_id","business_id","name") WHERE is_active and business_id is not null;--> statement-breakpoint
CREATE INDEX "layouts_by_business" ON "tenant"."layouts" USING btree ("organization_id","business_id","is_active","name","id");--> statement-breakpoint
CREATE UNIQUE INDEX "playlists_name_in_business" ON "tenant"."playlists" USING btree ("organization_id","business_id","name") WHERE is_active and business_id is not null;--> statement-breakpoint
CREATE INDEX "playlists_by_business" ON "tenant"."playlists" USING btree ("organization_id","business_id","is_active","created_at","id");--> statement-breakpoint
CREATE INDEX "schedule_entries_by_business" ON "tenant"."schedule_entries" USING btree ("organization_id","business_id","is_active","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "assets_name" ON "tenant"."assets" USING btree ("organization_id","name") WHERE is_active and business_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "device_groups_name" ON "tenant"."device_groups" USING btree ("organization_id","name") WHERE is_active and business_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "layouts_name" ON "tenant"."layouts" USING btree ("organization_id","name") WHERE is_active and business_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "playlists_name" ON "tenant"."playlists" USING btree ("organization_id","name") WHERE is_active and business_id is null;--> statement-breakpoint
ALTER TABLE "tenant"."invitations" ADD CONSTRAINT "invitations_limited" CHECK (not (is_limited and role = 'owner'));--> statement-breakpoint
ALTER TABLE "tenant"."memberships" ADD CONSTRAINT "memberships_limited" CHECK (not (is_limited and role = 'owner'));