import type { Resource } from "./resources.ts";
import type { KubeObject } from "./storage.ts";

/** Who sends a request, as admission sees them. */
export interface UserInfo {
  readonly username: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** A write that is about to happen. */
export interface Write {
  readonly resource: Resource;
  readonly subresource: string;
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  /** For DELETE, the object that is deleted. */
  readonly object: KubeObject;
  readonly oldObject: KubeObject | undefined;
  readonly user: UserInfo;
  readonly isDryRun: boolean;
  /** CreateOptions, UpdateOptions or DeleteOptions. */
  readonly options: object;
}

/** What admission says of a write that it lets pass. */
export interface Admitted {
  /** The object, as mutating webhooks changed it. */
  readonly object: KubeObject;
  readonly warnings: readonly string[];
  /** Annotations of the audit log, by `WEBHOOK/key`. */
  readonly audit: Readonly<Record<string, string>>;
}

/** How a webhook is reached. */
export interface WebhookClient {
  readonly url?: string;
  /** Service in place of the address; its certificate is verified for `NAME.NAMESPACE.svc`. */
  readonly service?: {
    readonly namespace: string;
    readonly name: string;
    readonly port?: number;
    readonly path?: string;
  };
  /** PEM in base64. */
  readonly caBundle?: string;
}
