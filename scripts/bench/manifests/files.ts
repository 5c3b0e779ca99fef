import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { container, deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { madeOnce } from "../cache.ts";
import { DOCKERFILES } from "./dockerfiles.ts";

/** A large workspace's rendered manifests: 2 to 3 MB. */
export const WORKLOADS = 1_000;
/** Number of workloads in the report, all refused: more than any known workspace has. */
const REPORTED = 5_000;
const DOCKERFILE_COUNT = 700;

export interface ManifestFiles {
  readonly conforming: string;
  /** Every workload has findings, each with its line. */
  readonly refused: string;
  /** The same report, five times as long. */
  readonly reported: string;
  readonly single: string;
  /** A folder of folders, each with a Dockerfile. */
  readonly dockerfiles: string;
}

export function manifestFiles(): ManifestFiles {
  const conforming = yaml(...workloads({}));
  const refused = yaml(...workloads(WANTING));
  const recipe = JSON.stringify([conforming, refused, REPORTED, DOCKERFILES, DOCKERFILE_COUNT]);
  const directory = madeOnce("manifests", recipe, (folder) => {
    writeFileSync(join(folder, "conforming.yaml"), conforming);
    writeFileSync(join(folder, "refused.yaml"), refused);
    writeFileSync(join(folder, "reported.yaml"), yaml(...workloads(WANTING, REPORTED)));
    writeFileSync(join(folder, "single.yaml"), yaml(...workloads({}).slice(0, 1)));
    writeDockerfiles(join(folder, "dockerfiles"));
  });
  return {
    conforming: join(directory, "conforming.yaml"),
    refused: join(directory, "refused.yaml"),
    reported: join(directory, "reported.yaml"),
    single: join(directory, "single.yaml"),
    dockerfiles: join(directory, "dockerfiles"),
  };
}

/** A typical deployment: without securityContext, liveness probe and a fixed tag. */
const WANTING: Manifest = {
  image: "registry.example/portal/web:latest",
  securityContext: { readOnlyRootFilesystem: false },
  livenessProbe: undefined,
};

function workloads(web: Manifest, count = WORKLOADS): readonly Manifest[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `web-${index}`;
    const pod = podSpec({ containers: [container({ name, ...web }), sidecar(index)] });
    return deployment({ name, namespace: `team-${index % 40}`, pod });
  });
}

function sidecar(index: number): Manifest {
  const { env: _env, envFrom: _from, ...rest } = container();
  const image = `registry.example/platform/proxy:2.${index % 10}.1`;
  return { ...rest, name: "proxy", image, ports: [{ name: "http", containerPort: 9901 }] };
}

function writeDockerfiles(folder: string): void {
  for (let index = 0; index < DOCKERFILE_COUNT; index++) {
    const application = join(folder, `app-${index}`);
    mkdirSync(application, { recursive: true });
    const text = DOCKERFILES[index % DOCKERFILES.length] ?? "";
    writeFileSync(join(application, "Dockerfile"), text.replaceAll("NAME", `app-${index}`));
  }
}
