import { describe, expect, test } from "vitest";
import { kubernetesSecrets } from "./kubernetes-secret.ts";
import { scanFile } from "./scan.ts";
import { ScannedText } from "./scanned-text.ts";

/** Values found in the text. */
function values(text: string) {
  return kubernetesSecrets(new ScannedText(() => text, "/app/deploy.txt")).map((span) => {
    expect(span).toMatchObject({ kind: "kubernetes-secret", confidence: "likely" });
    expect(text.slice(span.start, span.end)).toBe(span.value);
    return span.value;
  });
}

function coded(text: string): string {
  return Buffer.from(text).toString("base64");
}

const PLAIN = "Kj8vQ2xW9z";
const OTHER = coded("another-Kj8vQ2x");
const CODED = coded(`${PLAIN}xy`);
const ENCRYPTED = "ENC[AES256_GCM,data:p673w+cF7Q==,iv:0cWk7nFq3Y4=,tag:UTkb1vGx8A==,type:str]";

describe("the values of a Secret", () => {
  test.each([
    ["data", `kind: Secret\ndata:\n  pw: ${CODED}\n`, [CODED]],
    ["stringData", `kind: Secret\nstringData:\n  pw: ${PLAIN}\n`, [PLAIN]],
    ["quoted", `"kind": "Secret",\n"data": {\n  "pw": "${CODED}",\n`, [CODED]],
    ["with single quotes", `kind: 'Secret'\nstringData:\n  pw: '${PLAIN}'\n`, [PLAIN]],
    ["several", `kind: Secret\ndata:\n  a: ${CODED}\n  b: ${OTHER}\n`, [CODED, OTHER]],
    ["of both", `kind: Secret\ndata:\n  a: ${CODED}\nstringData:\n  b: ${PLAIN}\n`, [CODED, PLAIN]],
    ["in a list", `items:\n- kind: Secret\n  data:\n    a: ${CODED}\n`, [CODED]],
    ["behind other documents", `a: b\n---\nkind: Secret\ndata:\n  a: ${CODED}\n--- # x\nb: c\n`, [CODED]],
    ["with the lines of Windows", `kind: Secret\r\ndata:\r\n  a: ${CODED}\r\n`, [CODED]],
    ["beside what only looks like SOPS", `kind: Secret\ndata:\n  pw: ${CODED}\nsops:\n  a: b\n`, [CODED]],
    ["with blanks", `kind:   Secret  \ndata:  \n   a  :  ${CODED}  \n`, [CODED]],
    ["with comments", `kind: Secret # x\ndata: # y\n  a: ${CODED} # z\n`, [CODED]],
    ["with a comment, quoted", `kind: Secret\nstringData:\n  a: "${PLAIN} # x" # y\n`, [`${PLAIN} # x`]],
    ["with a comment that quotes", `kind: Secret\nstringData:\n  a: "${PLAIN}" # "x"\n`, [PLAIN]],
    ["with a sign of a comment", `kind: Secret\nstringData:\n  a: ${PLAIN}#x\n`, [`${PLAIN}#x`]],
    ["with quotes within", `kind: Secret\nstringData:\n  a: "${PLAIN}\\"x"\n`, [`${PLAIN}\\"x`]],
    [
      "of several words",
      `kind: Secret\nstringData:\n  a: correct horse ${PLAIN}\n`,
      [`correct horse ${PLAIN}`],
    ],
    ["as short as a number of four digits", "kind: Secret\nstringData:\n  pin: 7391\n", ["7391"]],
    ["padded", `kind: Secret\ndata:\n  a: ${coded(PLAIN)}\n`, [coded(PLAIN)]],
    [
      "of a key",
      "kind: Secret\nstringData:\n  a: -----BEGIN RSA PRIVATE KEY-----\n",
      ["-----BEGIN RSA PRIVATE KEY-----"],
    ],
    [
      "with signs within",
      `kind: Secret\nstringData:\n  a: ${PLAIN}|>&*!\n  b: xENC[${PLAIN}\n`,
      [`${PLAIN}|>&*!`, `xENC[${PLAIN}`],
    ],
    ["above a line of dashes", `kind: Secret\nstringData:\n  a: ---\n----- x\n  b: ${PLAIN}\n`, [PLAIN]],
    ["in JSON over lines", `{\n  "kind": "Secret",\n  "data": {\n    "pw": "${CODED}"\n  }\n}`, [CODED]],
    ["in JSON of one line", `{"kind":"Secret","data":{"pw":"${CODED}","b":"${OTHER}"}}`, [CODED, OTHER]],
    ["in JSON of one line, as text", `{"kind":"Secret","stringData":{"pw":"${PLAIN}"}}`, [PLAIN]],
    ["in JSON with blanks", `{"kind": "Secret", "data": {"pw": "${CODED}"}}\n`, [CODED]],
    [
      "in JSON, an object a line",
      `{"kind":"ConfigMap","data":{"pw":"${OTHER}"}}\n{"kind":"Secret","data":{"pw":"${CODED}"},"stringData":{"b":"${PLAIN}"}}\n`,
      [CODED, PLAIN],
    ],
  ])("%s", (_, text, expected) => {
    expect(values(text)).toEqual(expected);
  });
});

