import { expect, test } from "vitest";
import { admissionReview, UID } from "../../../test/fixtures/admission-review.ts";
import { pod } from "../../../test/fixtures/manifests.ts";
import { readAdmissionReview, verifyStrict } from "./admission-request.ts";

const review = (text: string) => () => readAdmissionReview(Buffer.from(text));

test("reads who asks for what", () => {
  const read = readAdmissionReview(admissionReview(pod({ name: "web", namespace: "aides" })));
  expect(read).toMatchObject({
    uid: UID,
    operation: "CREATE",
    group: "",
    resource: "pods",
    subresource: "",
    namespace: "aides",
    name: "web",
    user: "system:serviceaccount:argocd:deployer",
    groups: ["system:authenticated"],
    isDryRun: false,
    object: { kind: "Pod" },
  });
  expect(read).not.toHaveProperty("oldObject");
});

const HEAD = '"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"';

test.each([
  ["nothing", "", "not JSON"],
  ["half a document", `{${HEAD}`, "not JSON"],
  ["a list", "[]", "expected: admission.k8s.io/v1"],
  [
    "another version",
    '{"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview"}',
    '"admission.k8s.io/v1beta1"',
  ],
  ["another kind", '{"apiVersion":"admission.k8s.io/v1","kind":"Pod"}', 'kind "Pod"'],
  ["no request", `{${HEAD}}`, "request.uid is not set"],
  ["no uid", `{${HEAD},"request":{"uid":""}}`, "request.uid is not set"],
])("refuses %s", (_, text, message) => {
  expect(review(text)).toThrow(message);
});

test("fields of another type are as if they were not set", () => {
  const odd = `{${HEAD},"request":{"uid":"a\\nb","operation":1,"resource":[],"namespace":null,"dryRun":"true","object":[],"userInfo":{"groups":"x"}}}`;
  expect(review(odd)()).toEqual({
    uid: "a\nb",
    operation: "",
    group: "",
    resource: "",
    subresource: "",
    namespace: "",
    name: "",
    user: "",
    groups: [],
    isDryRun: false,
  });
});

test("refuses more than 8 MiB, and what is no UTF-8", () => {
  expect(() => readAdmissionReview(Buffer.alloc(8 * 1024 ** 2 + 1, " "))).toThrow("admissionReviewBytes");
  expect(() => readAdmissionReview(Buffer.from([0x22, 0xff, 0x22]))).toThrow("not JSON");
});

test.each([
  ["equal keys", '{"a":{"b":1,"b":2}}', 'the key "b" occurs twice'],
  ["equal keys, one of them escaped", '{"b":1,"\\u0062":2}', 'the key "b" occurs twice'],
  ["too deep", `${"[".repeat(101)}${"]".repeat(101)}`, "deeper than 100"],
  ["too many values", `[${"1,".repeat(500_001)}1]`, "admissionReviewValues"],
])("what starts an examination has no %s", (_, text, message) => {
  expect(() => verifyStrict(Buffer.from(text))).toThrow(message);
});

test("a strict document passes", () => {
  expect(() => verifyStrict(Buffer.from('{"a":[{"b":1},{"b":2}],"c":"\\"a\\":"}'))).not.toThrow();
});
