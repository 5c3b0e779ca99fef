// Documents that two readers of JSON read differently: the image judged is the image that runs.

import { blobsOf, configOf, manifestOf } from "../../fixtures/image/image.ts";
import { edited } from "../../fixtures/layout-documents.ts";
import type { Case, Cases } from "../case.ts";
import type { Given } from "../given/given.ts";
import { dockerFiles, EVIL, GOOD, good, ofIndex, readAs } from "../given/readers.ts";
import { allBlobs, archive, index, layout, layoutFiles, withConfigBlob } from "../given/stored.ts";

/** A layout of GOOD with another config. */
function config(from: string, to: string): Given {
  const of = edited(configOf(GOOD), from, to);
  const manifest = withConfigBlob(GOOD, of);
  return layout(layoutFiles([{ blob: manifest }], [manifest, of, ...blobsOf(GOOD)]));
}

/** A layout of GOOD with another manifest. */
function manifest(from: string, to: string): Given {
  const blob = edited(manifestOf(GOOD), from, to);
  return layout(layoutFiles([{ blob }], [blob, ...allBlobs(GOOD, EVIL)]));
}

function repeats(name: string, given: Given): Case {
  return {
    name: `a document with ${name}`,
    given,
    expect: "refused",
    tells: "stands twice",
    why: "Engines merge what stands twice; another reader sees the last alone.",
  };
}

export const cases: Cases = [
  repeats(
    "two config objects",
    config('"config":{', '"config":{"Entrypoint":["/bin/evil"],"Env":["A=b"]},"config":{'),
  ),
  repeats("two users", config('"User":', '"User":"0","User":')),
  repeats("a user spelt by an escape", config('"User":', '"\\u0055ser":"0","User":')),
  repeats("two commands", config('"Cmd":', '"Cmd":["/bin/evil"],"Cmd":')),
  repeats("one label twice", config('"owner":', '"owner":"x","owner":')),
  repeats("two root file systems", config('"rootfs":', '"rootfs":{},"rootfs":')),
  repeats(
    "a step of history that has two authors",
    config('"created_by":', '"created_by":"x","created_by":'),
  ),
  repeats(
    "two configs in a manifest",
    manifest('"config":', `"config":${JSON.stringify({ digest: configOf(EVIL).digest })},"config":`),
  ),
  repeats("two lists of layers", manifest('"layers":', '"layers":[],"layers":')),
  repeats(
    "two digests of one layer",
    manifest('"layers":[{', `"layers":[{"digest":"${configOf(EVIL).digest}",`),
  ),
  repeats(
    "two lists of manifests",
    ofIndex(edited(index([good]), '"manifests":', '"manifests":[],"manifests":')),
  ),
  repeats(
    "two lists in index.json",
    layout({
      ...layoutFiles([good], allBlobs(GOOD)),
      "index.json": JSON.stringify(layoutFiles([good], [])["index.json"]).replace("{", '{"manifests":[],'),
    }),
  ),
  repeats(
    "two versions in oci-layout",
    layout({
      ...layoutFiles([good], allBlobs(GOOD)),
      "oci-layout": '{"imageLayoutVersion":"9","imageLayoutVersion":"1.0.0"}',
    }),
  ),
  repeats(
    "two configs in docker's manifest.json",
    archive({
      ...dockerFiles(GOOD),
      "manifest.json": JSON.stringify(dockerFiles(GOOD)["manifest.json"]).replace(
        '"Config":',
        '"Config":"evil.json","Config":',
      ),
    }),
  ),
  {
    name: "half a surrogate pair in the command",
    given: config('"Cmd":["', '"Cmd":["\\udc80'),
    expect: "refused",
    tells: "half a Unicode character",
    why: "Engines start U+FFFD, another reader a file of that byte.",
  },
  readAs(
    "labels that differ in case, and keys that stand once in several objects",
    config('"Labels":{', '"Labels":{"OWNER":"x","config":"y","User":"0",'),
    "Keys of a map are told apart by their case, and each object has its own.",
  ),
  readAs(
    "a label that holds JSON with repeated keys",
    config('"Labels":{', `"Labels":{"metadata":${JSON.stringify('{"a":1,"a":2}')},`),
    "A string is no object.",
  ),
  readAs(
    "an emoji written as two escapes",
    config('"Labels":{', '"Labels":{"x":"\\ud83d\\ude00",'),
    "A whole pair.",
  ),
];
