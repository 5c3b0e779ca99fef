// `npm run image [-- FOLDER]`: builds douane as images in an OCI layout, in .cache/image by default; VERSION
// checks, VERSION-trial can also run trials.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { VERSION } from "../src/cli/process/version.ts";
import { writeLayout } from "../test/fixtures/image/layout.ts";
import { describedImage, douaneImage, trialImage } from "./image/image.ts";

const [argument] = process.argv.slice(2);
const folder =
  argument === undefined
    ? join(import.meta.dirname, "..", ".cache", "image")
    : resolve(process.env["INIT_CWD"] ?? "", argument);
const INDEX = join(folder, "index.json");

const image = douaneImage();
rmSync(folder, { recursive: true, force: true });
const entries = Object.entries({ [VERSION]: image, [`${VERSION}-trial`]: trialImage(image) }).map(
  ([ref, value]) => {
    console.log(`oci:${folder}:${ref} ${writeLayout(describedImage(value), folder, { ref }).digest}`);
    return JSON.parse(readFileSync(INDEX, "utf8"));
  },
);
const [index] = entries;
writeFileSync(INDEX, JSON.stringify({ ...index, manifests: entries.flatMap(({ manifests }) => manifests) }));
