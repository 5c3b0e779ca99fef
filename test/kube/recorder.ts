import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { KubeObject } from "./storage.ts";

/** What a webhook of the tests answers; by default, it allows. */
export type Answer = (
  request: { readonly uid: string } & Readonly<Record<string, unknown>>,
) => object | Promise<object>;

/** A webhook of the tests' own, which keeps the bodies that it gets. */
export class Recorder {
  readonly bodies: unknown[] = [];
  /** Paths with their query. */
  readonly paths: string[] = [];
  answer: Answer = () => ({ allowed: true });
  readonly #server: Server;

  private constructor(tls: { readonly key: string; readonly cert: string }) {
    this.#server = createServer({ ...tls, keepAliveTimeout: 120_000 }, (request, response) => {
      void this.#answer(request, response);
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.paths.push(request.url ?? "");
    const body = JSON.parse(await text(request));
    this.bodies.push(body);
    const { apiVersion, kind } = body;
    const answer = { uid: body.request.uid, ...(await this.answer(body.request)) };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ apiVersion, kind, response: answer }));
  }

  static async start(tls: { readonly key: string; readonly cert: string }): Promise<Recorder> {
    const recorder = new Recorder(tls);
    recorder.#server.listen(0, "127.0.0.1");
    await once(recorder.#server, "listening");
    return recorder;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  /** A configuration that sends everything about pods and controllers here, with the test's changes. */
  configuration(ca: string, changes: object = {}): KubeObject {
    const webhook = {
      name: "pods.recorder.example",
      clientConfig: { url: this.url, caBundle: Buffer.from(ca).toString("base64") },
      rules: [
        { apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: ["pods", "pods/*"] },
        { apiGroups: ["apps", "batch"], apiVersions: ["v1"], operations: ["*"], resources: ["*"] },
      ],
      sideEffects: "None",
      admissionReviewVersions: ["v1"],
      ...changes,
    };
    return {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingWebhookConfiguration",
      metadata: { name: "recorder" },
      webhooks: [webhook],
    };
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
