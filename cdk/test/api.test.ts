import { describe, expect, test } from "vitest";
import { DOCUMENT, ROUTES } from "../lib/api.ts";
import { written } from "./policies.ts";
import { environments, resources } from "./synthesized.ts";

const { prod, dev } = environments();
const of = (type: string) => resources(prod, `AWS::ApiGatewayV2::${type}`).map(([, it]) => it.Properties);

describe("the API", () => {
  test("has the routes of its document, and every one wants a signature", () => {
    expect(Object.keys(ROUTES).sort()).toEqual(Object.keys(DOCUMENT.paths).sort());
    expect(
      of("Route")
        .map((it) => it.RouteKey)
        .sort(),
    ).toEqual(
      Object.keys(ROUTES)
        .map((path) => `POST ${path}`)
        .sort(),
    );
    expect(of("Route").map((it) => it.AuthorizationType)).toEqual(of("Route").map(() => "AWS_IAM"));
  });

  test("hands over in the format that the functions read, to the version that is live", () => {
    expect(of("Integration")).toHaveLength(3);
    for (const it of of("Integration")) {
      expect(it).toMatchObject({ PayloadFormatVersion: "2.0", TimeoutInMillis: 29_000 });
      expect(JSON.stringify(it.IntegrationUri)).toMatch(/Alias/);
    }
  });

  test("is throttled and logged, without bodies", () => {
    const [stage] = of("Stage");
    expect(stage.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 2, ThrottlingBurstLimit: 5 });
    const format = JSON.parse(stage.AccessLogSettings.Format);
    expect(Object.keys(format)).toContain("caller");
    expect(stage.AccessLogSettings.Format).not.toMatch(/body|authorizer\.|header/i);
  });

  test("lets itself into the functions by one route each", () => {
    const permissions = resources(prod, "AWS::Lambda::Permission").map(([, it]) => it.Properties);
    const sources = permissions.map((it) => written(prod.template.toJSON(), it.SourceArn));
    expect(permissions).toHaveLength(Object.keys(ROUTES).length);
    for (const path of Object.keys(ROUTES)) {
      expect(sources.filter((it: string) => it.endsWith(path))).toHaveLength(1);
    }
  });

  test("is there where it is wanted", () => {
    expect(resources(dev, "AWS::ApiGatewayV2::Api")).toEqual([]);
  });
});
