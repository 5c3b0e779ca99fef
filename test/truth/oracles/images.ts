// Config documents made by a grammar, with repeated keys and keys in other case, read by skopeo (Go, as
// containerd is): both readings are the same.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { DouaneError } from "../../../src/contract/error.ts";
import { openImage } from "../../../src/image/open.ts";
import { digestOfBytes } from "../../fixtures/image/layer.ts";
import type { Answers, Oracle } from "./oracle.ts";

const text = fc.constantFrom(
  "0",
  "1000",
  "root",
  "",
  "/bin/evil",
  "/app/server",
  "A=1",
  "PATH=/x",
  "\\u0030",
);
const texts = fc
  .array(text, { maxLength: 3 })
  .map((words) => `[${words.map((word) => `"${word}"`).join(",")}]`);
const odd = fc.constantFrom("null", "[]", "{}", "0", '""', "true", "[null]");
const field = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.tuple(
      fc.constantFrom("User", "WorkingDir", "StopSignal"),
      text.map((word) => `"${word}"`),
    ),
  },
  { weight: 10, arbitrary: fc.tuple(fc.constantFrom("Env", "Cmd", "Entrypoint"), texts) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom("user", "USER", "Unknown", "u\\u0073er", "Env", "Cmd", "User"), odd),
  },
);
const settings = fc
  .array(field, { maxLength: 6 })
  .map((fields) => `{${fields.map(([name, value]) => `"${name}":${value}`).join(",")}}`);
const document = fc
  .tuple(
    fc.array(settings, { minLength: 1, maxLength: 2, size: "xsmall" }),
    fc.constantFrom("", "", "", "", "", "", " ", "\n", "\n{}", "x"),
  )
  .map(
    ([configs, tail]) =>
      `{"os":"linux","architecture":"amd64",${configs.map((one) => `"config":${one}`).join(",")},"rootfs":{"type":"layers","diff_ids":[]}}${tail}`,
  );

export const images: Oracle = {
  name: "image configs, and skopeo",
  programs: ["skopeo"],
  inputs: document,
  async compare(documents, folder) {
    const answers: Answers[] = [];
    for (const [index, input] of documents.entries()) {
      const layout = join(folder, String(index));
      writeLayoutOf(Buffer.from(input), layout);
      answers.push({ input, ours: await own(layout), theirs: asked(layout) });
    }
    return answers;
  },
};

interface Settings {
  readonly User?: string;
  readonly Env?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly WorkingDir?: string;
  readonly StopSignal?: string;
}

function seen({ User, Env, Cmd, Entrypoint, WorkingDir, StopSignal }: Settings): unknown {
  return [User || "", Env ?? [], Cmd ?? [], Entrypoint ?? [], WorkingDir || "", StopSignal || ""];
}

async function own(layout: string): Promise<unknown> {
  try {
    const image = await openImage(`oci:${layout}`, { env: {}, platform: "linux/amd64" });
    await image.close();
    return seen((image.config.config ?? {}) as Settings);
  } catch (error) {
    if (error instanceof DouaneError) return "refused";
    throw error;
  }
}

function asked(layout: string): unknown {
  const { status, stdout } = spawnSync("skopeo", ["inspect", "--config", `oci:${layout}`], {
    encoding: "utf8",
  });
  return status === 0 ? seen((JSON.parse(stdout) as { config?: Settings }).config ?? {}) : "refused";
}

/** An image without layers whose config is these bytes. */
function writeLayoutOf(config: Uint8Array, folder: string): void {
  const blobs = join(folder, "blobs", "sha256");
  mkdirSync(blobs, { recursive: true });
  const add = (mediaType: string, bytes: Uint8Array) => {
    const digest = digestOfBytes(bytes);
    writeFileSync(join(blobs, digest.slice("sha256:".length)), bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: add("application/vnd.oci.image.config.v1+json", config),
    layers: [],
  };
  const top = add(manifest.mediaType, Buffer.from(JSON.stringify(manifest)));
  writeFileSync(join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [top] }));
}
