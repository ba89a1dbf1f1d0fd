CREATE TABLE "tenant"."data_keys" (
	"organization_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"wrapped_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "data_keys_pkey" PRIMARY KEY("organization_id","number"),
	CONSTRAINT "data_keys_number" CHECK (number > 0)
);
--> statement-breakpoint
CREATE TABLE "system"."data_keys" (
	"number" integer PRIMARY KEY NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"wrapped_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tenant"."data_keys" ADD CONSTRAINT "data_keys_organization" FOREIGN KEY ("organization_id") REFERENCES "tenant"."organizations"("organization_id") ON DELETE cascade ON UPDATE no action;