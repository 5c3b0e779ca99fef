import { expect, test } from "vitest";
import { sha256 } from "../contract/digest.ts";
import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import type { Descriptor } from "../image/documents/descriptor.ts";
import { attachedStatements } from "./attached-statements.ts";
import { STATEMENT_TYPE } from "./in-toto/statement.ts";

const IMAGE = sha256(Buffer.from("image"));
const MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
const SBOM = "https://spdx.dev/Document";

type Annotations = Readonly<Record<string, string>>;

/** An index in which the builder put these statements behind one manifest each. */
class Index {
  readonly descriptors: Descriptor[] = [];
  readonly blobs = new Map<string, Buffer | Error>();

  put(bytes: Buffer | Error, mediaType: string, annotations: Annotations): Descriptor {
    const digest = sha256(Buffer.from(`${this.blobs.size} ${String(bytes)}`));
    this.blobs.set(digest, bytes);
    return { mediaType, digest, size: String(bytes).length, annotations };
  }

  layer(predicate: string | undefined, mediaType = STATEMENT_TYPE, text = "{}"): Descriptor {
    const annotations: Annotations =
      predicate === undefined ? {} : { "in-toto.io/predicate-type": predicate };
    return this.put(Buffer.from(text), mediaType, annotations);
  }

  add(layers: readonly Descriptor[], annotations: Annotations = ATTACHED): Descriptor {
    const manifest = {
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: IMAGE, size: 2 },
      layers,
    };
    const descriptor = this.put(Buffer.from(JSON.stringify(manifest)), MANIFEST_TYPE, annotations);
    this.descriptors.push(descriptor);
    return descriptor;
  }

  async read(isWanted: (predicate: string) => boolean = () => true) {
    const beside = {
      descriptors: this.descriptors,
      read: async ({ digest }: Descriptor) => {
        const found = this.blobs.get(digest);
        if (found instanceof Error) throw found;
        return found;
      },
    };
    return attachedStatements({ digest: IMAGE, beside }, isWanted);
  }
}

const ATTACHED: Annotations = {
  "vnd.docker.reference.type": "attestation-manifest",
  "vnd.docker.reference.digest": IMAGE,
};

test("an image of no index has none", async () => {
  expect(await attachedStatements({ digest: IMAGE }, () => true)).toEqual([]);
});

test("statements are asked for by the predicate of their layer's annotation", async () => {
  const index = new Index();
  const manifest = index.add([
    index.layer(SBOM, STATEMENT_TYPE, "first"),
    index.layer("other"),
    index.layer(undefined),
  ]);
  const asked: string[] = [];
  const found = await index.read((predicate) => {
    asked.push(predicate);
    return predicate === SBOM;
  });
  expect(asked).toEqual([SBOM, "other", ""]);
  expect(found).toEqual([{ manifest: manifest.digest, size: 5, content: Buffer.from("first") }]);
});

test.each<[string, Annotations]>([
  ["of another image", { ...ATTACHED, "vnd.docker.reference.digest": sha256(Buffer.from("other")) }],
  ["of no image", { "vnd.docker.reference.type": "attestation-manifest" }],
  ["that is no attestation", { ...ATTACHED, "vnd.docker.reference.type": "provenance" }],
  ["without a type", { "vnd.docker.reference.digest": IMAGE }],
])("a manifest %s is not read", async (_, annotations) => {
  const index = new Index();
  index.add([index.layer(SBOM)], annotations);
  expect(await index.read()).toEqual([]);
});

test("a layer that is no statement is not read", async () => {
  const index = new Index();
  index.add([index.layer(SBOM, "application/json")]);
  expect(await index.read()).toEqual([]);
});

test("as many manifests and statements are read as the limit allows, and no more", async () => {
  const most = LIMITS.attestationsRead;
  const index = new Index();
  for (let count = 0; count <= most; count++) index.add(count === 0 ? [] : [index.layer(SBOM)]);
  expect(await index.read()).toHaveLength(most - 1);
  const wide = new Index();
  wide.add(Array.from({ length: most + 1 }, () => wide.layer(SBOM)));
  expect(await wide.read()).toHaveLength(most);
});

test("a statement or a manifest that cannot be read is named, and the others are read", async () => {
  const text = { fr: "différent", en: "different" };
  const broken = new InvalidInputError("digest-mismatch", text);
  const index = new Index();
  const [absent, wrong, right] = [index.layer(SBOM), index.layer(SBOM), index.layer(SBOM)];
  index.blobs.delete(absent.digest);
  index.blobs.set(wrong.digest, broken);
  index.add([absent, wrong, right]);
  index.blobs.set(index.add([]).digest, Buffer.from("{"));
  index.blobs.set(index.add([]).digest, broken);
  index.blobs.delete(index.add([]).digest);
  const contents = (await index.read()).map(({ content }) => ("en" in content ? content.en : "bytes"));
  expect(contents).toEqual([
    "not in the source",
    "different",
    "bytes",
    expect.stringContaining("JSON"),
    "different",
    "not in the source",
  ]);
});

test("a registry that does not answer is an error", async () => {
  const index = new Index();
  const { digest } = index.add([]);
  index.blobs.set(digest, new Error("no answer"));
  await expect(index.read()).rejects.toThrow("no answer");
});
