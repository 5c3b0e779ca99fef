// A fake API server of Kubernetes for tests: TLS with client certificates, discovery, objects in memory with
// versions and conflicts, watches with bookmarks and 410, dry run, admission policies. JSON only. Debian's kubectl is
// the witness that it behaves as a real one (kubectl.test.ts).

import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import type { TLSSocket } from "node:tls";
import { resourceOf } from "./admission.ts";
import { type Certificates, certificates } from "./certificates.ts";
import { discovery } from "./discovery.ts";
import { change, type Target, targetOf, unsupported } from "./requests.ts";
import { notFound, StatusError, statusBody } from "./status.ts";
import { Storage } from "./storage.ts";
import { isSelected, type Watched, watch } from "./watch.ts";
import type { UserInfo } from "./write.ts";

/** Most bytes of a request's body, as the real server has. */
const BODY_BYTES = 3 * 1024 * 1024;

export class ApiServer {
  readonly storage = new Storage();
  /** Requests that were answered, as `METHOD path?query`. */
  readonly requests: string[] = [];
  /** Annotations of the audit log, of each admitted write. */
  readonly audit: Readonly<Record<string, string>>[] = [];
  readonly certificates: Certificates;
  readonly #server: Server;

  private constructor(folder: string) {
    this.certificates = certificates(folder);
    const { ca, server } = this.certificates;
    for (const name of ["default", "kube-system"]) {
      this.storage.put(resourceOf("namespaces"), { apiVersion: "v1", kind: "Namespace", metadata: { name } });
    }
    this.#server = createServer(
      { ca, ...server, requestCert: true, rejectUnauthorized: false },
      (request, response) => void this.#answer(request, response),
    );
  }

  /** @param folder for keys and certificates; the caller removes it */
  static async start(folder: string): Promise<ApiServer> {
    const server = new ApiServer(folder);
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Text of a kubeconfig of the administrator. */
  get kubeconfig(): string {
    const { ca, client } = this.certificates;
    const data = (pem: string) => Buffer.from(pem).toString("base64");
    return JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": "fake",
      clusters: [{ name: "fake", cluster: { server: this.url, "certificate-authority-data": data(ca) } }],
      users: [
        {
          name: "admin",
          user: { "client-certificate-data": data(client.cert), "client-key-data": data(client.key) },
        },
      ],
      contexts: [{ name: "fake", context: { cluster: "fake", user: "admin", namespace: "default" } }],
    });
  }

  /** Ends all connections, and listens again at the same address after this time; the objects stay. */
  async restart(downMs = 0): Promise<void> {
    const { port } = this.#server.address() as AddressInfo;
    await this.stop();
    await pause(downMs);
    this.#server.listen(port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests.push(`${request.method} ${request.url}`);
    try {
      await this.#route(request, response);
    } catch (error) {
      const status =
        error instanceof StatusError ? error : new StatusError(500, "InternalError", String(error));
      send(response, status.code, statusBody(status));
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isKnown = "authorized" in request.socket && request.socket.authorized === true;
    if (!isKnown) throw new StatusError(401, "Unauthorized", "Unauthorized");
    const { pathname, searchParams } = new URL(request.url ?? "/", this.url);
    const found = request.method === "GET" ? discovery(pathname) : undefined;
    if (found !== undefined) return send(response, 200, found);
    const target = targetOf(pathname);
    if (target === undefined) {
      throw new StatusError(404, "NotFound", "the server could not find the requested resource");
    }
    if (request.method !== "GET") return this.#write(request, response, { target, searchParams });
    if (target.name !== "") return send(response, 200, this.#read(target));
    const watched = { ...target, selector: searchParams.get("fieldSelector") ?? "" };
    if (["1", "true"].includes(searchParams.get("watch") ?? "")) {
      return watch(this.storage, response, watched, searchParams);
    }
    send(response, 200, this.#list(watched));
  }

  async #write(
    request: IncomingMessage,
    response: ServerResponse,
    { target, searchParams }: { target: Target; searchParams: URLSearchParams },
  ): Promise<void> {
    const contentType = request.headers["content-type"] ?? "application/json";
    if (!/^application\/(?:[a-z-]+\+)?json$/.test(contentType)) throw unsupported(contentType);
    const body = await text(request);
    if (body.length > BODY_BYTES)
      throw new StatusError(413, "RequestEntityTooLarge", "the body is too large");
    const { code, object, warnings, audit } = await change(this.storage, {
      target,
      method: request.method ?? "",
      contentType,
      body: body === "" ? undefined : JSON.parse(body),
      isDryRun: searchParams.has("dryRun"),
      user: userOf(request),
      agent: (request.headers["user-agent"] ?? "").split("/")[0] ?? "",
      ...named("fieldManager", searchParams),
      ...named("fieldValidation", searchParams),
    });
    this.audit.push(audit);
    for (const warning of warnings) response.appendHeader("warning", warningHeader(warning));
    send(response, code, object);
  }

  #read({ resource, namespace, name }: Target): object {
    const object = this.storage.get(resource, namespace, name);
    if (object === undefined) throw notFound(resource, name);
    return object;
  }

  #list(watched: Watched): object {
    const { resource, namespace } = watched;
    const items = this.storage
      .list(resource, namespace)
      .filter((object) => isSelected(watched, object.metadata.name));
    const metadata = { resourceVersion: `${this.storage.version}` };
    return { kind: `${resource.kind}List`, apiVersion: "v1", metadata, items };
  }
}

/** The user of the client's certificate: its CN, and its O as group. */
function userOf({ socket }: IncomingMessage): UserInfo {
  const { subject, fingerprint256 } = (socket as TLSSocket).getPeerCertificate();
  const id = `X509SHA256=${fingerprint256.replaceAll(":", "").toLowerCase()}`;
  return {
    username: String(subject.CN),
    groups: [String(subject.O), "system:authenticated"],
    extra: { "authentication.kubernetes.io/credential-id": [id] },
  };
}

function named<K extends string>(key: K, query: URLSearchParams): { readonly [key in K]?: string } {
  const value = query.get(key);
  return value === null || value === "" ? {} : ({ [key]: value } as { [key in K]: string });
}

function send(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** RFC 7234, 5.5; Node writes headers in Latin-1, the API server in UTF-8. */
function warningHeader(warning: string): string {
  return Buffer.from(`299 - ${JSON.stringify(warning)}`).toString("latin1");
}
