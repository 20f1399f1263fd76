/** The functions, as their folders in `lambdas/` are called. */
export const FUNCTIONS = ["enumerate", "audit-s3", "audit-kms", "audit-sg", "aggregate"] as const;

/** One of the five functions. */
export type FunctionName = (typeof FUNCTIONS)[number];
