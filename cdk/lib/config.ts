/** The configuration of one environment: `config/<env>.yaml`, checked before anything is built. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { z } from "zod";
import { FUNCTIONS } from "./function-names.ts";

const accountId = z.string().regex(/^\d{12}$/, "must be 12 digits, in quotes");
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region such as eu-west-1");
const unitOrRoot = z
  .string()
  .regex(/^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/, "must be ou-... or r-...");
const filter = <T extends z.ZodType>(item: T) =>
  z.strictObject({ include: z.array(item).default([]), exclude: z.array(item).default([]) }).prefault({});
/** Days for which CloudWatch Logs can keep a log group (`PutRetentionPolicy`). */
const LOG_DAYS = [7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653];

const sweep = z
  .strictObject({
    accounts: filter(accountId),
    organizational_units: filter(unitOrRoot),
    account_tags: z
      .strictObject({
        include: z.record(z.string(), z.array(z.string())).default({}),
        exclude: z.record(z.string(), z.array(z.string())).default({}),
      })
      .prefault({}),
    regions: filter(region),
    services: z.array(z.enum(["s3", "kms", "sg"])).default([]),
  })
  .prefault({});

const deployment = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/, "must be 3 to 20 of a-z, 0-9, -")
      .default("orgsweep"),
    account: accountId,
    region,
    management_account: accountId,
    organization_id: z.string().regex(/^o-[a-z0-9]{10,32}$/, "must be o-..."),
    organizational_units: z.array(unitOrRoot).min(1),
    audit_role_name: z
      .string()
      .regex(/^[\w+=,.@-]{1,64}$/)
      .default("orgsweep-audit"),
    schedule: z
      .string()
      .regex(/^(cron|rate)\(.+\)$/, "must be cron(...) or rate(...)")
      .nullish(),
    schedule_timezone: z
      .string()
      .refine(isTimeZone, "must be a time zone such as Europe/Zurich")
      .default("UTC"),
    schedule_window_minutes: z.number().int().min(0).max(1440).default(0),
    run_at_least_every_hours: z
      .number()
      .int()
      .refine(
        (h) => (h >= 1 && h <= 24) || (h % 24 === 0 && h <= 168),
        "must be 1 to 24, or whole days up to 168",
      )
      .default(24),
    sweep,
    account_concurrency: z.number().int().min(1).max(10_000).default(25),
    reserved_concurrency: z.partialRecord(z.enum(FUNCTIONS), z.number().int().min(1)).default({}),
    security_hub: z.enum(["member", "central", "off"]).default("member"),
    notify: z.array(z.email()).default([]),
    notify_on: z
      .array(z.enum(["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]))
      .min(1)
      .default(["FAILED", "TIMED_OUT", "ABORTED"]),
    mail: z
      .strictObject({
        from: z.email(),
        to: z.array(z.email()).min(1).max(50),
        identity: z
          .string()
          .regex(/^[\w.@-]+$/, "must be the domain or address that SES has verified")
          .nullish(),
      })
      .nullish(),
    minimum_coverage_percent: z.number().int().min(0).max(100).default(95),
    api: z
      .strictObject({
        requests_per_second: z.number().int().min(1).max(100).default(2),
        burst: z.number().int().min(1).max(100).default(5),
      })
      .nullish(),
    log_level: z.enum(["error", "warn", "info", "debug", "trace"]).default("info"),
    log_retention_days: z
      .number()
      .refine((n) => LOG_DAYS.includes(n), `must be one of ${LOG_DAYS.join(", ")}`)
      .default(90),
    report_retention_days: z.number().int().min(1).default(90),
    retain: z.boolean().default(true),
    architecture: z.enum(["arm64", "x86_64"]).default("arm64"),
    gradual: z.boolean().default(true),
    tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}),
    permissions_boundary: z
      .string()
      .regex(/^[\w+=,.@-]{1,128}$/, "must be the name of a policy")
      .nullish(),
    code_signing_profile: z.string().startsWith("arn:").nullish(),
    vpc: z
      .strictObject({ cidr: z.cidrv4(), availability_zones: z.array(z.string()).min(2).max(3) })
      .nullish(),
  })
  .superRefine((it, context) => {
    const { include } = it.sweep.regions;
    if (it.vpc && !(include.length === 1 && include[0] === it.region)) {
      context.addIssue({
        code: "custom",
        path: ["sweep", "regions", "include"],
        message: `must be [${it.region}] with a vpc: endpoints do not reach other regions`,
      });
    }
  });

const schema = z.strictObject({
  environment: z.string().min(1),
  deployment,
  parameters: z.record(z.string(), z.unknown()).default({}).superRefine(checkParameters),
  policies: z.string().nullish(),
});

/** What the schema of the functions' crates says of the parameters of controls. */
const SCHEMA = JSON.parse(readFileSync(new URL("../config/schema.json", import.meta.url), "utf8"));
const parametersSchema = new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).compile({
  $ref: "#/$defs/Parameters",
  $defs: SCHEMA.$defs,
});

function checkParameters(parameters: unknown, context: z.RefinementCtx): void {
  if (!parametersSchema(parameters)) {
    for (const { instancePath, params, message } of parametersSchema.errors ?? []) {
      const path = [
        ...instancePath.split("/").slice(1),
        ...("additionalProperty" in params ? [params.additionalProperty] : []),
      ];
      context.addIssue({ code: "custom", path, message: message ?? "cannot be used" });
    }
  }
}

/** The configuration of one environment, checked, with defaults filled in. */
export type Config = z.infer<typeof deployment> & Pick<z.infer<typeof schema>, "parameters" | "policies">;

/** A configuration that cannot be used; the message names every key at fault. */
export class ConfigError extends Error {}

/** Reads `path`. Throws {@link ConfigError}. */
export function loadConfig(path: string): Config {
  return checkConfig(path, parse(readFileSync(path, "utf8")));
}

/** Checks what was read from `path`. Throws {@link ConfigError}. */
export function checkConfig(path: string, value: unknown): Config {
  const result = schema.safeParse(value);
  if (result.success) {
    const { deployment, parameters, policies } = result.data;
    return { ...deployment, parameters, policies };
  }
  const problems = result.error.issues.flatMap(describe);
  throw new ConfigError(`\`${path}\` cannot be used:\n${problems.map((line) => `  ${line}`).join("\n")}`);
}

function describe(issue: z.core.$ZodIssue): string[] {
  const key = (parts: PropertyKey[]) => `\`${parts.join(".")}\``;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((name) => `${key([...issue.path, name])} is not a setting`);
  }
  return [`${key(issue.path)} ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`];
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
