/** Where the functions' code comes from: folders that `make build-lambdas` filled. */
import { closeSync, existsSync, mkdtempSync, openSync, readSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { Config } from "./config.ts";
import type { FunctionName } from "./names.ts";

const BUILT = fileURLToPath(new URL("../../target/lambda", import.meta.url));

/** `e_machine` of an ELF file (its 19th byte and the next): 183 is AArch64, 62 is x86-64. */
const MACHINES: Record<number, Config["architecture"]> = { 183: "arm64", 62: "x86_64" };

/** Gives the code of a function. */
export type FunctionCode = (name: FunctionName) => Code;

/** The code that was built for `architecture`. Throws if it was not. */
export function builtCode(architecture: Config["architecture"], folder = BUILT): FunctionCode {
  return (name) => {
    const bootstrap = `${folder}/${name}/bootstrap`;
    const hint = `run \`make build-lambdas ARCH=${architecture}\``;
    if (!existsSync(bootstrap)) {
      throw new Error(`\`${bootstrap}\` is missing: ${hint}`);
    }
    const built = MACHINES[machine(bootstrap)];
    if (built !== architecture) {
      throw new Error(`\`${bootstrap}\` is built for ${built ?? "something else"}: ${hint}`);
    }
    return Code.fromAsset(`${folder}/${name}`);
  };
}

/** An empty program in place of every function: what is only synthesized needs no Rust. */
export function placeholderCode(): FunctionCode {
  const folder = mkdtempSync(join(tmpdir(), "orgsweep-placeholder-"));
  writeFileSync(join(folder, "bootstrap"), "");
  return () => Code.fromAsset(folder);
}

function machine(path: string): number {
  const header = Buffer.alloc(20);
  const file = openSync(path, "r");
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  return header.toString("latin1", 0, 4) === "\x7fELF" ? header.readUInt16LE(18) : 0;
}
