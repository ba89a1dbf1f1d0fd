CREATE TABLE "tenant"."device_events" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"boot_id" uuid,
	"sequence" integer,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "device_events_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "device_events_kind" CHECK (kind in ('started', 'stopped', 'state', 'offline', 'online', 'recovering', 'recovered', 'manifest_active', 'fault', 'fault_over', 'clock_stepped', 'display', 'update', 'paired', 'connected', 'lost', 'identity_copied', 'revoked', 'command')),
	CONSTRAINT "device_events_origin" CHECK ((boot_id is null) = (sequence is null))
);
--> statement-breakpoint
CREATE TABLE "tenant"."device_logs" (
	"organization_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"blob_sha256" text NOT NULL,
	"line_count" integer NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "device_logs_pkey" PRIMARY KEY("organization_id","command_id")
);
--> statement-breakpoint
ALTER TABLE "tenant"."assets" DROP CONSTRAINT "assets_kind";--> statement-breakpoint
ALTER TABLE "tenant"."assets" DROP CONSTRAINT "assets_web_url";--> statement-breakpoint
ALTER TABLE "tenant"."device_commands" DROP CONSTRAINT "device_commands_kind";--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD COLUMN "fit" text DEFAULT 'contain' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD COLUMN "loudness" integer DEFAULT 100 NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."device_credentials" ADD COLUMN "ticket_sha256" text;--> statement-breakpoint
ALTER TABLE "tenant"."device_credentials" ADD COLUMN "former_ticket_sha256" text;--> statement-breakpoint
ALTER TABLE "tenant"."device_credentials" ADD COLUMN "copied_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tenant"."device_status" ADD COLUMN "is_recovering" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."device_status" ADD COLUMN "display" jsonb;--> statement-breakpoint
ALTER TABLE "tenant"."device_status" ADD COLUMN "update" jsonb;--> statement-breakpoint
ALTER TABLE "tenant"."devices" ADD COLUMN "volume_percent" integer;--> statement-breakpoint
ALTER TABLE "tenant"."devices" ADD COLUMN "private_hosts" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD COLUMN "brand_color" text;--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD COLUMN "brand_logo_asset_id" uuid;--> statement-breakpoint
ALTER TABLE "tenant"."playlists" ADD COLUMN "fade_ms" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."device_events" ADD CONSTRAINT "device_events_device" FOREIGN KEY ("organization_id","device_id") REFERENCES "tenant"."devices"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."device_logs" ADD CONSTRAINT "device_logs_device" FOREIGN KEY ("organization_id","device_id") REFERENCES "tenant"."devices"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."device_logs" ADD CONSTRAINT "device_logs_command" FOREIGN KEY ("organization_id","command_id") REFERENCES "tenant"."device_commands"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."device_logs" ADD CONSTRAINT "device_logs_blob" FOREIGN KEY ("organization_id","blob_sha256") REFERENCES "tenant"."blobs"("organization_id","sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "device_events_once" ON "tenant"."device_events" USING btree ("organization_id","device_id","boot_id","sequence") WHERE boot_id is not null;--> statement-breakpoint
CREATE INDEX "device_events_newest" ON "tenant"."device_events" USING btree ("organization_id","device_id","at","id");--> statement-breakpoint
CREATE INDEX "device_logs_newest" ON "tenant"."device_logs" USING btree ("organization_id","device_id","received_at");--> statement-breakpoint
CREATE INDEX "device_logs_by_blob" ON "tenant"."device_logs" USING btree ("organization_id","blob_sha256");--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD CONSTRAINT "organizations_brand_logo" FOREIGN KEY ("organization_id","brand_logo_asset_id") REFERENCES "tenant"."assets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."device_commands" DROP COLUMN "params";--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD CONSTRAINT "assets_fit" CHECK (fit in ('contain', 'cover', 'fill'));--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD CONSTRAINT "assets_loudness" CHECK (loudness between 0 and 100);--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD CONSTRAINT "assets_kind" CHECK (kind in ('image', 'video', 'web', 'stream'));--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD CONSTRAINT "assets_web_url" CHECK ((kind in ('web', 'stream')) = (url is not null));--> statement-breakpoint
ALTER TABLE "tenant"."device_commands" ADD CONSTRAINT "device_commands_kind" CHECK (kind in ('identify', 'screenshot', 'reload', 'next', 'previous', 'restart', 'reboot', 'display_on', 'display_off', 'clear_cache', 'send_logs', 'update'));--> statement-breakpoint
ALTER TABLE "tenant"."devices" ADD CONSTRAINT "devices_volume" CHECK (volume_percent between 0 and 100);--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD CONSTRAINT "organizations_brand_color" CHECK (brand_color ~ '^#[0-9a-f]{6}$');--> statement-breakpoint
ALTER TABLE "tenant"."playlists" ADD CONSTRAINT "playlists_fade" CHECK (fade_ms between 0 and 5000);