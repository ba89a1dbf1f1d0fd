ALTER TABLE "tenant"."memberships" ADD COLUMN "muted_notifications" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD COLUMN "muted_notifications" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD COLUMN "plan_notices" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant"."memberships" ADD CONSTRAINT "memberships_muted_notifications" CHECK (muted_notifications <@ array['invitationAccepted', 'memberLeft', 'planNearLimit', 'domainRecord']);--> statement-breakpoint
ALTER TABLE "tenant"."organizations" ADD CONSTRAINT "organizations_muted_notifications" CHECK (muted_notifications <@ array['invitationAccepted', 'memberLeft', 'planNearLimit', 'domainRecord']);