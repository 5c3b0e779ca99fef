import { expect, test } from "vitest";
import { declaredHeaders, headerSecrets } from "./declared-headers.ts";

test.each([
  [[], {}],
  [[{ name: "Host", value: "app.example" }], { Host: ["app.example"] }],
  [
    [
      { name: "x-forwarded-for", value: "a" },
      { name: "X-FORWARDED-FOR", value: "b" },
    ],
    { "X-Forwarded-For": ["a", "b"] },
  ],
  [[{ name: "accept" }, {}], { Accept: [""], "": [""] }],
])("headers %j", (httpHeaders, expected) => {
  expect(declaredHeaders({ httpHeaders })).toEqual(expected);
});

test("credentials in headers of probes and hooks are masked later, other values are not", () => {
  const spec = (host: string, bearer: string, cookie: string) => ({
    startupProbe: { httpGet: { httpHeaders: [{ name: "Host", value: host }] } },
    readinessProbe: { httpGet: { httpHeaders: [{ name: "Authorization", value: bearer }] } },
    lifecycle: { preStop: { httpGet: { httpHeaders: [{ name: "Cookie", value: cookie }] } }, postStart: {} },
  });
  const raw = spec("application.example", "Bearer first-credential", "second-credential");
  expect(headerSecrets(raw, spec("application.example", "Bearer …", "…"))).toEqual([
    ["Authorization", "first-credential"],
    ["Cookie", "second-credential"],
  ]);
  expect(headerSecrets(raw, raw)).toEqual([]);
  expect(headerSecrets(undefined, undefined)).toEqual([]);
});
