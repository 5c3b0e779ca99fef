import { expect, test } from "vitest";
import { fromKubeconfig } from "./kubeconfig.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

function config(
  changes: { readonly cluster?: object; readonly user?: object; readonly context?: object } = {},
) {
  return {
    "current-context": "c",
    contexts: [{ name: "c", context: { cluster: "k", user: "u", ...changes.context } }],
    clusters: [{ name: "k", cluster: { server: "https://api.example:6443/", ...changes.cluster } }],
    users: [{ name: "u", user: { token: "t", ...changes.user } }],
  };
}

const connection = (document: unknown) =>
  fromKubeconfig({ document, folder: "/nowhere", name: "config" }, () => 0);

test("server, authority, certificate, token and namespace of the current context", () => {
  const data = {
    cluster: { "certificate-authority-data": base64("CA"), "tls-server-name": "kubernetes" },
    user: { "client-certificate-data": base64("CERT"), "client-key-data": base64("KEY") },
    context: { namespace: "douane" },
  };
  const found = connection(config(data));
  expect(found).toMatchObject({
    server: "https://api.example:6443",
    namespace: "douane",
    ca: "CA",
    client: { cert: "CERT", key: "KEY" },
    serverName: "kubernetes",
  });
  expect(found.token(false)).toBe("t");
  expect(connection(config())).toMatchObject({ namespace: "default" });
});

test.each<[string, unknown, string]>([
  ["nothing", {}, "current-context"],
  ["another context", { ...config(), "current-context": "x" }, "contexts: x"],
  ["a cluster that is not there", config({ context: { cluster: "x" } }), "clusters: x"],
  ["plain HTTP", config({ cluster: { server: "http://api.example" } }), '"server"'],
  ["a program", config({ user: { exec: { command: "aws" } } }), 'uses "exec"'],
  ["whoever answers", config({ cluster: { "insecure-skip-tls-verify": true } }), "insecure-skip-tls-verify"],
  ["a file that is not there", config({ user: { tokenFile: "token" } }), "/nowhere/token"],
])("%s is refused by its name", (_, document, message) => {
  expect(() => connection(document)).toThrow(message);
});

test("a verified server is none that is not: false counts as unset", () => {
  expect(connection(config({ cluster: { "insecure-skip-tls-verify": false } })).server).toContain("https://");
});