test.each(["kind: Secret", 'kind: "Secret"', "kind: 'Secret'", '{\n"kind": "Secret",'])(
  "%j is looked for in every text",
  (kind) => {
    const found = scanFile("/app/deploy.txt", Buffer.from(`${kind}\n"data": {\n  "pw": "${CODED}"\n}`));
    expect(found.map((one) => [one.kind, one.line])).toEqual([
      ["kubernetes-secret", kind.includes("\n") ? 4 : 3],
    ]);
  },
);

test("JSON of one line is looked for, too", () => {
  const found = scanFile("/app/deploy.txt", Buffer.from(`{"kind":"Secret","data":{"pw":"${CODED}"}}`));
  expect(found.map(({ kind }) => kind)).toEqual(["kubernetes-secret"]);
});

describe("traps: no value of a Secret", () => {
  test.each([
    ["another kind", `kind: SealedSecret\ndata:\n  pw: ${CODED}\n`],
    ["a name that begins so", `kind: SecretStore\ndata:\n  pw: ${CODED}\n`],
    ["the kind of a reference", `spec:\n  x: "kind: Secret"\ndata:\n  pw: ${CODED}\n`],
    [
      "what SOPS encrypted",
      `kind: Secret\ndata:\n  pw: ${ENCRYPTED}\nsops:\n  mac: ${ENCRYPTED}\n  version: 3.9.0\n`,
    ],
    ["an encrypted value", "kind: Secret\nstringData:\n  pw: ENC[AES256_GCM,data:abc]\n"],
    ["other fields", `kind: Secret\nmetadata:\n  name: ${PLAIN}\n  pw: ${CODED}\n`],
    ["what stands beside data", `kind: Secret\ndata:\n  pw: ""\nother: ${CODED}\n`],
    ["data on the same line", `kind: Secret\ndata: x\n  a: ${CODED}\n`],
    ["a quote without its end", `kind: Secret\nstringData:\n  pw: "${PLAIN}\n`],
    ["another document", `kind: Secret\n---\ndata:\n  pw: ${CODED}\n`],
    ["what follows a comment at the end", `kind: Secret\n--- # x\ndata:\n  pw: ${CODED}\n`],
    ["JSON of another kind", `{"kind":"SecretStore","data":{"pw":"${CODED}"}}`],
    ["more than base64", `kind: Secret\ndata:\n  pw: "${CODED} ${CODED}xyz"\n  b: -${CODED}xyz\n`],
    ["no base64", `kind: Secret\ndata:\n  pw: ${PLAIN}\n`],
    ["base64 that is cut", `kind: Secret\ndata:\n  pw: ${CODED}A\n`],
    ["base64 of little", "kind: Secret\ndata:\n  pw: YWJj\n"],
    ["short texts", 'kind: Secret\nstringData:\n  pw: abc\n  b: "   x7q   "\n'],
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
    expect(values(text)).toEqual([]);
  });
});
