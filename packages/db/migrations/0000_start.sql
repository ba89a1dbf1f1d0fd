CREATE SCHEMA "system";
--> statement-breakpoint
CREATE SCHEMA "tenant";
--> statement-breakpoint
CREATE TABLE "tenant"."api_keys" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"grants" text[] NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_keys_pkey" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "tenant"."asset_tags" (
	"organization_id" uuid NOT NULL,
	"asset_id" uuid NOT NULL,
	"tag" text NOT NULL,
	CONSTRAINT "asset_tags_pkey" PRIMARY KEY("organization_id","asset_id","tag")
);
--> statement-breakpoint
CREATE TABLE "tenant"."assets" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"fault" text,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"width" integer,
	"height" integer,
	"duration_ms" integer,
	"media_type" text,
	"codec" text,
	"size_bytes" bigint DEFAULT 0 NOT NULL,
	"blob_sha256" text,
	"thumbnail_sha256" text,
	"url" text,
	"reload_seconds" integer,
	"upload_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "assets_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "assets_kind" CHECK (kind in ('image', 'video', 'web')),
	CONSTRAINT "assets_state" CHECK (state in ('pending', 'processing', 'ready', 'failed')),
	CONSTRAINT "assets_fault" CHECK (fault in ('unsupported_type', 'damaged', 'too_many_pixels', 'too_long', 'no_picture', 'codec_unsupported', 'empty', 'processing_stopped')),
	CONSTRAINT "assets_web_url" CHECK ((kind = 'web') = (url is not null))
);
--> statement-breakpoint
CREATE TABLE "tenant"."audit_events" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"subject_id" text,
	"before" jsonb,
	"after" jsonb,
	"request_id" text,
	"remote_address" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_events_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "audit_events_actor_kind" CHECK (actor_kind in ('user', 'apiKey', 'device', 'system'))
);
--> statement-breakpoint
CREATE TABLE "tenant"."blobs" (
	"organization_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"media_type" text NOT NULL,
	"chunks_sha256" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "blobs_pkey" PRIMARY KEY("organization_id","sha256"),
	CONSTRAINT "blobs_sha256" CHECK (sha256 ~ '^[0-9a-f]{64}$' and chunks_sha256 ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "blobs_size" CHECK (size_bytes >= 0)
);
--> statement-breakpoint
CREATE TABLE "tenant"."device_commands" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"params" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"delivered_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"failure" text,
	"created_by" uuid,
	CONSTRAINT "device_commands_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "device_commands_kind" CHECK (kind in ('identify', 'screenshot', 'reload')),
	CONSTRAINT "device_commands_state" CHECK (state in ('waiting', 'delivered', 'done', 'failed', 'expired'))
);
--> statement-breakpoint
CREATE TABLE "tenant"."device_credentials" (
	"organization_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"public_key" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "device_credentials_pkey" PRIMARY KEY("organization_id","device_id","public_key")
);
--> statement-breakpoint
CREATE TABLE "tenant"."device_status" (
	"organization_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"last_heard_at" timestamp (3) with time zone,
	"boot_id" uuid,
	"player_state" text,
	"active_manifest" text,
	"newest_manifest" text,
	"is_stopping" boolean DEFAULT false NOT NULL,
	"shown_asset_id" uuid,
	"shown_item_id" uuid,
	"shown_since" timestamp (3) with time zone,
	"hardware" jsonb,
	"vitals" jsonb,
	"sync" jsonb,
	"faults" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"screenshot_sha256" text,
	"screenshot_at" timestamp (3) with time zone,
	CONSTRAINT "device_status_pkey" PRIMARY KEY("organization_id","device_id"),
	CONSTRAINT "device_status_player_state" CHECK (player_state in ('unpaired', 'pairing', 'syncing', 'playing'))
);
--> statement-breakpoint
CREATE TABLE "tenant"."device_tags" (
	"organization_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"tag" text NOT NULL,
	CONSTRAINT "device_tags_pkey" PRIMARY KEY("organization_id","device_id","tag")
);
--> statement-breakpoint
CREATE TABLE "tenant"."devices" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"rotation" integer DEFAULT 0 NOT NULL,
	"playlist_id" uuid,
	"is_active" boolean DEFAULT true NOT NULL,
	"paired_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "devices_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "devices_rotation" CHECK (rotation in (0, 90, 180, 270))
);
--> statement-breakpoint
CREATE TABLE "tenant"."memberships" (
	"organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"grants" text[] DEFAULT '{}' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"invited_by" uuid,
	"joined_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_pkey" PRIMARY KEY("organization_id","user_id"),
	CONSTRAINT "memberships_role" CHECK (role in ('owner', 'admin', 'manager', 'operator', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "system"."organization_slugs" (
	"slug" text PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	CONSTRAINT "organization_slugs_form" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 2 and 40)
);
--> statement-breakpoint
CREATE TABLE "tenant"."organizations" (
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"default_duration_ms" integer DEFAULT 10000 NOT NULL,
	"default_playlist_id" uuid,
	"content_revision" bigint DEFAULT 0 NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "organizations_pkey" PRIMARY KEY("organization_id"),
	CONSTRAINT "organizations_default_duration" CHECK (default_duration_ms between 500 and 86400000)
);
--> statement-breakpoint
CREATE TABLE "tenant"."outbox" (
	"organization_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "tenant"."outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"event" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outbox_pkey" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "system"."pairing_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"device_code_hash" text NOT NULL,
	"user_code_hash" text NOT NULL,
	"public_key" text NOT NULL,
	"hardware" jsonb NOT NULL,
	"remote_address" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"organization_id" uuid,
	"device_id" uuid,
	"organization_name" text,
	"veto_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "pairing_requests_state" CHECK (state in ('waiting', 'claimed', 'refused', 'expired'))
);
--> statement-breakpoint
CREATE TABLE "tenant"."playlist_items" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"playlist_id" uuid NOT NULL,
	"asset_id" uuid NOT NULL,
	"position" text COLLATE "C" NOT NULL,
	"duration_ms" integer,
	"is_enabled" boolean DEFAULT true NOT NULL,
	CONSTRAINT "playlist_items_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "playlist_items_duration" CHECK (duration_ms > 0)
);
--> statement-breakpoint
CREATE TABLE "tenant"."playlists" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "playlists_pkey" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "tenant"."plays" (
	"organization_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"boot_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"asset_id" uuid NOT NULL,
	"item_id" uuid,
	"playlist_id" uuid,
	"started_at" timestamp (3) with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"is_whole" boolean NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plays_pkey" PRIMARY KEY("organization_id","device_id","boot_id","sequence"),
	CONSTRAINT "plays_duration" CHECK (duration_ms >= 0 and sequence >= 0)
);
--> statement-breakpoint
CREATE TABLE "tenant"."plays_hourly" (
	"organization_id" uuid NOT NULL,
	"asset_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"play_count" integer NOT NULL,
	"shown_ms" bigint NOT NULL,
	CONSTRAINT "plays_hourly_pkey" PRIMARY KEY("organization_id","asset_id","device_id","hour")
);
--> statement-breakpoint
CREATE TABLE "system"."sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"organization_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"absolute_expires_at" timestamp (3) with time zone NOT NULL,
	"user_agent" text,
	"remote_address" text
);
--> statement-breakpoint
CREATE TABLE "system"."users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "tenant"."api_keys" ADD CONSTRAINT "api_keys_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."asset_tags" ADD CONSTRAINT "asset_tags_asset" FOREIGN KEY ("organization_id","asset_id") REFERENCES "tenant"."assets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD CONSTRAINT "assets_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD CONSTRAINT "assets_blob" FOREIGN KEY ("organization_id","blob_sha256") REFERENCES "tenant"."blobs"("organization_id","sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."assets" ADD CONSTRAINT "assets_thumbnail" FOREIGN KEY ("organization_id","thumbnail_sha256") REFERENCES "tenant"."blobs"("organization_id","sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."blobs" ADD CONSTRAINT "blobs_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."device_commands" ADD CONSTRAINT "device_commands_device" FOREIGN KEY ("organization_id","device_id") REFERENCES "tenant"."devices"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."device_credentials" ADD CONSTRAINT "device_credentials_device" FOREIGN KEY ("organization_id","device_id") REFERENCES "tenant"."devices"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."device_status" ADD CONSTRAINT "device_status_device" FOREIGN KEY ("organization_id","device_id") REFERENCES "tenant"."devices"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."device_tags" ADD CONSTRAINT "device_tags_device" FOREIGN KEY ("organization_id","device_id") REFERENCES "tenant"."devices"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."devices" ADD CONSTRAINT "devices_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."devices" ADD CONSTRAINT "devices_playlist" FOREIGN KEY ("organization_id","playlist_id") REFERENCES "tenant"."playlists"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."memberships" ADD CONSTRAINT "memberships_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD CONSTRAINT "organizations_default_playlist" FOREIGN KEY ("organization_id","default_playlist_id") REFERENCES "tenant"."playlists"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."playlist_items" ADD CONSTRAINT "playlist_items_playlist" FOREIGN KEY ("organization_id","playlist_id") REFERENCES "tenant"."playlists"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."playlist_items" ADD CONSTRAINT "playlist_items_asset" FOREIGN KEY ("organization_id","asset_id") REFERENCES "tenant"."assets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant"."playlists" ADD CONSTRAINT "playlists_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "system"."sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "system"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_newest" ON "tenant"."api_keys" USING btree ("organization_id","is_active","created_at","id");--> statement-breakpoint
CREATE INDEX "api_keys_by_secret" ON "tenant"."api_keys" USING btree ("secret_hash");--> statement-breakpoint
CREATE INDEX "asset_tags_by_tag" ON "tenant"."asset_tags" USING btree ("organization_id","tag","asset_id");--> statement-breakpoint
CREATE UNIQUE INDEX "assets_name" ON "tenant"."assets" USING btree ("organization_id","name") WHERE is_active;--> statement-breakpoint
CREATE INDEX "assets_by_time" ON "tenant"."assets" USING btree ("organization_id","is_active","created_at","id");--> statement-breakpoint
CREATE INDEX "assets_by_name" ON "tenant"."assets" USING btree ("organization_id","is_active","name","id");--> statement-breakpoint
CREATE INDEX "assets_by_size" ON "tenant"."assets" USING btree ("organization_id","is_active","size_bytes","id");--> statement-breakpoint
CREATE INDEX "assets_by_kind" ON "tenant"."assets" USING btree ("organization_id","is_active","kind","created_at","id");--> statement-breakpoint
CREATE INDEX "assets_by_state" ON "tenant"."assets" USING btree ("organization_id","is_active","state","created_at","id");--> statement-breakpoint
CREATE INDEX "assets_by_blob" ON "tenant"."assets" USING btree ("organization_id","blob_sha256");--> statement-breakpoint
CREATE INDEX "assets_by_thumbnail" ON "tenant"."assets" USING btree ("organization_id","thumbnail_sha256");--> statement-breakpoint
CREATE INDEX "audit_events_newest" ON "tenant"."audit_events" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_subject" ON "tenant"."audit_events" USING btree ("organization_id","subject","subject_id","created_at");--> statement-breakpoint
CREATE INDEX "device_commands_by_state" ON "tenant"."device_commands" USING btree ("organization_id","device_id","state","created_at");--> statement-breakpoint
CREATE INDEX "device_commands_newest" ON "tenant"."device_commands" USING btree ("organization_id","device_id","created_at","id");--> statement-breakpoint
CREATE INDEX "device_tags_by_tag" ON "tenant"."device_tags" USING btree ("organization_id","tag","device_id");--> statement-breakpoint
CREATE INDEX "devices_by_time" ON "tenant"."devices" USING btree ("organization_id","is_active","created_at","id");--> statement-breakpoint
CREATE INDEX "devices_by_name" ON "tenant"."devices" USING btree ("organization_id","is_active","name","id");--> statement-breakpoint
CREATE INDEX "devices_by_playlist" ON "tenant"."devices" USING btree ("organization_id","playlist_id","id");--> statement-breakpoint
CREATE INDEX "memberships_by_user" ON "tenant"."memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "organization_slugs_organization" ON "system"."organization_slugs" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "outbox_in_commit_order" ON "tenant"."outbox" USING btree ("xid","id");--> statement-breakpoint
CREATE UNIQUE INDEX "pairing_requests_device_code" ON "system"."pairing_requests" USING btree ("device_code_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "pairing_requests_live_user_code" ON "system"."pairing_requests" USING btree ("user_code_hash") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "pairing_requests_by_address" ON "system"."pairing_requests" USING btree ("remote_address","created_at");--> statement-breakpoint
CREATE INDEX "pairing_requests_by_expiry" ON "system"."pairing_requests" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "playlist_items_in_order" ON "tenant"."playlist_items" USING btree ("organization_id","playlist_id","position","id");--> statement-breakpoint
CREATE INDEX "playlist_items_by_asset" ON "tenant"."playlist_items" USING btree ("organization_id","asset_id","playlist_id");--> statement-breakpoint
CREATE UNIQUE INDEX "playlists_name" ON "tenant"."playlists" USING btree ("organization_id","name") WHERE is_active;--> statement-breakpoint
CREATE INDEX "playlists_by_time" ON "tenant"."playlists" USING btree ("organization_id","is_active","created_at","id");--> statement-breakpoint
CREATE INDEX "playlists_by_name" ON "tenant"."playlists" USING btree ("organization_id","is_active","name","id");--> statement-breakpoint
CREATE INDEX "plays_by_time" ON "tenant"."plays" USING brin ("organization_id","started_at");--> statement-breakpoint
CREATE INDEX "plays_hourly_by_hour" ON "tenant"."plays_hourly" USING btree ("organization_id","hour","asset_id");--> statement-breakpoint
CREATE INDEX "plays_hourly_by_device" ON "tenant"."plays_hourly" USING btree ("organization_id","device_id","hour");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_id" ON "system"."sessions" USING btree ("id");--> statement-breakpoint
CREATE INDEX "sessions_by_user" ON "system"."sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_by_expiry" ON "system"."sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "system"."users" USING btree ("email");