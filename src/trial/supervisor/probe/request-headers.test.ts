import { expect, test } from "vitest";
import { requestHeaders, type Sender } from "./request-headers.ts";

const OWN = { Host: "10.0.0.2:8080", "User-Agent": "kube-probe/1.34", Accept: ["*/*"] };

test.each<[string, Parameters<typeof requestHeaders>[0], object]>([
  ["nothing: the kubelet's own", {}, {}],
  ["a Host", { Host: ["app.example"] }, { Host: "app.example" }],
  ["two Hosts: the first", { Host: ["a.example", "b.example"] }, { Host: "a.example" }],
  ["an empty Host: the address", { Host: [""] }, {}],
  ["a User-Agent", { "User-Agent": ["mine/1", "other"] }, { "User-Agent": "mine/1" }],
  ["an empty User-Agent: none", { "User-Agent": [""] }, { "User-Agent": undefined }],
  ["an Accept", { Accept: ["text/html", "a/b"] }, { Accept: ["text/html", "a/b"] }],
  ["an empty Accept: none", { Accept: [""] }, { Accept: undefined }],
  ["an empty Accept before another: none", { Accept: ["", "a/b"] }, { Accept: undefined }],
  ["another one, repeated and empty", { "X-A": ["1", "2"], "X-B": [""] }, { "X-A": ["1", "2"], "X-B": [""] }],
  ["those of a body, which it has not", { "Content-Length": ["5"], "Transfer-Encoding": ["chunked"] }, {}],
  ["letters beyond ASCII, as bytes", { "X-A": ["é"] }, { "X-A": ["Ã©"] }],
])("declared: %s", (_, declared, changes) => {
  const sent = requestHeaders(declared, "10.0.0.2:8080", "probe");
  expect({ "User-Agent": undefined, Accept: undefined, ...sent }).toEqual({ ...OWN, ...changes });
});

test.each<[Sender, string]>([
  ["probe", "kube-probe/1.34"],
  ["hook", "kube-lifecycle/1.34"],
  ["user", "Mozilla/5.0"],
])("the sender of a %s states its name", (sender, expected) => {
  expect(requestHeaders({}, "a:1", sender)["User-Agent"]).toBe(expected);
});
