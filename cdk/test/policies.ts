/** The policies of a synthesized environment, with intrinsic functions written out. */
import { memberRoleTemplate } from "../lib/member-role.ts";
import { resources, type Synthesized } from "./synthesized.ts";

/** One statement of a policy. */
export interface Statement {
  Effect: string;
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, unknown>>;
  Principal?: Record<string, unknown>;
  Sid?: string;
}

const ARN_OF: Record<string, string> = {
  "AWS::DynamoDB::Table": "arn:aws:dynamodb:eu-west-1:111122223333:table/",
  "AWS::IAM::Role": "arn:aws:iam::111122223333:role/",
  "AWS::KMS::Key": "arn:aws:kms:eu-west-1:111122223333:key/",
  "AWS::Lambda::Alias": "arn:aws:lambda:eu-west-1:111122223333:function:",
  "AWS::Logs::LogGroup": "arn:aws:logs:eu-west-1:111122223333:log-group:",
  "AWS::S3::Bucket": "arn:aws:s3:::",
  "AWS::SNS::Topic": "arn:aws:sns:eu-west-1:111122223333:",
  "AWS::SQS::Queue": "arn:aws:sqs:eu-west-1:111122223333:",
  "AWS::SecretsManager::Secret": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:",
  "AWS::StepFunctions::StateMachine": "arn:aws:states:eu-west-1:111122223333:stateMachine:",
};
const REF_IS_ARN = [
  "AWS::Lambda::Alias",
  "AWS::SNS::Topic",
  "AWS::SecretsManager::Secret",
  "AWS::StepFunctions::StateMachine",
];
const PSEUDO: Record<string, string> = {
  "AWS::Partition": "aws",
  "AWS::AccountId": "111122223333",
  "AWS::Region": "eu-west-1",
  "AWS::URLSuffix": "amazonaws.com",
};

/** Writes `Ref`, `Fn::GetAtt`, `Fn::Join` and `Fn::Sub` out, as well as a template alone can. */
// biome-ignore lint/suspicious/noExplicitAny: a template's values are whatever they are
export function written(template: any, value: any): any {
  if (Array.isArray(value)) {
    return value.map((it) => written(template, it));
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (value["Fn::Join"]) {
    const [separator, parts] = value["Fn::Join"];
    return parts.map((part: unknown) => written(template, part)).join(separator);
  }
  if (value["Fn::Sub"]) {
    return value["Fn::Sub"].replace(/\$\{([^}]+)\}/g, (_: string, name: string) => PSEUDO[name] ?? name);
  }
  const id = value.Ref ?? value["Fn::GetAtt"]?.[0];
  if (typeof id === "string") {
    const arn = ARN_OF[template.Resources?.[id]?.Type] ?? "";
    const named = value.Ref && !REF_IS_ARN.includes(template.Resources?.[id]?.Type);
    return (
      PSEUDO[id] ??
      (named || value["Fn::GetAtt"]?.[1] === "Name"
        ? id
        : `${arn}${id}${arn.includes(":log-group:") ? ":*" : ""}`)
    );
  }
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, written(template, it)]));
}

/** Identity policies by the construct that has them: `FunctionsEnumerateRole`, ... */
export function identityPolicies(it: Synthesized): Record<string, Statement[]> {
  const template = it.template.toJSON();
  const found: Record<string, Statement[]> = { MemberRole: memberStatements() };
  for (const type of ["AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::Role"]) {
    for (const [id, { Properties }] of resources(it, type)) {
      const inline = Properties.PolicyDocument ? [Properties.PolicyDocument] : [];
      const more = (Properties.Policies ?? []).map(
        (policy: { PolicyDocument: object }) => policy.PolicyDocument,
      );
      const statements = [...inline, ...more].flatMap((document) => statementsOf(template, document));
      if (statements.length > 0) {
        found[id.replace(/(DefaultPolicy)?[0-9A-F]{8}$/, "")] = statements;
      }
    }
  }
  return found;
}

/** The statements of the audit role. */
export function memberStatements(): Statement[] {
  // biome-ignore lint/suspicious/noExplicitAny: a template's values are whatever they are
  const template = memberRoleTemplate() as any;
  return statementsOf(template, template.Resources.AuditRole.Properties.Policies[0].PolicyDocument);
}

/** The statements of a document, written out, with lists where IAM allows one value. */
export function statementsOf(template: object, document: object): Statement[] {
  const list = (value: unknown) => (Array.isArray(value) ? value : [value]);
  const { Statement: statements } = written(template, document);
  return statements.map((it: Statement) => ({ ...it, Action: list(it.Action), Resource: list(it.Resource) }));
}
