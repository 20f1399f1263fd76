/**
 * `npx tsx bin/synthesize.ts <configuration> <folder>`: writes the template of an environment and its assets,
 * without the functions' code. The tests and `make demo` deploy it into the emulated Organization.
 */
import { App } from "aws-cdk-lib";
import cdk from "../cdk.json" with { type: "json" };
import { loadConfig } from "../lib/config.ts";
import { placeholderCode } from "../lib/function-code.ts";
import { OrgsweepStack } from "../lib/orgsweep-stack.ts";

const [configPath, outdir] = process.argv.slice(2);
if (configPath === undefined || outdir === undefined) {
  throw new Error("usage: synthesize.ts <configuration> <folder>");
}
const app = new App({ context: cdk.context, outdir });
new OrgsweepStack(app, { config: loadConfig(configPath), configPath, code: placeholderCode() });
app.synth();
