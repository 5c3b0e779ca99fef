import { expect, onTestFinished, test } from "vitest";
import { assessmentRequest, recordedPorts } from "../../../test/fixtures/assessment.ts";
import { serveImage, startServer } from "../../../test/fixtures/fake-registry.ts";
import {
  emptyImage,
  type ImageValue,
  manifestOf,
  withAnnotations,
  withConfig,
  withLayer,
} from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";
import { imageOpener } from "../../image/open.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { baseNames } from "../../policy/bases.ts";
import { Assessment } from "../run/assessment.ts";
import { baseCandidates } from "./base-candidates.ts";
import { BaseVerifier } from "./base-verifier.ts";

const BASE = withLayer(emptyImage(), layerOf([{ path: "base", content: "base" }]));
const DIGEST = manifestOf(BASE).digest;
const APP = withLayer(BASE, layerOf([{ path: "app", content: "app" }]));
/** An image with a file that is judged differently in a base. */
const FAULTY = imageFacts({
  layers: [{}, {}],
  files: [{ path: "/opt/x/.env", content: "API_URL=https://api.recette.gouv.fr\n" }],
});

function annotated(digest: string = DIGEST, name?: string): ImageValue {
  const named = name === undefined ? {} : { "org.opencontainers.image.base.name": name };
  return withAnnotations(APP, { "org.opencontainers.image.base.digest": digest, ...named });
}

async function opened(image: ImageValue): Promise<OpenImage> {
  const folder = temporaryDirectory();
  writeLayout(image, folder, { ref: "1" });
  const opener = imageOpener({ env: {} });
  onTestFinished(() => opener.close());
  return opener.open(`oci:${folder}:1`);
}

function verifier(bases: readonly string[], lookupMs?: number) {
  const unanswered: string[] = [];
  const { ports, events } = recordedPorts({ onUnanswered: ({ en }) => unanswered.push(en) });
  const assessment = new Assessment(assessmentRequest({ policy: { bases: [...bases] } }), ports);
  const opener = imageOpener({ env: {} });
  onTestFinished(() => opener.close());
  return { verifier: new BaseVerifier(assessment, opener, lookupMs), events, unanswered };
}

test("a base that the image names, the policy takes and the registry confirms", async () => {
  const { host, requests } = await serveImage(BASE);
  const { verifier: bases, events } = verifier([`${host}/socle/*`]);
  const image = await opened(annotated(DIGEST, `${host}/socle/java:21`));
  expect((await bases.verified(FAULTY, image)).base).toEqual({
    reference: `${host}/socle/java@${DIGEST}`,
    layers: 1,
  });
  expect(events).toEqual([]);
  const asked = requests.length;
  await bases.verified(FAULTY, image);
  expect([asked > 0, requests.length]).toEqual([true, asked]);
});

test("no registry is asked where nothing depends on the base, or where the policy does not name it", async () => {
  const { host, requests } = await serveImage(BASE);
  const named = await opened(annotated(DIGEST, `${host}/socle/java`));
  const { verifier: bases } = verifier([`${host}/socle/*`]);
  expect(await bases.verified(imageFacts({}), named)).not.toHaveProperty("base");
  const { verifier: others } = verifier([`${host}/autre/*`, "registry.example/socle/java"]);
  expect(await others.verified(FAULTY, named)).not.toHaveProperty("base");
  expect(requests).toEqual([]);
});

test("of several that fit, the one with the most layers", async () => {
  const { host } = await serveImage(APP);
  const small = await serveImage(BASE);
  const { verifier: bases } = verifier([`${small.host}/a:1`, `${host}/b:1`]);
  const image = await opened(withLayer(APP, layerOf([{ path: "x", content: "x" }])));
  expect((await bases.verified(FAULTY, image)).base).toEqual({
    reference: `${host}/b:1@${manifestOf(APP).digest}`,
    layers: 2,
  });
});

test.each([
  ["has more layers", withLayer(APP, layerOf([{ path: "x", content: "x" }]))],
  ["has another layer", withLayer(emptyImage(), layerOf([{ path: "x", content: "x" }]))],
  ["has none", emptyImage()],
])("an image that %s is no base", async (_, other) => {
  const { host } = await serveImage(other);
  const { verifier: bases, events } = verifier([`${host}/a:1`]);
  expect(await bases.verified(FAULTY, await opened(APP))).not.toHaveProperty("base");
  expect(events).toEqual([]);
});

test("what cannot be asked is not verified, and that is said", async () => {
  const { verifier: bases, events, unanswered } = verifier(["127.0.0.1:1/a:1"]);
  expect(await bases.verified(FAULTY, await opened(APP))).not.toHaveProperty("base");
  expect(events).toMatchObject([
    {
      kind: "warning",
      text: { en: expect.stringContaining("the base image 127.0.0.1:1/a:1 could not be verified") },
    },
  ]);
  expect(unanswered).toEqual([expect.stringContaining("127.0.0.1:1")]);
});

test("a registry that does not answer is waited for no longer than the bound", async () => {
  const { host } = await startServer(() => {});
  const { verifier: bases, events, unanswered } = verifier([`${host}/a:1`], 50);
  expect(await bases.verified(FAULTY, await opened(APP))).not.toHaveProperty("base");
  expect(events).toMatchObject([{ text: { en: expect.stringContaining("(bound baseLookupMs)") } }]);
  expect(unanswered).toEqual([expect.stringContaining("(bound baseLookupMs)")]);
});

test("a base that its registry does not have is an answer", async () => {
  const { host } = await startServer((_, response) => void response.writeHead(404).end());
  const { verifier: bases, events, unanswered } = verifier([`${host}/a:1`]);
  expect(await bases.verified(FAULTY, await opened(APP))).not.toHaveProperty("base");
  expect([events.length, unanswered]).toEqual([1, []]);
});

test("labels tell as annotations do; a name that is none, and a digest that is none, tell nothing", async () => {
  const names = baseNames(["registry.example/socle/java", "registry.example/socle/node:24"]);
  const label = {
    "org.opencontainers.image.base.digest": DIGEST,
    "org.opencontainers.image.base.name": "No Name",
  };
  const labelled = await opened(withConfig(APP, { Labels: label }));
  const node = "registry.example/socle/node:24";
  expect(baseCandidates(labelled, names)).toEqual([`registry.example/socle/java@${DIGEST}`, node]);
  expect(baseCandidates(await opened(annotated("sha256:a")), names)).toEqual([node]);
});

test("no more are asked for than the bound says", async () => {
  const bases = Array.from(
    { length: LIMITS.baseCandidates + 1 },
    (_, index) => `registry.example/base${index}:1`,
  );
  expect(baseCandidates(await opened(APP), baseNames(bases))).toHaveLength(LIMITS.baseCandidates);
});
