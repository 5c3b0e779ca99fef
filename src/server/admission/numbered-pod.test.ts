import { describe, expect, test } from "vitest";
import { podObject } from "../../../test/fixtures/admission-request.ts";
import type { Fields } from "../../json/fields.ts";
import { asFirstOfNumbered } from "./numbered-pod.ts";
import { isSignificantUpdate, podSubject, startDigest } from "./subject.ts";

const INDEX = "batch.kubernetes.io/job-completion-index";
const controller = (kind: string, name: string) => [{ kind, name, uid: "u", controller: true }];
const claim = (name: string, claimName: string, more: Fields = {}) => ({
  name,
  persistentVolumeClaim: { claimName, ...more },
});

/** Pod of the StatefulSet `db`, as its controller makes it. */
function ordinal(number: number | string, spec: Fields = {}, metadata: Fields = {}): Fields {
  const name = `db-${number}`;
  return podObject(
    {
      hostname: name,
      subdomain: "db",
      volumes: [claim("data", `data-${name}`), { name: "tmp", emptyDir: {} }],
      ...spec,
    },
    {
      name,
      generateName: "db-",
      labels: {
        app: "db",
        "apps.kubernetes.io/pod-index": `${number}`,
        "statefulset.kubernetes.io/pod-name": name,
        "controller-revision-hash": "db-7d4b9c6f5d",
      },
      ownerReferences: controller("StatefulSet", "db"),
      ...metadata,
    },
  );
}

/** Pod of the Indexed Job `load`, as its controller makes it. */
function indexed(index: number, changes: { spec?: Fields; annotations?: Fields } = {}): Fields {
  return podObject(
    { hostname: `load-${index}`, ...changes.spec },
    {
      name: `load-${index}-x7k2d`,
      generateName: `load-${index}-`,
      labels: { [INDEX]: `${index}`, "job-name": "load" },
      annotations: { [INDEX]: `${index}`, ...changes.annotations },
      ownerReferences: controller("Job", "load"),
    },
  );
}

const digest = (pod: Fields) => podSubject(pod, "aides").digest;
const ofSubject = (pod: Fields) => startDigest(podSubject(pod, "aides").object);

describe("the numbered pods of one template", () => {
  test.each<[string, Fields, Fields]>([
    ["a StatefulSet's ordinals", ordinal(0), ordinal(17)],
    [
      "a StatefulSet's without volumes",
      ordinal(0, { volumes: undefined }),
      ordinal(3, { volumes: undefined }),
    ],
    ["an Indexed Job's indexes", indexed(0), indexed(999)],
  ])("share a verdict, and start the same for a watcher: %s", (_, first, other) => {
    expect(digest(other)).toBe(digest(first));
    expect(startDigest(other)).toBe(startDigest(first));
    expect(ofSubject(other)).toBe(startDigest(first));
    expect(isSignificantUpdate(other, first)).toBe(false);
  });

  test("are judged, and tried, with the names of the first one", () => {
    const { object } = podSubject(ordinal(4), "aides");
    expect(object["spec"]).toMatchObject({ hostname: "db-0", volumes: [claim("data", "data-db-0"), {}] });
    const job = podSubject(indexed(4), "aides").object;
    expect(job).toMatchObject({
      metadata: { annotations: { [INDEX]: "0" } },
      spec: { hostname: "load-0" },
    });
  });

  test.each<[string, Fields]>([
    ["the claim of another pod", ordinal(1, { volumes: [claim("data", "data-db-2")] })],
    ["the claim of another volume", ordinal(1, { volumes: [claim("data", "other-db-1")] })],
    [
      "a claim that is written otherwise",
      ordinal(1, { volumes: [claim("data", "data-db-1", { readOnly: true })] }),
    ],
    ["another host name", ordinal(1, { hostname: "db-2" })],
    ["no host name", ordinal(1, { hostname: undefined })],
    ["a number of another form", ordinal("01")],
    ["no number", ordinal("a")],
    ["another subdomain", ordinal(1, { subdomain: "other" })],
    ["another image", ordinal(1, { containers: [{ name: "web", image: "r.example/other:1" }] })],
    [
      "an environment of its own",
      ordinal(1, { containers: [{ name: "web", env: [{ name: "A", value: "1" }] }] }),
    ],
    ["an annotation of its own", ordinal(1, {}, { annotations: { a: "b" } })],
    ["an owner of another name", ordinal(1, {}, { ownerReferences: controller("StatefulSet", "d") })],
    ["an owner without a name", ordinal(1, {}, { ownerReferences: controller("StatefulSet", "") })],
    ["an owner of another kind", ordinal(1, {}, { ownerReferences: controller("ReplicaSet", "db") })],
    ["no owner", ordinal(1, {}, { ownerReferences: [] })],
  ])("do not with %s", (_, other) => {
    expect(digest(other)).not.toBe(digest(ordinal(0)));
    expect(startDigest(other)).toBe(ofSubject(other));
  });

  test.each<[string, Fields]>([
    ["a host name that is not the index's", indexed(1, { spec: { hostname: "load-2" } })],
    ["an annotation that is not the index", indexed(1, { annotations: { [INDEX]: "7" } })],
    ["no host name", indexed(1, { spec: { hostname: undefined } })],
    ["another annotation", indexed(1, { annotations: { a: "b" } })],
  ])("of a Job do not with %s", (_, other) => {
    expect(digest(other)).not.toBe(digest(indexed(0)));
  });

  test("a StatefulSet of another name has another verdict: its pods have other names", () => {
    const other = { ...controller("StatefulSet", "cache")[0] };
    const cache = ordinal(
      0,
      { hostname: "cache-0", volumes: [] },
      { name: "cache-0", ownerReferences: [other] },
    );
    expect(digest(cache)).not.toBe(digest(ordinal(0, { volumes: [] })));
  });
});

test("the result is its own first, and what is no numbered pod is the same object", () => {
  for (const pod of [ordinal(3), indexed(3)]) {
    const first = asFirstOfNumbered(pod);
    expect(asFirstOfNumbered({ ...first, metadata: {} })).toEqual({ ...first, metadata: {} });
    expect(startDigest(first)).toBe(startDigest(pod));
  }
  const pod = podObject({ volumes: ["text", claim("data", "data-web")] });
  expect(asFirstOfNumbered(pod)).toBe(pod);
  const odd = ordinal(2, { volumes: ["text", { name: "a", persistentVolumeClaim: "text" }] });
  expect(asFirstOfNumbered(odd)["spec"]).toMatchObject({
    volumes: ["text", { name: "a", persistentVolumeClaim: "text" }],
  });
});
