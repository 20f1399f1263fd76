/** The layer with what the operator decided: parameters of the controls, scope, suppressions, and custom policies. */
import { cpSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code, LayerVersion } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import type { Config } from "./config.ts";

/** Where the functions find the layer's files. */
export const CONFIG_DIR = "/opt/orgsweep";

/** The layer; `policies` is a folder of Rego files. */
export function settingsLayer(scope: Construct, config: Config, policies?: string): LayerVersion {
  return new LayerVersion(scope, "Settings", {
    layerVersionName: `${config.name}-settings`,
    description: "Parameters of the controls, scope, suppressions and custom policies",
    code: Code.fromAsset(layerFolder(config, policies)),
  });
}

/** Writes the layer's files; Lambda unpacks them below `/opt`. */
export function layerFolder(config: Config, policies?: string): string {
  const root = mkdtempSync(join(tmpdir(), "orgsweep-settings-"));
  const folder = join(root, "orgsweep");
  mkdirSync(folder);
  const write = (name: string, value: unknown) =>
    writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
  write("parameters.json", config.parameters);
  write("scope.json", config.sweep);
  write("suppressions.json", config.suppressions);
  if (policies) {
    cpSync(policies, join(folder, "policies"), { recursive: true, filter: isFolderOrPolicy });
  }
  return root;
}

/** Tests and fixtures of policies stay behind. */
function isFolderOrPolicy(path: string): boolean {
  return statSync(path).isDirectory() || (path.endsWith(".rego") && !path.endsWith("_test.rego"));
}
