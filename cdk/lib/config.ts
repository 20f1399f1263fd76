/** The configuration of one environment: `config/<env>.yaml`, checked before anything is built. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const accountId = z.string().regex(/^\d{12}$/, "must be 12 digits, in quotes");
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region such as eu-west-1");
const unitOrRoot = z
  .string()
  .regex(/^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/, "must be ou-... or r-...");
const unit = z.string().regex(/^ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/, "must be ou-...");
const filter = <T extends z.ZodType>(item: T) =>
  z.strictObject({ include: z.array(item).default([]), exclude: z.array(item).default([]) }).prefault({});
/** Days for which CloudWatch Logs can keep a log group (`PutRetentionPolicy`). */
const LOG_DAYS = [7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653];
const days = z.number().int().min(1);
const concurrency = z.number().int().min(1).optional();

const organization = z.strictObject({
  id: z.string().regex(/^o-[a-z0-9]{10,32}$/, "must be o-..."),
  /** How the StackSet is managed: from the management account, or as a delegated administrator. */
  callAs: z.enum(["SELF", "DELEGATED_ADMIN"]),
  /** Units, or the root, whose accounts get the audit role; new accounts get it on arrival. */
  roleTargets: z.array(unitOrRoot).min(1),
});

const sweep = z
  .strictObject({
    accounts: filter(accountId),
    organizationalUnits: filter(unit),
    regions: filter(region),
    services: z.array(z.enum(["s3", "kms", "sg"])).default([]),
  })
  .prefault({});

const schedule = z.strictObject({
  enabled: z.boolean().default(true),
  expression: z.string().regex(/^(cron|rate)\(.+\)$/, "must be cron(...) or rate(...)"),
  timezone: z.string().refine(isTimeZone, "must be a time zone such as Europe/Zurich"),
  flexibleMinutes: z.number().int().min(0).max(1440).default(0),
  /** A run must have started within so many hours; the alarm on it needs whole days beyond one. */
  atLeastEveryHours: z
    .number()
    .int()
    .refine(
      (h) => (h >= 1 && h <= 24) || (h % 24 === 0 && h <= 168),
      "must be 1 to 24, or whole days up to 168",
    ),
});

const externalId = z.union([
  z.strictObject({
    value: z.string().regex(/^[\w+=,.@:/-]{8,1224}$/, "must be 8 to 1224 of letters, digits, +=,.@:/-"),
  }),
  z.strictObject({
    parameter: z.string().regex(/^\/[\w./-]+$/, "must be the name of an SSM parameter, with its path"),
  }),
]);

const schema = z
  .strictObject({
    /** Prefix of every name. */
    name: z.string().regex(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/, "must be 3 to 20 of a-z, 0-9, -"),
    /** The audit account and region that orgsweep is deployed into. */
    account: accountId,
    region,
    production: z.boolean(),
    organization,
    sweep,
    schedule,
    concurrency: z
      .strictObject({
        accounts: z.number().int().min(1).max(1000).default(25),
        reserved: z
          .strictObject({
            enumerate: concurrency,
            "audit-s3": concurrency,
            "audit-kms": concurrency,
            "audit-sg": concurrency,
            aggregate: concurrency,
          })
          .prefault({}),
      })
      .prefault({}),
    retention: z.strictObject({
      logDays: z.number().refine((n) => LOG_DAYS.includes(n), `must be one of ${LOG_DAYS.join(", ")}`),
      reportDays: days,
      accessLogDays: days,
    }),
    securityHub: z.enum(["member", "central", "off"]),
    externalId,
    notifications: z
      .strictObject({
        emails: z.array(z.email()).default([]),
        /** Which ends of a run are told. */
        statuses: z
          .array(z.enum(["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]))
          .min(1)
          .default(["FAILED", "TIMED_OUT", "ABORTED"]),
      })
      .prefault({}),
    /** The share of scopes that a run must have seen completely. */
    minimumCoveragePercent: z.number().min(0).max(100),
    logLevel: z.enum(["error", "warn", "info", "debug", "trace"]).default("info"),
    architecture: z.enum(["arm64", "x86_64"]),
    deployment: z.enum(["gradual", "all-at-once"]),
    tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}),
    /** Name of a managed policy that bounds every role, in the audit account and in the members. */
    permissionsBoundary: z
      .string()
      .regex(/^[\w+=,.@-]{1,128}$/)
      .optional(),
    codeSigning: z.strictObject({ profileVersionArn: z.string().startsWith("arn:") }).optional(),
    vpc: z
      .strictObject({
        cidr: z.cidrv4(),
        availabilityZones: z.array(z.string()).min(2).max(3),
      })
      .optional(),
    /** Parameters of the controls: given to the functions as they are. */
    parameters: z.record(z.string(), z.unknown()).default({}),
    /** Folder of custom Rego policies, relative to the configuration file. */
    policies: z.string().optional(),
  })
  .superRefine((config, context) => {
    const { include } = config.sweep.regions;
    if (config.vpc && !(include.length === 1 && include[0] === config.region)) {
      context.addIssue({
        code: "custom",
        path: ["sweep", "regions", "include"],
        message: `must be [${config.region}] with a vpc: endpoints do not reach other regions`,
      });
    }
  });

/** The configuration of one environment. */
export type Config = z.infer<typeof schema>;

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
    return result.data;
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
