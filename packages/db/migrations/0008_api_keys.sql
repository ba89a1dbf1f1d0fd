ALTER TABLE "tenant"."api_keys" ADD COLUMN "networks" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."api_keys" ADD COLUMN "last_used_from" text;--> statement-breakpoint
ALTER TABLE "tenant"."api_keys" ADD COLUMN "replaced_by" uuid;--> statement-breakpoint
ALTER TABLE "tenant"."api_keys" ADD CONSTRAINT "api_keys_replaced_by" FOREIGN KEY ("organization_id","replaced_by") REFERENCES "tenant"."api_keys"("organization_id","id") ON DELETE no action ON UPDATE no action;