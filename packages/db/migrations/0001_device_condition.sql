ALTER TABLE "tenant"."device_status" ADD COLUMN "condition" text;--> statement-breakpoint
ALTER TABLE "tenant"."device_status" ADD COLUMN "is_up_to_date" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."device_status" ADD COLUMN "checked_revision" bigint;--> statement-breakpoint
ALTER TABLE "tenant"."device_status" ADD CONSTRAINT "device_status_condition" CHECK (condition in ('playing', 'syncing', 'idle', 'trouble'));