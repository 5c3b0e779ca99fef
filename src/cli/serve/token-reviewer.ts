import { join } from "node:path";
import { LIMITS } from "../../contract/limits.ts";
import { readBytes } from "../../files/read-bytes.ts";
import { readBody } from "../../net/http/body.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp } from "../../net/http/http.ts";
import { type Right, reviewAccess } from "../../server/access/subject-access-review.ts";
import { type KnownUser, type ReviewingClient, reviewToken } from "../../server/access/token-review.ts";

/** Folder in which Kubernetes places the token of a pod's service account and the API server's authority. */
const ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Asks the API server of the cluster in which this process runs for the user of a token. Rejects outside a cluster,
 * and if the API server does not answer.
 *
 * @param folder folder of the service account's token
 */
export async function reviewInCluster(
  env: Env,
  token: string,
  folder = ACCOUNT,
): Promise<KnownUser | undefined> {
  return inCluster(env, folder, (client) => reviewToken(client, token));
}

/** Asks the same API server whether a user has a right. Rejects as reviewInCluster(). */
export async function accessInCluster(
  env: Env,
  user: KnownUser,
  right: Right,
  folder = ACCOUNT,
): Promise<boolean> {
  return inCluster(env, folder, (client) => reviewAccess(client, user, right));
}

async function inCluster<T>(
  env: Env,
  folder: string,
  work: (client: ReviewingClient) => Promise<T>,
): Promise<T> {
  const { KUBERNETES_SERVICE_HOST: host = "", KUBERNETES_SERVICE_PORT: port = "443" } = env;
  if (host === "") throw new Error("douane serve runs outside a cluster: no API server knows the token");
  const origin = `https://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const own = Buffer.from(readBytes(join(folder, "token"), { most: LIMITS.settingsBytes }) ?? []);
  // The cluster's own address, which no proxy reaches.
  const http = createHttp(hostPolicy([]), { env: {}, caFile: join(folder, "ca.crt") });
  try {
    return await work({ send: (request) => sent(http, origin, own.toString().trim(), request) });
  } finally {
    await http.close();
  }
}

async function sent(
  http: ReturnType<typeof createHttp>,
  origin: string,
  own: string,
  { method, path, body }: { readonly method: "POST"; readonly path: string; readonly body: object },
) {
  const response = await http.send({
    method,
    url: new URL(path, origin),
    headers: { authorization: `Bearer ${own}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = Buffer.from(await readBody(response.body, LIMITS.jsonBytes)).toString();
  if (response.status !== 200 && response.status !== 201) throw new Error(`status ${response.status}`);
  return JSON.parse(text);
}
