import { describe, expect, test } from "vitest";
import { scanFile } from "./scan.ts";

function found(text: string, path = "/app/deploy.txt") {
  return scanFile(path, Buffer.from(text))
    .filter(({ kind }) => kind === "kubernetes-secret")
    .map(({ line }) => line);
}

const PLAIN = "Kj8vQ2xW9z";
const OTHER = Buffer.from("another-Kj8vQ2x").toString("base64");
const CODED = Buffer.from(`${PLAIN}xy`).toString("base64");
const ENCRYPTED = "ENC[AES256_GCM,data:p673w+cF7Q==,iv:0cWk7nFq3Y4=,tag:UTkb1vGx8A==,type:str]";

describe("the values of a Secret", () => {
  test.each([
    ["data", `kind: Secret\ndata:\n  pw: ${CODED}\n`, [3]],
    ["stringData", `kind: Secret\nstringData:\n  pw: ${PLAIN}\n`, [3]],
    ["quoted", `"kind": "Secret",\n"data": {\n  "pw": "${CODED}",\n`, [3]],
    ["with single quotes", `kind: 'Secret'\nstringData:\n  pw: '${PLAIN}'\n`, [3]],
    ["several", `kind: Secret\ndata:\n  a: ${CODED}\n  b: ${OTHER}\n`, [3, 4]],
    ["of both", `kind: Secret\ndata:\n  a: ${CODED}\nstringData:\n  b: ${PLAIN}\n`, [3, 5]],
    ["in a list", `items:\n- kind: Secret\n  data:\n    a: ${CODED}\n`, [4]],
    ["behind other documents", `a: b\n---\nkind: Secret\ndata:\n  a: ${CODED}\n--- # x\nb: c\n`, [5]],
    ["with the lines of Windows", `kind: Secret\r\ndata:\r\n  a: ${CODED}\r\n`, [3]],
    ["beside what only looks like SOPS", `kind: Secret\ndata:\n  pw: ${CODED}\nsops:\n  a: b\n`, [3]],
    ["with blanks", `kind:   Secret\ndata:  \n   a:  ${CODED}\n# kind: Secret\n`, [3]],
    ["padded", `kind: Secret\ndata:\n  a: ${Buffer.from(PLAIN).toString("base64")}\n`, [3]],
    ["in JSON over lines", `{\n  "kind": "Secret",\n  "data": {\n    "pw": "${CODED}"\n  }\n}`, [4]],
    ["in JSON of one line", `{"kind":"Secret","data":{"pw":"${CODED}","b":"${OTHER}"}}`, [1, 1]],
    ["in JSON of one line, as text", `{"kind":"Secret","stringData":{"pw":"${PLAIN}"}}`, [1]],
  ])("%s", (_, text, lines) => {
    expect(found(text)).toEqual(lines);
  });
});

describe("traps: no value of a Secret", () => {
  test.each([
    ["another kind", `kind: SealedSecret\ndata:\n  pw: ${CODED}\n# kind: Secret\n`],
    ["a name that begins so", `kind: SecretStore\ndata:\n  pw: ${CODED}\n# kind: Secret\n`],
    ["the kind of a reference", `spec:\n  x: "kind: Secret"\ndata:\n  pw: ${CODED}\n`],
    [
      "what SOPS encrypted",
      `kind: Secret\ndata:\n  pw: ${ENCRYPTED}\nsops:\n  mac: ${ENCRYPTED}\n  version: 3.9.0\n`,
    ],
    ["an encrypted value", "kind: Secret\nstringData:\n  pw: ENC[AES256_GCM,data:abc]\n"],
    ["other fields", `kind: Secret\nmetadata:\n  name: ${PLAIN}\n  pw: ${CODED}\n`],
    ["what stands beside data", `kind: Secret\ndata:\n  pw: ""\nother: ${CODED}\n`],
    ["data on the same line", "kind: Secret\ndata: x\n  a: b\n"],
    ["another document", `kind: Secret\n---\ndata:\n  pw: ${CODED}\n`],
    ["no base64", `kind: Secret\ndata:\n  pw: ${PLAIN}\n`],
    ["base64 that is cut", `kind: Secret\ndata:\n  pw: ${CODED}A\n`],
    ["base64 of little", "kind: Secret\ndata:\n  pw: YWJj\n"],
    ["short texts", "kind: Secret\nstringData:\n  pw: abc\n"],
    ["placeholders", `kind: Secret\nstringData:\n  a: changeme\n  b: "{{ .x }}"\n`],
    ["coded placeholders", `kind: Secret\ndata:\n  a: ${Buffer.from("changeme").toString("base64")}\n`],
    [
      "blocks and references",
      "kind: Secret\nstringData:\n  a: |\n  b: >-\n  c: &anchor\n  d: *anchor\n  e: !vault x\n",
    ],
    [
      "certificates",
      "kind: Secret\nstringData:\n  a: -----BEGIN CERTIFICATE-----\n  b: -----BEGIN PUBLIC KEY-----\n",
    ],
    ["comments", `kind: Secret\nstringData:\n# pw: ${PLAIN}\n`],
  ])("%s", (_, text) => {
    expect(found(text)).toEqual([]);
  });
});
