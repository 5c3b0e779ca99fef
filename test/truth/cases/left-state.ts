// Row 7: state that a run left in a layer: sessions, dumps of memory, indexes, Terraform's state.

import type { Cases } from "../case.ts";
import { type BakedFiles, bakedFiles } from "../given/baked.ts";

const CORE = Buffer.concat([
  Buffer.from("\x7fELF\x02\x01\x01", "latin1"),
  Buffer.alloc(9),
  Buffer.from([4, 0]),
  Buffer.alloc(200),
]);
const PROGRAM = Buffer.concat([
  Buffer.from("\x7fELF\x02\x01\x01", "latin1"),
  Buffer.alloc(9),
  Buffer.from([3, 0]),
  Buffer.alloc(200),
]);
const LUCENE = Buffer.from(`\x3f\xd7\x6c\x17\x08segments${"\0".repeat(100)}`, "latin1");
const SESSION = "9xKq2LmPt3RvB2Nc8YhJ4dZk9qXw7LmPt3RvB2Nc";
const DRAWN = ["Zk9qXw7LmPt3", "RvB2Nc8YhJ4d"].join("");

function tfstate(type: string, attributes: object): string {
  const resources = [{ mode: "managed", type, instances: [{ attributes }] }];
  return JSON.stringify({ version: 4, terraform_version: "1.9.0", resources });
}

const STATE: BakedFiles = {
  "app/terraform.tfstate": tfstate("random_password", { result: DRAWN }),
  "app/terraform.tfstate.backup": tfstate("random_password", { length: 24, result: DRAWN }),
  "app/java_pid1.hprof": Buffer.from(`JAVA PROFILE 1.0.2${"\0".repeat(1_000)}`),
  "app/core.1234": CORE,
  "tmp/sess_a9f8b7c6d5e4f3a2b1c0d9e8f7": 'user|s:5:"admin";',
  [`app/storage/framework/sessions/${SESSION}`]: `a:3:{s:6:"_token";s:40:"${SESSION}";}`,
  "app/data/index/segments_5": LUCENE,
  "prometheus/wal/00000000": Buffer.alloc(32_768),
};

const NONE: BakedFiles = {
  "app/terraform.tfstate": tfstate("random_pet", { id: "brave-horse" }),
  "app/tests/fixtures/terraform.tfstate": tfstate("random_password", { result: "example" }),
  "app/storage/framework/sessions/.gitignore": "*\n!.gitignore\n",
  "app/tests/fixtures/heap.hprof": Buffer.from(`JAVA PROFILE 1.0.2${"\0".repeat(1_000)}`),
  "app/server": PROGRAM,
  "usr/share/doc/help/index/segments_5": LUCENE,
  "usr/share/app-help/index/segments_1": LUCENE,
  "app/wal/00000000": "text\n",
  "app/sess_controller.php": "<?php\n",
};

export const cases: Cases = [
  ...bakedFiles(STATE, "no", "1.2, 1.4: no state of a run and no secret is part of the image."),
  ...bakedFiles(NONE, "yes", "Nothing a run left: an empty folder, a program, a test's, a package's own."),
];
