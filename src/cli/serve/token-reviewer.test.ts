import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { startServer } from "../../../test/fixtures/fake-registry.ts";
import { makeCertificates } from "../../../test/fixtures/registry.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { accessInCluster, reviewInCluster } from "./token-reviewer.ts";

/** Environment and folder of a pod whose API server answers so. */
async function pod(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
  const folder = temporaryDirectory();
  makeCertificates(folder);
  const [key = "", cert = ""] = ["server.key", "server.crt"].map((name) =>
    readFileSync(join(folder, name), "utf8"),
  );
  copyFileSync(join(folder, "certificates", "ca.crt"), join(folder, "ca.crt"));
  writeFileSync(join(folder, "token"), "own\n");
  const { host } = await startServer((request, response) => void answer(request, response), { key, cert });
  const [name = "", port = ""] = host.split(":");
  return {
    folder,
    env: { KUBERNETES_SERVICE_HOST: name, KUBERNETES_SERVICE_PORT: port, HTTPS_PROXY: "http://127.0.0.1:1" },
  };
}

test("asks the API server of its cluster, as itself and through no proxy", async () => {
  const asked: unknown[] = [];
  const { folder, env } = await pod(async (request, response) => {
    asked.push(request.headers.authorization, request.url, JSON.parse(await text(request)).spec);
    response
      .writeHead(201)
      .end('{"status":{"authenticated":true,"user":{"username":"alice","groups":["oncall"]}}}');
  });
  expect(await reviewInCluster(env, "hers", folder)).toEqual({ user: "alice", groups: ["oncall"] });
  expect(asked).toEqual(["Bearer own", "/apis/authentication.k8s.io/v1/tokenreviews", { token: "hers" }]);
});

test.each([
  [403, '{"status":{"authenticated":true,"user":{"username":"alice"}}}', "status 403"],
  [201, "<html>", "JSON"],
])("an answer %d of %s is nobody's word", async (status, body, message) => {
  const { folder, env } = await pod(async (_, response) => void response.writeHead(status).end(body));
  await expect(reviewInCluster(env, "hers", folder)).rejects.toThrow(message);
});

test("outside a cluster nobody knows a token", async () => {
  await expect(reviewInCluster({}, "hers")).rejects.toThrow("outside a cluster");
});

test("asks for a user's right with all that is known of the user", async () => {
  const asked: unknown[] = [];
  const { folder, env } = await pod(async (request, response) => {
    asked.push(request.headers.authorization, request.url, JSON.parse(await text(request)).spec);
    response.writeHead(201).end('{"status":{"allowed":true}}');
  });
  const user = { user: "alice", groups: ["dev"], uid: "7", extra: { scopes: ["user:info"] } };
  const right = { verb: "check", resource: "pods", namespace: "shop" };
  expect(await accessInCluster(env, user, right, folder)).toBe(true);
  const resourceAttributes = { ...right, group: "", version: "v1" };
  expect(asked).toEqual([
    "Bearer own",
    "/apis/authorization.k8s.io/v1/subjectaccessreviews",
    { ...user, resourceAttributes },
  ]);
});
