import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { inCluster, renewedToken } from "./in-cluster.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-service-account-"));
afterAll(() => rmSync(folder, { recursive: true }));
for (const [name, text] of Object.entries({ token: "t1\n", "ca.crt": "PEM", namespace: "douane" }))
  writeFileSync(join(folder, name), text);

test("a pod's service account, on IPv6, too", () => {
  const env = { KUBERNETES_SERVICE_HOST: "10.0.0.1", KUBERNETES_SERVICE_PORT: "6443" };
  const connection = inCluster(env, () => 0, folder);
  expect(connection).toMatchObject({ server: "https://10.0.0.1:6443", namespace: "douane", ca: "PEM" });
  expect(connection.token(false)).toBe("t1");
  expect(inCluster({ KUBERNETES_SERVICE_HOST: "fd00::1" }, () => 0, folder).server).toBe(
    "https://[fd00::1]:443",
  );
});

test("without a pod or without its files, the error says what to do", () => {
  expect(() => inCluster({}, () => 0, folder)).toThrow("Give a kubeconfig");
  const env = { KUBERNETES_SERVICE_HOST: "10.0.0.1" };
  expect(() => inCluster(env, () => 0, join(folder, "none"))).toThrow("automountServiceAccountToken");
});

test("a token is read again after a minute, and when it was refused; while it cannot be read, the one before stays", () => {
  let [now, text, reads] = [0, "a", 0];
  const token = renewedToken(
    () => {
      reads += 1;
      if (text === "") throw new Error("gone");
      return text;
    },
    () => now,
  );
  text = "b";
  expect([token(false), reads]).toEqual(["a", 1]);
  expect([token(true), reads]).toEqual(["b", 2]);
  text = "c";
  now = 60_000;
  expect(token(false)).toBe("c");
  text = "";
  now = 120_000;
  expect([token(false), token(true)]).toEqual(["c", "c"]);
});
