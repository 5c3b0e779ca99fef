// The client of the API server against servers that answer badly.

import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LIMITS } from "../../src/contract/limits.ts";
import type { Fields } from "../../src/json/fields.ts";
import { type KubeClient, kubeClient } from "../../src/server/kube/client.ts";
import { type Cluster, startCluster } from "./cluster.ts";

let cluster: Cluster;
let server: Server;
let client: KubeClient;
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => {};
const tokens: boolean[] = [];

beforeAll(async () => {
  cluster = await startCluster();
  const { ca, server: pair } = cluster.server.certificates;
  server = createServer(pair, (request, response) => answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  client = kubeClient({
    server: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    namespace: "douane",
    ca,
    token(isRefused) {
      tokens.push(isRefused);
      return isRefused ? "new" : "old";
    },
  });
});
afterAll(async () => {
  client.close();
  server.closeAllConnections();
  server.close();
  await cluster.stop();
});

async function streamed(idleMs = 60_000): Promise<readonly Fields[]> {
  const lines: Fields[] = [];
  for await (const line of client.stream({ path: "/api/v1/pods?watch=true" }, idleMs)) lines.push(line);
  return lines;
}

test("a refused token is read again, once", async () => {
  answer = ({ headers }, response) => {
    const isKnown = headers.authorization === "Bearer new";
    response.writeHead(isKnown ? 200 : 401).end(JSON.stringify({ isKnown, message: "Unauthorized" }));
  };
  expect(await client.send({ path: "/api" })).toEqual({ isKnown: true, message: "Unauthorized" });
  expect(tokens).toEqual([false, true]);
  answer = (_, response) => response.writeHead(401).end('{"message":"Unauthorized"}');
  await expect(client.send({ path: "/api" })).rejects.toMatchObject({ status: 401 });
});

test.each<[string, string, number]>([
  ["what is not JSON", "<html>", 0],
  ["an answer beyond the bound kubeAnswerBytes", " ".repeat(LIMITS.kubeAnswerBytes + 1), 0],
])("%s is an error", async (_, body, status) => {
  answer = (__, response) => response.writeHead(200).end(body);
  await expect(client.send({ path: "/api" })).rejects.toMatchObject({ name: "KubeError", status });
});

test("lines come whole, whatever pieces they come in; one beyond the bound kubeObjectBytes ends the watch", async () => {
  answer = (_, response) => {
    response.writeHead(200);
    response.write('{"a":1}\n{"b"');
    setImmediate(() => response.end(':"é"}\n\n{"c":3}\n'));
  };
  expect(await streamed()).toEqual([{ a: 1 }, { b: "é" }, { c: 3 }]);
  answer = (_, response) => void response.writeHead(200).write("x".repeat(LIMITS.kubeObjectBytes + 1));
  await expect(streamed()).rejects.toThrow("kubeObjectBytes");
});

test("a watch that is silent is given up, and one that is refused says why", async () => {
  answer = (_, response) => void response.writeHead(200).write('{"a":1}\n');
  await expect(streamed(100)).rejects.toMatchObject({ name: "KubeError", status: 0 });
  answer = (_, response) => response.writeHead(403).end('{"reason":"Forbidden","message":"no rights"}');
  await expect(streamed()).rejects.toMatchObject({ status: 403, message: "403 Forbidden: no rights" });
});
