import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { container, deployment, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { benchDirectory } from "../cache.ts";
import type { Subject } from "../measure.ts";
import { BenchError } from "../run.ts";
import { ANSWERS, DOUANE, emptyDirectory } from "../subjects.ts";
import { IMAGES, imagePath } from "./images.ts";

/** Measured subjects about many images, by the figures' names. */
export const MANY_SUBJECTS = {
  warm: "douane, warm: 1,000 images",
  cold: "douane, cold: 1,000 images",
} as const;

export interface ManyImages {
  readonly subjects: readonly Subject[];
  /** Ends their registry. */
  close(): void;
}

/** A thousand Deployments, each of an image of its own, in a registry on this machine. */
export async function manyImages(): Promise<ManyImages> {
  const server = spawn(process.execPath, [join(import.meta.dirname, "serve.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = (await Promise.race([once(server.stdout, "data"), once(server, "exit")])) as [unknown];
  if (!(port instanceof Buffer)) throw new BenchError("the registry of the many images did not start");
  const host = `127.0.0.1:${port.toString("utf8").trim()}`;
  const directory = join(benchDirectory(), "many");
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "deployments.yaml");
  writeFileSync(file, manifests(host));
  const command = [...DOUANE, "check", file, "--insecure-registry", host, "--format", "sarif"];
  const [cold, warm] = [join(directory, "cold"), join(directory, "warm")];
  const subject = { command, exits: ANSWERS };
  return {
    subjects: [
      {
        ...subject,
        name: MANY_SUBJECTS.cold,
        env: { XDG_CACHE_HOME: cold },
        prepare: () => emptyDirectory(cold),
      },
      { ...subject, name: MANY_SUBJECTS.warm, env: { XDG_CACHE_HOME: warm } },
    ],
    close: () => server.stdin.end(),
  };
}

function manifests(host: string): string {
  const workloads = Array.from({ length: IMAGES }, (_, index) => {
    const name = `web-${index}`;
    const pod = podSpec({ containers: [container({ name, image: `${host}/${imagePath(index)}:1.0.0` })] });
    return deployment({ name, namespace: `team-${index % 40}`, pod });
  });
  return yaml(...workloads);
}
