/**
 * The configuration of one environment: `config/<env>.yaml`, checked before anything is built. What it may say is written
 * once, in the types of `crates/configuration`; `config/schema.json` is made from them, and so are the defaults.
 */
import { readFileSync } from "node:fs";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { parse } from "yaml";
import type { FunctionName } from "./function-names.ts";
import { problemsOf, type Suppression } from "./suppressions.ts";

/** Which values are in; a denial wins over an inclusion. */
interface Filter {
  include?: string[];
  exclude?: string[];
}

/** `deployment` of the file, with defaults. */
export interface Deployment {
  name: string;
  account: string;
  region: string;
  management_account: string;
  organization_id: string;
  organizational_units: string[];
  audit_role_name: string;
  schedule: string | null;
  schedule_timezone: string;
  schedule_window_minutes: number;
  run_at_least_every_hours: number;
  sweep: {
    accounts: Filter;
    organizational_units: Filter;
    account_tags: { include: Record<string, string[]>; exclude: Record<string, string[]> };
    regions: Filter;
    services: string[];
  };
  account_concurrency: number;
  reserved_concurrency: Partial<Record<FunctionName, number>>;
  security_hub: "member" | "central" | "off";
  notify: string[];
  notify_on: string[];
  mail: { from: string; to: string[]; identity: string | null } | null;
  minimum_coverage_percent: number;
  api: { requests_per_second: number; burst: number } | null;
  log_level: string;
  log_retention_days: number;
  report_retention_days: number;
  table_retention_days: number;
  retain: boolean;
  architecture: "arm64" | "x86_64";
  gradual: boolean;
  tags: Record<string, string>;
  permissions_boundary: string | null;
  code_signing_profile: string | null;
  opa: { url: string; token_secret: string | null; token_key: string | null } | null;
  vpc: { cidr: string; availability_zones: string[] } | null;
}

/** The configuration of one environment, checked. Parameters are those of the file: their defaults are the functions' matter. */
export interface Config extends Deployment {
  parameters: Record<string, unknown>;
  suppressions: Suppression[];
  policies: string | null;
}

/** A configuration that cannot be used; the message names every key at fault. */
export class ConfigError extends Error {}

const ajv = new Ajv2020({ allErrors: true, strict: false, useDefaults: true, verbose: true });
ajv.addFormat("time-zone", isTimeZone);
for (const bounds of ["uint16", "uint32"]) {
  ajv.addFormat(bounds, true); // The schema has the bounds as numbers too, where they are narrower than those of JSON.
}
const SCHEMA = JSON.parse(readFileSync(new URL("../config/schema.json", import.meta.url), "utf8"));
const matches = ajv.compile<{ deployment: Deployment; suppressions: Suppression[]; policies: string | null }>(
  SCHEMA,
);

/** Reads `path`. Throws {@link ConfigError}. */
export function loadConfig(path: string): Config {
  let document: unknown;
  try {
    document = parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw refusal(path, [`this is not YAML: ${error instanceof Error ? error.message : error}`]);
  }
  return checkConfig(path, document);
}

/** Checks what was read from `path`. Throws {@link ConfigError}. */
export function checkConfig(path: string, value: unknown): Config {
  const filled = structuredClone(value);
  if (!matches(filled)) {
    throw refusal(path, [...new Set((matches.errors ?? []).map(describe))]);
  }
  const { deployment, suppressions, policies } = filled;
  const { include = [] } = deployment.sweep.regions;
  if (deployment.vpc && !(include.length === 1 && include[0] === deployment.region)) {
    const expected = `must be [${deployment.region}] with a vpc: endpoints do not reach other regions`;
    throw refusal(path, [`\`deployment.sweep.regions.include\` ${expected}`]);
  }
  const broken = problemsOf(suppressions);
  if (broken.length > 0) {
    throw refusal(path, broken);
  }
  const { parameters = {} } = value as { parameters?: Record<string, unknown> };
  return { ...deployment, parameters, suppressions, policies };
}

function refusal(path: string, problems: string[]): ConfigError {
  return new ConfigError(`\`${path}\` cannot be used:\n${problems.map((line) => `  ${line}`).join("\n")}`);
}

/** An error in words: the key, and what it must be. */
function describe({ instancePath, keyword, params, message, parentSchema }: ErrorObject): string {
  const path = instancePath.split("/").slice(1);
  const key = (...more: string[]) => `\`${[...path, ...more].join(".")}\``;
  switch (keyword) {
    case "additionalProperties":
      return `${key(params.additionalProperty)} is not a setting`;
    case "required":
      return `${key(params.missingProperty)} is missing`;
    case "enum":
      return `${key()} must be one of ${params.allowedValues.join(", ")}`;
    case "pattern":
    case "format":
      return `${key()} ${parentSchema?.description ?? message}`;
    default:
      return `${key()} ${message}`;
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
