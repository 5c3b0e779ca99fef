import { describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { foreignPlatform } from "../images/foreign-platform.ts";
import { inputsOf } from "./inputs.ts";
import { operandError } from "./operand-errors.ts";

describe("what names nothing is told as that", () => {
  test.each([
    [["check", ""], "Empty argument: the variable is probably unset"],
    [["check", "-f", ""], "Empty argument: the variable is probably unset"],
    [["check", "MANIFEST"], '"MANIFEST" is a placeholder: give a name, for example douane check deploy/'],
    [["trial", "IMAGE"], '"IMAGE" is a placeholder'],
    [["check", "REGISTRY/NAME:TAG"], "douane check registry.example.fr/team/portal:1.4.2"],
    [["explain", "9.9"], "The clauses are 1.1, 1.2, 1.3, 1.4, 2.1, 2.2, 2.3, 3.1, 3.2, 3.3;"],
    [["explain", "1.1-image-usr"], "Did you mean 1.1-image-user?"],
  ])("%j", async (argv, says) => {
    const { exit, stdout, stderr } = await douane(argv);
    expect([exit, stdout]).toEqual([64, ""]);
    expect(stderr).toContain(says);
  });

  test("in French, too", async () => {
    const { stderr } = await douane(["check", "DOSSIER", "--lang", "fr"]);
    expect(stderr).toBe(
      "Erreur : \"DOSSIER\" tient la place d'un nom : l'écrire, par exemple douane check deploiement/\n",
    );
  });
});

test("what begins with a transport is an image, whatever it ends in", async () => {
  const { images } = await inputsOf(["oci:layout.yaml", "docker-archive:a.json"], [], "/");
  expect(images).toEqual(["oci:layout.yaml", "docker-archive:a.json"]);
});

const OWN = `linux/${process.arch === "x64" ? "amd64" : process.arch}`;

test("an image of another platform is told as foreign to this machine, one of its own is not", () => {
  expect(foreignPlatform("linux/s390x")?.("portal").en).toContain(
    'portal: an image of "linux/s390x", judged as such.',
  );
  expect(foreignPlatform(OWN)).toBeUndefined();
});

// Placeholders that messages and pages of both languages print.
const IMAGE = [
  "douane check registry.example.fr/equipe/portail:1.4.2",
  "douane check registry.example.fr/team/portal:1.4.2",
];
const MANIFEST = ["douane check deploiement/", "douane check deploy/"];
test.each([
  ...["IMAGE", "REGISTRY/NAME:TAG", "REGISTRE/NOM:TAG"].map((word) => [word, ...IMAGE]),
  ...["MANIFEST", "MANIFESTE", "FILE", "FICHIER", "FOLDER", "DOSSIER"].map((word) => [word, ...MANIFEST]),
  ["DOCKERFILE", "douane check Dockerfile", "douane check Dockerfile"],
])("%s is a placeholder", (word, fr, en) => {
  const error = operandError(word);
  expect(error).toMatchObject({ code: "operand-placeholder", exit: 64 });
  expect([error?.text.fr.endsWith(` ${fr}`), error?.text.en.endsWith(` ${en}`)]).toEqual([true, true]);
});

test.each(["image", "IMAGES", "Dockerfile", "NAME", "constructor", "."])("%s is none", (word) => {
  expect(operandError(word)).toBeUndefined();
});

test.each(["", " ", "\t\n"])("%j is empty", (word) => {
  expect(operandError(word)).toMatchObject({ code: "operand-empty" });
});
