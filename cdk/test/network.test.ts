import { describe, expect, test } from "vitest";
import { environments, resources, synthesize } from "./synthesized.ts";

const { prod, closed } = environments();

describe("the network", () => {
  test("is not there unless the configuration asks for it", () => {
    prod.template.resourceCountIs("AWS::EC2::VPC", 0);
  });

  test("has no way to the internet", () => {
    for (const type of [
      "InternetGateway",
      "NatGateway",
      "EgressOnlyInternetGateway",
      "VPNGateway",
      "Route",
    ]) {
      closed.template.resourceCountIs(`AWS::EC2::${type}`, 0);
    }
    for (const [, { Properties }] of resources(closed, "AWS::EC2::Subnet")) {
      expect(Properties.MapPublicIpOnLaunch).toBe(false);
    }
  });

  test("reaches the services that the functions call", () => {
    const names = resources(closed, "AWS::EC2::VPCEndpoint").map(([, { Properties }]) =>
      endpoint(Properties.ServiceName),
    );
    expect(names.sort()).toEqual([
      "dynamodb",
      "ec2",
      "kms",
      "logs",
      "s3",
      "secretsmanager",
      "securityhub",
      "sts",
      "xray",
    ]);
  });

  test("holds the functions that need no Organizations, which has no endpoint in every region", () => {
    const outside = resources(closed, "AWS::Lambda::Function")
      .filter(([, { Properties }]) => !Properties.VpcConfig)
      .map(([, { Properties }]) => Properties.FunctionName);
    expect(outside).toEqual(["orgsweep-enumerate"]);
  });

  test("holds all functions in us-east-1, where Organizations has an endpoint", () => {
    const it = synthesize("prod", {
      region: "us-east-1",
      sweep: { ...prod.config.sweep, regions: { include: ["us-east-1"], exclude: [] } },
      vpc: { cidr: "10.20.0.0/24", availability_zones: ["us-east-1a", "us-east-1b"] },
    });
    for (const [id, { Properties }] of resources(it, "AWS::Lambda::Function")) {
      expect(Properties.VpcConfig, id).toBeDefined();
    }
    const names = resources(it, "AWS::EC2::VPCEndpoint").map(([, { Properties }]) =>
      endpoint(Properties.ServiceName),
    );
    expect(names).toContain("organizations");
  });

  test("serves nobody outside the Organization", () => {
    for (const [id, { Properties }] of resources(closed, "AWS::EC2::VPCEndpoint")) {
      const conditions = Properties.PolicyDocument.Statement.map(
        (it: { Condition?: object }) => it.Condition,
      );
      expect(conditions, id).toEqual([{ StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } }]);
    }
  });

  test("lets functions out over TLS only, and nothing in but to the endpoints", () => {
    const groups = resources(closed, "AWS::EC2::SecurityGroup").filter(([id]) => id.startsWith("Network"));
    const egress = groups.flatMap(([, { Properties }]) => Properties.SecurityGroupEgress ?? []);
    expect(egress.filter((it) => it.CidrIp === "0.0.0.0/0")).toEqual([
      expect.objectContaining({ IpProtocol: "tcp", FromPort: 443, ToPort: 443 }),
      expect.objectContaining({ IpProtocol: "tcp", FromPort: 8443, ToPort: 8443 }),
    ]);
    expect(groups.flatMap(([, { Properties }]) => Properties.SecurityGroupIngress ?? [])).toEqual([]);
    const ingress = resources(closed, "AWS::EC2::SecurityGroupIngress");
    expect(ingress.map(([, { Properties }]) => [Properties.FromPort, Properties.ToPort])).toEqual([
      [443, 443],
    ]);
  });

  test("logs its flows", () => {
    closed.template.hasResourceProperties("AWS::EC2::FlowLog", { TrafficType: "ALL" });
  });
});

/** The service of an endpoint's name: text, or text joined with the region. */
function endpoint(name: string | { "Fn::Join": [string, unknown[]] }): string {
  const text = typeof name === "string" ? name : name["Fn::Join"][1].join("");
  return text.split(".").at(-1) ?? "";
}
