import { defineConfig } from "vitest/config";

// One process and one module cache: the template is synthesized once for all files.
export default defineConfig({
  test: { include: ["test/**/*.test.ts"], isolate: false, fileParallelism: false, testTimeout: 600_000 },
});
