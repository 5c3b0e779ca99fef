// Certificates that are renewed while reviews come: no review fails, on connections that are kept or new.

import { Agent, request } from "node:https";
import { expect, test } from "vitest";
import { readMaterial, type TlsMaterial, writeMaterial } from "../../src/server/authority/material.ts";
import { renewed } from "../../src/server/authority/renew.ts";
import { serverCertificate } from "../../src/server/http/certificate.ts";
import { startHttps } from "../../src/server/http/https-server.ts";

const DAY_MS = 86_400_000;
const NAMES = ["127.0.0.1"];
const CLIENTS = 8;
const ROTATIONS = 12;
const NOW = Date.now();
const trusting = ({ authorities }: TlsMaterial) =>
  new Set(authorities.map(({ x509 }) => x509.raw.toString("base64")));
/** The same authorities with a new certificate, as after 60 days. */
function rotated({ authorities }: TlsMaterial, now: number, trusted?: ReadonlySet<string>): TlsMaterial {
  return renewed({ authorities }, { names: NAMES, now, ...(trusted === undefined ? {} : { trusted }) });
}

const certificateOf = (material: TlsMaterial) => {
  const { "tls.crt": cert, "tls.key": key } = writeMaterial(material);
  return serverCertificate({ cert, key, certFile: "tls.crt", keyFile: "tls.key" });
};

/** Sends a review. @returns the status, and the serial number of the certificate */
function review(origin: string, agent: Agent): Promise<readonly [status: number, serial: string]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly [number, string]>();
  const sent = request(`${origin}/admission/validate`, { method: "POST", agent }, (response) => {
    const { socket } = response as unknown as { socket: { getPeerCertificate(): { serialNumber: string } } };
    const { serialNumber } = socket.getPeerCertificate();
    response.resume().on("end", () => resolve([response.statusCode ?? 0, serialNumber]));
  });
  sent.on("error", reject).end("{}");
  return promise;
}

test.each([
  ["on connections that are kept", true],
  ["on new connections", false],
])("%s, certificates and then the authority change without one failed review", async (_, keepAlive) => {
  // The authority ends within two years: its successor is published beside it, and what clients trust has both.
  const first = renewed({ authorities: [] }, { names: NAMES, now: NOW - 3_000 * DAY_MS });
  let material = rotated(readMaterial({ ...writeMaterial(first), "tls.crt": "", "tls.key": "" }, "x"), NOW);
  expect(material.authorities).toHaveLength(2);
  const ca = writeMaterial(material)["ca.crt"];
  const server = await startHttps(
    async (incoming, response) => void incoming.resume().on("end", () => response.end("{}")),
    certificateOf(material),
    { host: "127.0.0.1", port: 0 },
  );
  const agent = new Agent({ keepAlive, ca, maxSockets: CLIENTS, maxCachedSessions: 0 });
  const over = new AbortController();
  const statuses = new Map<number, number>();
  const serials = new Set<string>();
  async function client(): Promise<void> {
    while (!over.signal.aborted) {
      const [status, serial] = await review(server.origin, agent);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      serials.add(serial);
    }
  }
  const clients = Array.from({ length: CLIENTS }, client);
  const issuers = new Set<number>();
  for (let rotation = 0; rotation < ROTATIONS; rotation++) {
    // Reviews on the old certificate and on the new one, for each.
    const before = statuses.get(200) ?? 0;
    await expect.poll(() => (statuses.get(200) ?? 0) - before, { interval: 5 }).toBeGreaterThan(CLIENTS);
    material = rotated(material, NOW, rotation < ROTATIONS / 2 ? undefined : trusting(material));
    issuers.add(
      material.authorities.findIndex(({ x509 }) => material.leaf?.x509.verify(x509.publicKey) === true),
    );
    server.use(certificateOf(material));
  }
  const last = material.leaf?.x509.serialNumber ?? "";
  const after = new Agent({ ca, keepAlive: false });
  expect(await review(server.origin, after)).toEqual([200, last]);
  over.abort();
  const ended = await Promise.allSettled(clients);
  agent.destroy();
  expect(ended.filter(({ status }) => status === "rejected")).toEqual([]);
  expect([...statuses.keys()]).toEqual([200]);
  expect(issuers).toEqual(new Set([0, 1]));
  // A kept connection has the certificate with which it began.
  expect(serials.size > ROTATIONS / 2).toBe(!keepAlive);
  await server.close(1_000);
});
