/** The two tables, as `crates/aws/tables.json` describes them. */
import { readFileSync } from "node:fs";
import { RemovalPolicy } from "aws-cdk-lib";
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { Config } from "./config.ts";

/** Items with this attribute, in seconds since 1970, are deleted after that time. */
export const EXPIRY_ATTRIBUTE = "expires_at";

interface KeyElement {
  AttributeName: string;
  KeyType: "HASH" | "RANGE";
}

/** What DynamoDB's `CreateTable` takes, as far as it is used. */
export interface TableDescription {
  AttributeDefinitions: { AttributeName: string; AttributeType: "S" | "N" | "B" }[];
  KeySchema: KeyElement[];
  GlobalSecondaryIndexes?: { IndexName: string; KeySchema: KeyElement[] }[];
}

/** The committed description of both tables. */
export const TABLES: Record<"findings" | "runs", TableDescription> = JSON.parse(
  readFileSync(new URL("../../crates/aws/tables.json", import.meta.url), "utf8"),
);

/** The findings table and the runs table. */
export class Tables extends Construct {
  readonly findings: Table;
  readonly runs: Table;

  constructor(scope: Construct, config: Config, key: IKey) {
    super(scope, "Tables");
    this.findings = this.table(config, key, "findings");
    this.runs = this.table(config, key, "runs");
  }

  private table(config: Config, key: IKey, name: "findings" | "runs"): Table {
    const description = TABLES[name];
    const table = new Table(this, name, {
      tableName: `${config.name}-${name}`,
      ...keys(description, description.KeySchema),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: config.retain,
      removalPolicy: config.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      timeToLiveAttribute: EXPIRY_ATTRIBUTE,
    });
    for (const index of description.GlobalSecondaryIndexes ?? []) {
      table.addGlobalSecondaryIndex({
        indexName: index.IndexName,
        ...keys(description, index.KeySchema),
        projectionType: ProjectionType.ALL,
      });
    }
    return table;
  }
}

function keys(
  description: TableDescription,
  schema: KeyElement[],
): { partitionKey: Attribute; sortKey?: Attribute } {
  const partitionKey = attribute(description, schema, "HASH");
  const sortKey = attribute(description, schema, "RANGE");
  if (!partitionKey) {
    throw new Error("a key schema of `tables.json` has no HASH key");
  }
  return sortKey ? { partitionKey, sortKey } : { partitionKey };
}

function attribute(description: TableDescription, schema: KeyElement[], type: KeyElement["KeyType"]) {
  const name = schema.find((key) => key.KeyType === type)?.AttributeName;
  const found = description.AttributeDefinitions.find((it) => it.AttributeName === name);
  const types = { S: AttributeType.STRING, N: AttributeType.NUMBER, B: AttributeType.BINARY };
  return found && { name: found.AttributeName, type: types[found.AttributeType] };
}
