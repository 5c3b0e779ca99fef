import { Agent, request } from "node:https";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { WebhookClient } from "./write.ts";

/** A connection that is kept alive, per webhook, as the API server's. HTTP/1.1: Node's servers speak no HTTP/2 by themselves. */
const AGENTS = new Map<string, Agent>();
/** Sockets that calls used, to see that they are kept. */
export const USED_SOCKETS = new Set<Socket>();

/** Sends a review and reads the answer. @throws Error as the API server words it, without the webhook's name */
export async function callWebhook(
  { url, caBundle = "" }: WebhookClient,
  timeoutSeconds: number,
  body: object,
): Promise<unknown> {
  const target = new URL(url);
  target.searchParams.set("timeout", `${timeoutSeconds}s`);
  const key = `${target.origin} ${caBundle}`;
  const agent = AGENTS.get(key) ?? new Agent({ keepAlive: true, ca: Buffer.from(caBundle, "base64") });
  AGENTS.set(key, agent);
  const signal = AbortSignal.timeout(timeoutSeconds * 1_000);
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const headers = { "content-type": "application/json", accept: "application/json, */*" };
  const sent = request(target, { method: "POST", agent, headers, signal }, (response) => {
    text(response)
      .then((answer) => resolve(parsed(answer, response.statusCode ?? 0)))
      .catch(reject);
  });
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
