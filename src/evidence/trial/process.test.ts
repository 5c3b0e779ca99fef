import { describe, expect, test } from "vitest";
import { imageOf, openedImage } from "../../../test/fixtures/opened-image.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { TarEntry } from "../../image/tar/write.ts";
import { HIGHEST_ID } from "../../start/container-user.ts";
import { unpackLayers } from "../../trial/rootfs/unpack-layers.ts";
import { NO_CONFIG } from "./namespace-objects.ts";
import { trialProcess, trialUser } from "./process.ts";

const NONE = { pod: undefined, container: undefined };

async function unpacked(...entries: readonly TarEntry[]) {
  return unpackLayers(await openedImage(imageOf(entries)), { directory: temporaryDirectory() });
}

describe("whom a container on trial runs as", () => {
  test("is read from the accounts that its processes see, links followed", async () => {
    const layers = await unpacked(
      { path: "usr/lib/passwd", content: "app:x:1000:1001::/:\n" },
      { path: "etc/passwd", type: "symlink", link: "../usr/lib/passwd" },
      { path: "etc/group", content: "media:x:1500:app\n" },
    );
    expect(trialUser({ User: "app" }, layers, NONE)).toEqual({
      uid: 1_000,
      gid: 1_001,
      additionalGids: [1_001, 1_500],
    });
  });

  test("nobody, when the image does not know it, or no one can be it", async () => {
    const layers = await unpacked({ path: "etc/hostname", content: "x" });
    expect(() => trialUser({ User: "ghost" }, layers, NONE)).toThrow(/"ghost", is not in its/);
    const pod = { runAsUser: HIGHEST_ID + 1 };
    expect(() => trialUser({}, layers, { ...NONE, pod })).toThrow(/2147483648 is not a user/);
  });

  test("nobody, when that is root: the platform refuses it", async () => {
    const layers = await unpacked({ path: "etc/passwd", content: "app:x:0:0::/:\n" });
    for (const User of ["", "0", "app", "0:1000"]) {
      expect(() => trialUser({ User }, layers, NONE)).toThrow(/would run as root \(uid 0\)/);
    }
    const container = { runAsUser: 1_000 };
    expect(trialUser({ User: "0" }, layers, { ...NONE, container }).uid).toBe(1_000);
  });

  test("nobody, when the accounts are beyond the bound: the rest of the file may name another", async () => {
    const content = `${"#".repeat(LIMITS.accountFileBytes)}\napp:x:0:0`;
    const layers = await unpacked({ path: "etc/passwd", content });
    expect(() => trialUser({ User: "1000" }, layers, NONE)).toThrow(/accountFileBytes/);
    const short = await unpacked({ path: "etc/passwd", content: content.slice(0, LIMITS.accountFileBytes) });
    expect(trialUser({ User: "1000" }, short, NONE).uid).toBe(1_000);
  });
});

test("a command that Linux would refuse to start is not tried with another one in its place", () => {
  const value = "x".repeat(LIMITS.argvWordLength);
  const spec = { args: ["$(A)$(A)"], env: [{ name: "A", value }] };
  const environment = { spec, workload: undefined, config: NO_CONFIG, settings: {}, hostname: "pod" };
  expect(() => trialProcess({ Cmd: ["x"] }, environment, () => undefined)).toThrow(/argvWordLength/);
});

test("the kubelet's own variables are there, unless the manifest sets them, and can be referred to", () => {
  const spec = {
    args: ["--api=$(KUBERNETES_SERVICE_HOST)"],
    env: [
      { name: "KUBERNETES_PORT", value: "none" },
      { name: "API", value: "$(KUBERNETES_SERVICE_HOST):$(KUBERNETES_SERVICE_PORT)" },
    ],
  };
  const environment = { spec, workload: undefined, config: NO_CONFIG, settings: {}, hostname: "pod" };
  const { argv, env } = trialProcess(
    { Cmd: ["x"], Entrypoint: ["/app"], Env: ["KUBERNETES_SERVICE_PORT=1"] },
    environment,
    () => undefined,
  );
  expect(argv).toEqual(["/app", "--api=10.96.0.1"]);
  expect(env).toEqual(
    expect.arrayContaining([
      "KUBERNETES_SERVICE_HOST=10.96.0.1",
      "KUBERNETES_SERVICE_PORT=443",
      "KUBERNETES_PORT=none",
      "API=10.96.0.1:443",
    ]),
  );
});
