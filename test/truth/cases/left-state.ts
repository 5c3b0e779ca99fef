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
const MAIL = "Mon Nov  2 10:00:00 2026\nFrom: Alice <alice@corp.fr>\nSubject: hi\n\nhello\n\n";
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
  "app/sessions/sess_4f3a9c1d2e": 'user|s:5:"alice";login|i:1700000000;',
  "app/spool": `From alice@corp.fr ${MAIL}`,
  "var/mail/app": `From MAILER-DAEMON  ${MAIL}`,
  "app/mail/cur/1700000000.M1P2.host:2,S": "Return-Path: <a@corp.fr>\nSubject: hi\n\nhello\n",
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
  "app/sess_notes": "name|surname\n",
  "app/letter": "From Monday on, the counter opens at nine.\nTo: all\n",
  "app/0001-change.patch": `From ${"8f1e".repeat(10)} Mon Sep 17 00:00:00 2001\nFrom: A <a@corp.fr>\n`,
  "app/tests/fixtures/inbox": `From alice@corp.fr ${MAIL}`,
  "usr/share/doc/mail/sample": `From alice@corp.fr ${MAIL}`,
  "app/sess_controller.php": "<?php\n",
};

export const cases: Cases = [
  ...bakedFiles(STATE, "no", "1.2, 1.4: no state of a run and no secret is part of the image."),
  ...bakedFiles(NONE, "yes", "Nothing a run left: an empty folder, a program, a test's, a package's own."),
];
