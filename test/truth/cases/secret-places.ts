// Row 7: secrets in rarely read fields, forms and copies: history's comments, wallets, swap files, gzip under
// a neutral name, PHP's and Python's own settings.

import { gzipSync } from "node:zlib";
import type { ImageValue } from "../../fixtures/image/image.ts";
import { withHistory } from "../../fixtures/image/image.ts";
import { noise } from "../../fixtures/secrets.ts";
import type { Case, Cases } from "../case.ts";
import type { BakedFiles } from "../given/baked.ts";
import { image, imageOf } from "../given/image.ts";

const SECRET = `k9X${noise(29)}`;
const KEEPASS = Buffer.concat([Buffer.from("03d9a29a67fb4bb500000400", "hex"), Buffer.alloc(400, 7)]);
const swap = (text: string) =>
  Buffer.concat([Buffer.from("b0VIM 9.1\0"), Buffer.alloc(4_086), Buffer.from(text)]);

export const cases: Cases = [
  step("a comment of the history", { comment: `DB_PASSWORD=${SECRET}` }, "no"),
  step("an author of the history", { author: `ci <https://ci:${SECRET}@git.corp.fr>` }, "no"),
  step(
    "a comment that tells what was done",
    { comment: "buildkit.dockerfile.v0", author: "ci <ci@corp.fr>" },
    "yes",
  ),
  variable("an address that is encoded", `mysql%3A%2F%2Fportail%3A${SECRET}%40db.corp.fr%2Fapp`, "no"),
  variable("an address whose password is encoded", `mysql://portail:p%40${SECRET}@db.corp.fr/app`, "no"),
  variable("a text with an encoded sign", "portail%40corp", "yes"),
  files("gzip under a neutral name", { "app/data/blob": gzipSync(`DB_PASSWORD=${SECRET}\n`) }, "no"),
  files("gzip of a text without one", { "app/data/blob": gzipSync("DB_PASSWORD=${DB_PASSWORD}\n") }, "yes"),
  files("KeePass under a neutral name", { "app/data/blob": KEEPASS }, "no"),
  files("Vim's swap file", { "app/.settings.env.swp": swap(`DB_PASSWORD=${SECRET}\n`) }, "no"),
  files(
    "Vim's swap file of a program",
    { "app/.main.py.swp": swap("password = os.environ['DB_PASSWORD']\n") },
    "yes",
  ),
  files(
    "TYPO3's settings",
    {
      "app/config/system/settings.php": `<?php return ['SYS' => ['encryptionKey' => '${noise(96, "0123456789abcdef")}']];`,
    },
    "no",
  ),
  files(
    "TYPO3's settings from the environment",
    { "app/config/system/settings.php": "<?php return ['SYS' => ['encryptionKey' => getenv('TYPO3_KEY')]];" },
    "yes",
  ),
  files("PyJWT", { "app/auth.py": `token = jwt.encode({"id": 1}, "${SECRET}", algorithm="HS256")\n` }, "no"),
  files(
    "PyJWT from the environment",
    { "app/auth.py": 'token = jwt.encode({"id": 1}, settings.JWT_SECRET, algorithm="HS256")\n' },
    "yes",
  ),
];

function step(name: string, fields: object, answer: "yes" | "no"): Case {
  const entry = { created_by: "RUN make", empty_layer: true as const, ...fields };
  return of(name, withHistory(imageOf({}), entry), answer);
}

function variable(name: string, value: string, answer: "yes" | "no"): Case {
  return of(name, imageOf({ config: { Env: [`SETTING=${value}`] } }), answer);
}

function files(name: string, baked: BakedFiles, answer: "yes" | "no"): Case {
  return { ...of(name, imageOf({}), answer), given: image({ files: baked }) };
}

function of(name: string, value: ImageValue, answer: "yes" | "no"): Case {
  return {
    name,
    given: { image: value },
    expect: { "no-baked-state": answer },
    ...(answer === "no" ? {} : { trap: true as const }),
    why: answer === "no" ? "1.4: whoever can pull the image reads it." : "Nothing in it is a secret.",
  };
}
