CREATE TABLE "tenant"."dayparts" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"windows" jsonb NOT NULL,
	"except_dates" text[] DEFAULT '{}' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "dayparts_pkey" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "tenant"."device_groups" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "device_groups_pkey" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "tenant"."entry_dayparts" (
	"organization_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"daypart_id" uuid NOT NULL,
	CONSTRAINT "entry_dayparts_pkey" PRIMARY KEY("organization_id","entry_id","daypart_id")
);
--> statement-breakpoint
CREATE TABLE "tenant"."entry_devices" (
	"organization_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	CONSTRAINT "entry_devices_pkey" PRIMARY KEY("organization_id","entry_id","device_id")
);
--> statement-breakpoint
CREATE TABLE "tenant"."entry_groups" (
	"organization_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	CONSTRAINT "entry_groups_pkey" PRIMARY KEY("organization_id","entry_id","group_id")
);
--> statement-breakpoint
CREATE TABLE "tenant"."entry_tags" (
	"organization_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"tag" text NOT NULL,
	CONSTRAINT "entry_tags_pkey" PRIMARY KEY("organization_id","entry_id","tag")
);
--> statement-breakpoint
CREATE TABLE "tenant"."group_devices" (
	"organization_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	CONSTRAINT "group_devices_pkey" PRIMARY KEY("organization_id","group_id","device_id")
);
--> statement-breakpoint
CREATE TABLE "tenant"."item_dayparts" (
	"organization_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"daypart_id" uuid NOT NULL,
	CONSTRAINT "item_dayparts_pkey" PRIMARY KEY("organization_id","item_id","daypart_id")
);
--> statement-breakpoint
CREATE TABLE "tenant"."layout_zones" (
	"organization_id" uuid NOT NULL,
	"layout_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"place" integer NOT NULL,
	"name" text NOT NULL,
	"left" double precision NOT NULL,
	"top" double precision NOT NULL,
	"width" double precision NOT NULL,
	"height" double precision NOT NULL,
	"z" integer DEFAULT 0 NOT NULL,
	"playlist_id" uuid,
	CONSTRAINT "layout_zones_pkey" PRIMARY KEY("organization_id","layout_id","id")
);
--> statement-breakpoint
CREATE TABLE "tenant"."layouts" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"aspect" text DEFAULT '16:9' NOT NULL,
	"main_zone_id" uuid NOT NULL,
	"duration_ms" integer,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "layouts_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "layouts_aspect" CHECK (aspect in ('16:9', '9:16', '4:3', '3:4', '1:1', '21:9')),
	CONSTRAINT "layouts_duration" CHECK (duration_ms > 0)
);
--> statement-breakpoint
CREATE TABLE "tenant"."schedule_entries" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"asset_id" uuid,
	"playlist_id" uuid,
	"layout_id" uuid,
	"priority" integer DEFAULT 0 NOT NULL,
	"time_zone" text,
	"local_start" text,
	"local_end" text,
	"recurrence" text,
	"except_dates" text[] DEFAULT '{}' NOT NULL,
	"extra_dates" text[] DEFAULT '{}' NOT NULL,
	"valid_from" timestamp (3) with time zone,
	"valid_until" timestamp (3) with time zone,
	"starts_exactly" boolean DEFAULT false NOT NULL,
	"share_percent" double precision,
	"zone_name" text,
	"is_everywhere" boolean DEFAULT false NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"starts_at" timestamp (3) with time zone,
	"ends_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "schedule_entries_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "schedule_entries_kind" CHECK (kind in ('normal', 'interrupt', 'override')),
	CONSTRAINT "schedule_entries_content" CHECK (num_nonnulls(asset_id, playlist_id, layout_id) = 1),
	CONSTRAINT "schedule_entries_when" CHECK (num_nulls(local_start, local_end) <> 1 and (recurrence is null or local_start is not null)),
	CONSTRAINT "schedule_entries_share" CHECK ((kind = 'interrupt') = (share_percent is not null)),
	CONSTRAINT "schedule_entries_zone" CHECK (zone_name is null or kind = 'override'),
	CONSTRAINT "schedule_entries_valid" CHECK (valid_from < valid_until)
);
--> statement-breakpoint
ALTER TABLE "tenant"."playlist_items" ALTER COLUMN "asset_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD COLUMN "available_from" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD COLUMN "available_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tenant"."device_status" ADD COLUMN "shown_entry_id" uuid;--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD COLUMN "grace_ms" integer DEFAULT 15000 NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."playlist_items" ADD COLUMN "nested_playlist_id" uuid;--> statement-breakpoint
ALTER TABLE "tenant"."playlist_items" ADD COLUMN "take" integer;--> statement-breakpoint
ALTER TABLE "tenant"."playlist_items" ADD COLUMN "weight" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."playlists" ADD COLUMN "order" text DEFAULT 'sequence' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."dayparts" ADD CONSTRAINT "dayparts_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."device_groups" ADD CONSTRAINT "device_groups_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."entry_dayparts" ADD CONSTRAINT "entry_dayparts_entry" FOREIGN KEY ("organization_id","entry_id") REFERENCES "tenant"."schedule_entries"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."entry_dayparts" ADD CONSTRAINT "entry_dayparts_daypart" FOREIGN KEY ("organization_id","daypart_id") REFERENCES "tenant"."dayparts"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."entry_devices" ADD CONSTRAINT "entry_devices_entry" FOREIGN KEY ("organization_id","entry_id") REFERENCES "tenant"."schedule_entries"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."entry_devices" ADD CONSTRAINT "entry_devices_device" FOREIGN KEY ("organization_id","device_id") REFERENCES "tenant"."devices"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."entry_groups" ADD CONSTRAINT "entry_groups_entry" FOREIGN KEY ("organization_id","entry_id") REFERENCES "tenant"."schedule_entries"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."entry_groups" ADD CONSTRAINT "entry_groups_group" FOREIGN KEY ("organization_id","group_id") REFERENCES "tenant"."device_groups"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."entry_tags" ADD CONSTRAINT "entry_tags_entry" FOREIGN KEY ("organization_id","entry_id") REFERENCES "tenant"."schedule_entries"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."group_devices" ADD CONSTRAINT "group_devices_group" FOREIGN KEY ("organization_id","group_id") REFERENCES "tenant"."device_groups"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."group_devices" ADD CONSTRAINT "group_devices_device" FOREIGN KEY ("organization_id","device_id") REFERENCES "tenant"."devices"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."item_dayparts" ADD CONSTRAINT "item_dayparts_item" FOREIGN KEY ("organization_id","item_id") REFERENCES "tenant"."playlist_items"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."item_dayparts" ADD CONSTRAINT "item_dayparts_daypart" FOREIGN KEY ("organization_id","daypart_id") REFERENCES "tenant"."dayparts"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."layout_zones" ADD CONSTRAINT "layout_zones_layout" FOREIGN KEY ("organization_id","layout_id") REFERENCES "tenant"."layouts"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."layout_zones" ADD CONSTRAINT "layout_zones_playlist" FOREIGN KEY ("organization_id","playlist_id") REFERENCES "tenant"."playlists"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."layouts" ADD CONSTRAINT "layouts_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."schedule_entries" ADD CONSTRAINT "schedule_entries_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."schedule_entries" ADD CONSTRAINT "schedule_entries_asset" FOREIGN KEY ("organization_id","asset_id") REFERENCES "tenant"."assets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."schedule_entries" ADD CONSTRAINT "schedule_entries_playlist" FOREIGN KEY ("organization_id","playlist_id") REFERENCES "tenant"."playlists"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."schedule_entries" ADD CONSTRAINT "schedule_entries_layout" FOREIGN KEY ("organization_id","layout_id") REFERENCES "tenant"."layouts"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "dayparts_name" ON "tenant"."dayparts" USING btree ("organization_id","name") WHERE is_active;--> statement-breakpoint
CREATE INDEX "dayparts_by_name" ON "tenant"."dayparts" USING btree ("organization_id","is_active","name","id");--> statement-breakpoint
CREATE UNIQUE INDEX "device_groups_name" ON "tenant"."device_groups" USING btree ("organization_id","name") WHERE is_active;--> statement-breakpoint
CREATE INDEX "device_groups_by_name" ON "tenant"."device_groups" USING btree ("organization_id","is_active","name","id");--> statement-breakpoint
CREATE INDEX "entry_dayparts_by_daypart" ON "tenant"."entry_dayparts" USING btree ("organization_id","daypart_id","entry_id");--> statement-breakpoint
CREATE INDEX "entry_devices_by_device" ON "tenant"."entry_devices" USING btree ("organization_id","device_id","entry_id");--> statement-breakpoint
CREATE INDEX "entry_groups_by_group" ON "tenant"."entry_groups" USING btree ("organization_id","group_id","entry_id");--> statement-breakpoint
CREATE INDEX "entry_tags_by_tag" ON "tenant"."entry_tags" USING btree ("organization_id","tag","entry_id");--> statement-breakpoint
CREATE INDEX "group_devices_by_device" ON "tenant"."group_devices" USING btree ("organization_id","device_id","group_id");--> statement-breakpoint
CREATE INDEX "item_dayparts_by_daypart" ON "tenant"."item_dayparts" USING btree ("organization_id","daypart_id","item_id");--> statement-breakpoint
CREATE UNIQUE INDEX "layout_zones_name" ON "tenant"."layout_zones" USING btree ("organization_id","layout_id","name");--> statement-breakpoint
CREATE INDEX "layout_zones_by_playlist" ON "tenant"."layout_zones" USING btree ("organization_id","playlist_id","layout_id");--> statement-breakpoint
CREATE UNIQUE INDEX "layouts_name" ON "tenant"."layouts" USING btree ("organization_id","name") WHERE is_active;--> statement-breakpoint
CREATE INDEX "layouts_by_name" ON "tenant"."layouts" USING btree ("organization_id","is_active","name","id");--> statement-breakpoint
CREATE INDEX "schedule_entries_by_time" ON "tenant"."schedule_entries" USING btree ("organization_id","is_active","created_at","id");--> statement-breakpoint
CREATE INDEX "schedule_entries_by_end" ON "tenant"."schedule_entries" USING btree ("organization_id","is_active","ends_at");--> statement-breakpoint
CREATE INDEX "schedule_entries_everywhere" ON "tenant"."schedule_entries" USING btree ("organization_id","is_everywhere","id");--> statement-breakpoint
CREATE INDEX "schedule_entries_by_asset" ON "tenant"."schedule_entries" USING btree ("organization_id","asset_id");--> statement-breakpoint
CREATE INDEX "schedule_entries_by_playlist" ON "tenant"."schedule_entries" USING btree ("organization_id","playlist_id");--> statement-breakpoint
CREATE INDEX "schedule_entries_by_layout" ON "tenant"."schedule_entries" USING btree ("organization_id","layout_id");--> statement-breakpoint
ALTER TABLE "tenant"."playlist_items" ADD CONSTRAINT "playlist_items_nested" FOREIGN KEY ("organization_id","nested_playlist_id") REFERENCES "tenant"."playlists"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "playlist_items_by_nested" ON "tenant"."playlist_items" USING btree ("organization_id","nested_playlist_id","playlist_id");--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD CONSTRAINT "assets_available" CHECK (available_from < available_until);--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD CONSTRAINT "organizations_grace" CHECK (grace_ms between 0 and 300000);--> statement-breakpoint
ALTER TABLE "tenant"."playlist_items" ADD CONSTRAINT "playlist_items_content" CHECK (num_nonnulls(asset_id, nested_playlist_id) = 1);--> statement-breakpoint
ALTER TABLE "tenant"."playlist_items" ADD CONSTRAINT "playlist_items_take" CHECK (take > 0 and weight between 1 and 100);--> statement-breakpoint
ALTER TABLE "tenant"."playlists" ADD CONSTRAINT "playlists_order" CHECK ("order" in ('sequence', 'shuffle'));