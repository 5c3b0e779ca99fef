import { describe, expect, test } from "vitest";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import type {
  ContainerFacts,
  PodSecurityContextFacts,
  SecurityContextFacts,
} from "../../contract/pod-facts.ts";
import type { TrialUser } from "../../contract/trial-subject.ts";
import { givenObjectsOf } from "../../workload/given-objects.ts";
import { configLookup, NO_CONFIG } from "./namespace-objects.ts";
import { settingsFor, type TrialSettings } from "./settings.ts";
import { hasUnknownNames, trialSubject } from "./subject.ts";

const image = imageFacts({
  config: { entrypoint: ["/app"], cmd: ["serve"], env: ["PATH=/bin", "LANG=C"] },
});
const config = configLookup(
  givenObjectsOf(Buffer.from("{apiVersion: v1, kind: Secret, metadata: {name: keys}, stringData: {KEY: k}}"))
    .config,
  "portal",
);

function subject(spec: ContainerFacts | undefined, settings: TrialSettings = {}) {
  const sources = { image, spec, securityContext: undefined, settings, config };
  const { argv, envNames, mounts } = trialSubject(sources);
  return { argv: argv.join(" "), envNames: envNames.join(" "), mounts: mounts.join(" ") };
}

describe("what a trial is bound to", () => {
  test.each<[ContainerFacts | undefined, TrialSettings, Partial<ReturnType<typeof subject>>]>([
    [undefined, {}, { argv: "/app serve", envNames: "HOSTNAME LANG PATH", mounts: "/tmp" }],
    [undefined, { args: ["work"], env: { A: "1" } }, { argv: "/app work", envNames: "A HOSTNAME LANG PATH" }],
    [{ args: ["own"] }, { args: ["work"] }, { argv: "/app own", mounts: "" }],
    [undefined, { args: ["--token", "Xk29vLqPz7Rt"] }, { argv: "/app --token …(12)" }],
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
  ])("%#", (spec, settings, expected) => {
    expect(subject(spec, settings)).toMatchObject(expected);
  });

  test("settings change no word of a manifest's command; of an image alone their values are in no evidence", () => {
    const spec = { command: ["/x", "$(MODE)"], env: [{ name: "MODE", value: "production" }] };
    expect(subject(spec, { env: { MODE: "hunter2" } }).argv).toBe("/x production");
    expect(subject(undefined, { args: ["$(MODE)"], env: { MODE: "hunter2" } }).argv).toBe("/app $(MODE)");
  });

  test("a variable of the image without a value is none", () => {
    const of = { ...image, config: { ...image.config, env: ["PATH", "A=1", "B"] } };
    const sources = { image: of, spec: {}, securityContext: undefined, settings: {}, config };
    expect(trialSubject(sources).envNames).toEqual(["A", "HOSTNAME"]);
  });

  const plain = { runAs: "1000", supplementalGroups: [] };
  test.each<[string, PodSecurityContextFacts | undefined, SecurityContextFacts | undefined, TrialUser]>([
    ["1000:1000", undefined, undefined, plain],
    ["app:media", undefined, {}, { ...plain, runAs: "app" }],
    ["", {}, undefined, { ...plain, runAs: "0" }],
    ["app", { runAsUser: 1_000 }, undefined, plain],
    ["app", { runAsUser: 5, runAsGroup: 6 }, { runAsUser: 1_000 }, { ...plain, runAsGroup: 6 }],
    ["1000", { runAsGroup: 6 }, { runAsGroup: 0 }, { ...plain, runAsGroup: 0 }],
    [
      "1000",
      { fsGroup: 2_000, supplementalGroups: [9, 8, 9] },
      {},
      { ...plain, fsGroup: 2_000, supplementalGroups: [8, 9] },
    ],
  ])("the user %j of the image, pod %j, container %j", (user, securityContext, own, expected) => {
    const spec = own === undefined ? undefined : { securityContext: own };
    const of = { ...image, config: { ...image.config, user } };
    expect(trialSubject({ image: of, spec, securityContext, settings: {}, config }).user).toEqual(expected);
  });

  test("the directory and the capabilities are the effective ones", () => {
    const of = (spec: ContainerFacts | undefined, workingDir = "") => {
      const other = { ...image, config: { ...image.config, workingDir } };
      const sources = { image: other, spec, securityContext: undefined, settings: {}, config };
      const { cwd, capabilities } = trialSubject(sources);
      return [cwd, ...capabilities];
    };
    expect(of(undefined)).toEqual(["/"]);
    expect(of({ workingDir: "" }, "/app")).toEqual(["/app"]);
    expect(of({ workingDir: "/srv" }, "/app")).toEqual(["/srv"]);
    const add = ["net_bind_service", "SYS_ADMIN"];
    expect(of({ securityContext: { capabilities: { add } } })).toEqual(["/", "CAP_NET_BIND_SERVICE"]);
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
    const objects = givenObjectsOf(Buffer.from(text)).config;
    expect(configLookup(objects, "portal")("Secret", "keys")).toBeUndefined();
    expect(configLookup(objects, "other")("Secret", "keys")?.name).toBe("keys");
    expect(configLookup(objects, undefined)("Secret", "keys")?.name).toBe("keys");
  });

  test("settings for one container stand in place of those for all", () => {
    const settings = { ports: [1], settle: 1, containers: { web: { ports: [2] }, "": {} } };
    expect(settingsFor(settings, "web")).toEqual({ ports: [2], settle: 1 });
    expect(settingsFor(settings, "toString")).toEqual({ ports: [1], settle: 1 });
    expect(settingsFor(settings, undefined)).toEqual({ ports: [1], settle: 1 });
  });
});
