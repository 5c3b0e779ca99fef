import { expect, test } from "vitest";
import type { ServerCertificate } from "../../server/http/certificate.ts";
import { watchCertificate } from "./certificate-files.ts";

const certificate = (name: string): ServerCertificate => ({
  cert: name,
  key: `${name}-key`,
  names: ["DNS:a"],
  from: 0,
  until: Date.parse("2026-09-15T00:00:00Z"),
});

test("a pair that changed is handed on; one that cannot be used is logged once, and the one before stays", async () => {
  const files: (ServerCertificate | Error)[] = [
    certificate("a"),
    new Error("key of another"),
    new Error("key of another"),
    certificate("b"),
    certificate("b"),
  ];
  const used: string[] = [];
  const logged: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  let reads = 0;
  const stop = watchCertificate(
    certificate("a"),
    async () => {
      const next = files[reads++];
      if (next === undefined) resolve();
      if (next instanceof Error) throw next;
      return next ?? certificate("b");
    },
    ({ cert }) => void used.push(cert),
    (level, message, fields) => void logged.push([level, message, fields]),
    1,
  );
  await promise;
  stop();
  expect(used).toEqual(["b"]);
  expect(logged).toEqual([
    [
      "error",
      "certificate not read again, the one before is used",
      expect.objectContaining({ error: "key of another" }),
    ],
    ["info", "certificate changed", { until: "2026-09-15T00:00:00.000Z" }],
  ]);
});
