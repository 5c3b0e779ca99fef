import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { REMEDIED, type Remedied } from "./applications/remedied.ts";
import { imageOfRecipe } from "./images/image.ts";

const DOUANE = join(import.meta.dirname, "..", "..", "..", "bin", "douane.cjs");

/** Result of following an application's remedy literally, once. */
interface Followed {
  /** Exit codes of the trial before and after. */
  readonly before: number | null;
  readonly after: number | null;
  /** The emptyDirs that fix added. */
  readonly mounts: readonly string[];
  /** The trial's message afterwards, if the application is not admitted. */
  readonly said: string;
}

const [ADMITTED, REFUSED] = [0, 1];

/** Follows the remedies of applications (all, or those named). @returns whether each ends in Admitted */
export async function askRemedies(names: readonly string[]): Promise<boolean> {
  const chosen = REMEDIED.filter(({ name }) => names.length === 0 || names.includes(name));
  let isRight = chosen.length > 0;
  for (const application of chosen) {
    const followed = await followRemedy(application);
    isRight &&= isAdmitted(followed);
    console.log(
      `${application.name}: ${followed.before} → ${followed.after} (${followed.mounts.join(", ")})${isAdmitted(followed) ? "" : `\n${followed.said}`}`,
    );
  }
  return isRight;
}

/** Refused at first, and admitted afterwards. */
export function isAdmitted({ before, after }: Followed): boolean {
  return before === REFUSED && after === ADMITTED;
}

/** Tries an application by a manifest that is complete but for its root, has `douane fix` correct that by the trial, and tries it again. */
export async function followRemedy(application: Remedied): Promise<Followed> {
  const { layout } = await imageOfRecipe(application.name, application.recipe);
  const folder = mkdtempSync(join(tmpdir(), "douane-remedies-"));
  try {
    const manifest = join(folder, "deployment.yaml");
    const evidence = join(folder, "evidence.json");
    writeFileSync(manifest, deployment(application));
    const before = await douane(["trial", layout, "--filename", manifest, "--output", evidence]);
    await douane(["fix", manifest, "--evidence", evidence, "--write"]);
    const after = await douane(["trial", layout, "--filename", manifest]);
    const mounts = [...readFileSync(manifest, "utf8").matchAll(/mountPath: (\S+)/g)].map(
      ([, path = ""]) => path,
    );
    return { before: before.code, after: after.code, mounts, said: after.said };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function douane(words: readonly string[]) {
  const child = spawn(process.execPath, [DOUANE, ...words, "--lang", "en"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once("close", resolve)),
  ]);
  return { code, said: `${stdout}${stderr}` };
}

/** The contract's requirements of a manifest, except the read-only root. */
function deployment({ name, recipe, health }: Remedied): string {
  const [port] = recipe.ports;
  const probe =
    health === undefined ? `tcpSocket: { port: ${port} }` : `httpGet: { path: ${health}, port: ${port} }`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: 2
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      securityContext:
        runAsNonRoot: true
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: app
          image: registry.example/${name}:1.0.0
          ports:
            - containerPort: ${port}
          env:
            - { name: LOG_LEVEL, value: info }
          readinessProbe:
            ${probe}
          livenessProbe:
            ${probe}
          securityContext:
            allowPrivilegeEscalation: false
            capabilities: { drop: [ALL] }
`;
}
