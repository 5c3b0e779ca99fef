import { describe, expect, test } from "vitest";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { configObjectsOf } from "../../workload/config-objects.ts";
import { configLookup, NO_CONFIG } from "./config-lookup.ts";
import { hasUnknownNames, trialSubject } from "./subject.ts";
import { type TrialWishes, wishesFor } from "./wishes.ts";

const image = imageFacts({
  config: { entrypoint: ["/app"], cmd: ["serve"], env: ["PATH=/bin", "LANG=C"] },
});
const config = configLookup(
  configObjectsOf(
    Buffer.from("{apiVersion: v1, kind: Secret, metadata: {name: keys}, stringData: {KEY: k}}"),
  ),
  "portal",
);

function subject(spec: ContainerFacts | undefined, wishes: TrialWishes = {}) {
  const { argv, envNames, mounts } = trialSubject({ image, spec, wishes, config });
  return { argv: argv.join(" "), envNames: envNames.join(" "), mounts: mounts.join(" ") };
}

describe("what a trial is bound to", () => {
  test.each<[ContainerFacts | undefined, TrialWishes, Partial<ReturnType<typeof subject>>]>([
    [undefined, {}, { argv: "/app serve", envNames: "HOSTNAME LANG PATH", mounts: "/tmp" }],
    [undefined, { args: ["work"], env: { A: "1" } }, { argv: "/app work", envNames: "A HOSTNAME LANG PATH" }],
    [{ args: ["own"] }, { args: ["work"] }, { argv: "/app own", mounts: "" }],
    [{ command: ["/x", "$(A)"], env: [{ name: "A", value: "1" }] }, {}, { argv: "/x 1" }],
    [
      {
        command: ["/x", "$(A)"],
        env: [{ name: "A", valueFrom: { secretKeyRef: { name: "keys", key: "KEY" } } }],
      },
      {},
      { argv: "/x $(A)", envNames: "A HOSTNAME LANG PATH" },
    ],
    [
      { envFrom: [{ secretRef: { name: "keys" }, prefix: "P_" }] },
      {},
      { envNames: "HOSTNAME LANG PATH P_KEY" },
    ],
  ])("%#", (spec, wishes, expected) => {
    expect(subject(spec, wishes)).toMatchObject(expected);
  });

  test("names that nobody can tell are known to be unknown", () => {
    const spec = { envFrom: [{ secretRef: { name: "keys" } }] };
    expect(hasUnknownNames({ spec, config })).toBe(false);
    expect(hasUnknownNames({ spec, config: NO_CONFIG })).toBe(true);
    expect(hasUnknownNames({ spec: undefined, config: NO_CONFIG })).toBe(false);
  });

  test("an object of another namespace is another one", () => {
    const text =
      "{apiVersion: v1, kind: Secret, metadata: {name: keys, namespace: other}, stringData: {KEY: k}}";
    const objects = configObjectsOf(Buffer.from(text));
    expect(configLookup(objects, "portal")("Secret", "keys")).toBeUndefined();
    expect(configLookup(objects, "other")("Secret", "keys")?.name).toBe("keys");
    expect(configLookup(objects, undefined)("Secret", "keys")?.name).toBe("keys");
  });

  test("wishes for one container stand in place of those for all", () => {
    const wishes = { ports: [1], settle: 1, containers: { web: { ports: [2] }, "": {} } };
    expect(wishesFor(wishes, "web")).toEqual({ ports: [2], settle: 1 });
    expect(wishesFor(wishes, "toString")).toEqual({ ports: [1], settle: 1 });
    expect(wishesFor(wishes, undefined)).toEqual({ ports: [1], settle: 1 });
  });
});
