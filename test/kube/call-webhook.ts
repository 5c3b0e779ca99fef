import { Agent, request } from "node:https";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { WebhookClient } from "./write.ts";

/** A connection that is kept alive, per webhook, as the API server's. HTTP/1.1: Node's servers speak no HTTP/2 by themselves. */
const AGENTS = new Map<string, Agent>();
/** Sockets that calls used, to see that they are kept. */
export const USED_SOCKETS = new Set<Socket>();

/** Origins of the servers behind a service, by `NAMESPACE/NAME`: a request goes to any of them. */
export const ENDPOINTS = new Map<string, readonly string[]>();

/** Address of a webhook, with the name for which its certificate has to count. @throws Error as the API server words it */
function addressOf({ url, service }: WebhookClient): { readonly target: URL; readonly servername?: string } {
  if (service === undefined) return { target: new URL(url ?? "") };
  const { namespace, name, port = 443, path = "" } = service;
  const origins = ENDPOINTS.get(`${namespace}/${name}`) ?? [];
  const origin = origins[Math.floor(Math.random() * origins.length)];
  const servername = `${name}.${namespace}.svc`;
  if (origin !== undefined) return { target: new URL(`${origin}${path}`), servername };
  throw new Error(
    `failed to call webhook: Post "https://${servername}:${port}${path}": no endpoints available for service "${name}"`,
  );
}

/** Sends a review and reads the answer. @throws Error as the API server words it, without the webhook's name */
export async function callWebhook(
  client: WebhookClient,
  timeoutSeconds: number,
  body: object,
): Promise<unknown> {
  const { caBundle = "" } = client;
  const { target, servername } = addressOf(client);
  target.searchParams.set("timeout", `${timeoutSeconds}s`);
  const key = `${target.origin} ${caBundle}`;
  const agent = AGENTS.get(key) ?? new Agent({ keepAlive: true, ca: Buffer.from(caBundle, "base64") });
  AGENTS.set(key, agent);
  const signal = AbortSignal.timeout(timeoutSeconds * 1_000);
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const headers = { "content-type": "application/json", accept: "application/json, */*" };
  const sent = request(
    target,
    { method: "POST", agent, headers, signal, ...(servername === undefined ? {} : { servername }) },
    (response) => {
      text(response)
        .then((answer) => resolve(parsed(answer, response.statusCode ?? 0)))
        .catch(reject);
    },
  );
  sent.on("socket", (socket) => USED_SOCKETS.add(socket));
  sent.on("error", reject);
  sent.end(JSON.stringify(body));
  try {
    return await promise;
  } catch (error) {
    const why = signal.aborted ? "context deadline exceeded" : (error as Error).message;
    throw new Error(`failed to call webhook: Post "${target.href}": ${why}`, { cause: error });
  }
}

function parsed(answer: string, status: number): unknown {
  if (status !== 200)
    throw new Error(
      `an error on the server (${JSON.stringify(answer)}) has prevented the request from succeeding`,
    );
  return JSON.parse(answer);
}
