import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resourceOf } from "./admission.ts";
import { ApiServer } from "./api-server.ts";
import type { KubeObject } from "./storage.ts";

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A fake API server with a folder and Debian's kubectl as its administrator. */
export interface Cluster {
  readonly server: ApiServer;
  readonly folder: string;
  kubectl(input: string, ...argv: readonly string[]): Promise<Ran>;
  apply(object: object, ...argv: readonly string[]): Promise<Ran>;
  /** Stores an object without admission. */
  put(plural: string, object: KubeObject): void;
  stop(): Promise<void>;
}

export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "douane-kube-"));
  const server = await ApiServer.start(folder);
  writeFileSync(join(folder, "kubeconfig"), server.kubeconfig);
  function kubectl(input: string, ...argv: readonly string[]): Promise<Ran> {
    return new Promise((resolve) => {
      const env = { ...process.env, KUBECONFIG: join(folder, "kubeconfig"), HOME: folder };
      const child = execFile("kubectl", argv, { env }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
      });
      child.stdin?.end(input);
    });
  }
  return {
    server,
    folder,
    kubectl,
    apply: (object, ...argv) => kubectl(JSON.stringify(object), "apply", "-f", "-", ...argv),
    put: (plural, object) => void server.storage.put(resourceOf(plural), object),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
