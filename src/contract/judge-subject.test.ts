import { describe, expect, test } from "vitest";
import { imageFacts, referenceFacts } from "../../test/fixtures/image-facts.ts";
import { fail, nonRoot, pass, row, rule, TEXT, UNPROVEN } from "../../test/fixtures/said-rules.ts";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import type { AcceptanceScope } from "./acceptance-scope.ts";
import type { Collected } from "./evidence.ts";
import { type ContainerEvidence, judge } from "./judge.ts";
import { placements } from "./pod-containers.ts";
import type { AnyRule, Outcome } from "./rule.ts";

const IMAGE: Collected = { image: imageFacts(), reference: referenceFacts() };
const accepted = { acceptances: [], today: "2026-11-24" };

describe("several containers", () => {
  function ofTwo(first: Collected, second: Collected, rules: readonly AnyRule[]) {
    return judge(
      { name: "web", images: [] },
      [
        { container: "app", collected: first },
        { container: "sidecar", collected: second },
      ],
      { rules, accepted: { acceptances: [], today: "2026-11-24" } },
    );
  }
  /** A rule for row non-root, by the image's user. */
  const byUser: readonly AnyRule[] = [
    {
      ...rule("1.1-image-user", ["non-root"], pass()),
      check: ({ image }: Required<Collected>) => (image.config.user === "0" ? fail("root") : pass("uid")),
    },
    ...nonRoot(pass(), pass(), pass()).slice(1),
  ];
  const root: Collected = { image: imageFacts({ config: { user: "0" } }) };

  test("the worst answer stands, and findings name their container", () => {
    const found = row(ofTwo(IMAGE, root, byUser), "non-root");
    expect(found).toMatchObject({ answer: "no", findings: [{ container: "sidecar", fingerprint: "root" }] });
    expect(found.proofs).toMatchObject([{ container: "app" }, { container: "app" }, { container: "app" }]);
  });

  test("unproven is worse than yes", () => {
    expect(row(ofTwo(IMAGE, {}, byUser), "non-root").answer).toBe("unproven");
  });

  test("the same note of two containers stays two notes", () => {
    const noted: Outcome = { status: "pass", proof: TEXT, notes: [{ message: TEXT, fingerprint: "note" }] };
    const found = row(ofTwo(IMAGE, IMAGE, nonRoot(noted, pass(), pass())), "non-root");
    expect(found.notes).toMatchObject([{ container: "app" }, { container: "sidecar" }]);
  });

  test("a derived no names only the rows that are no", () => {
    const bind: AnyRule = {
      ...rule("1.3-bind-address", ["bind-all"], pass()),
      check: ({ image }: Required<Collected>) => (image.config.user === "0" ? fail("localhost") : pass()),
    };
    expect(row(ofTwo(IMAGE, root, [bind]), "twelve-factor")).toMatchObject({
      answer: "no",
      because: ["bind-all"],
    });
  });

  test("what is missing is named once, and derived rows keep their reasons", () => {
    const found = ofTwo({}, {}, byUser);
    expect(row(found, "non-root").missing).toHaveLength(1);
    expect(row(found, "twelve-factor").because).toContain("bind-all");
  });
});

describe("a workload", () => {
  const workload = workloadFacts({
    containers: [{ name: "web" }, { name: "proxy" }],
    facts: { namespace: "shop", kind: "Deployment", name: "web" },
  });
  const containers: readonly ContainerEvidence[] = placements(workload).map((placement) => ({
    container: placement.spec.name ?? "",
    collected: { placement },
  }));

  function ofWorkload(rules: readonly AnyRule[], judged = containers) {
    return judge({ name: "web", images: [] }, judged, { rules, accepted, shared: { workload } });
  }

  test("is judged once by a rule that reads the manifest alone, which names no container of its own", () => {
    let runs = 0;
    const once: AnyRule = {
      ...rule("1.4-own", ["stateless"], pass(), ["workload"]),
      uses: ["cluster"],
      check: () => {
        runs += 1;
        return fail("once");
      },
    };
    expect(row(ofWorkload([once]), "stateless").findings).toEqual([
      { fingerprint: "once", message: TEXT, presumed: false, remedy: once.remedy, rule: "1.4-own" },
    ]);
    expect(runs).toBe(1);
  });

  test("keeps the container that such a rule names", () => {
    const finding = { message: TEXT, fingerprint: "one", container: "proxy" };
    const named: AnyRule = rule("1.4-own", ["stateless"], { status: "fail", findings: [finding] }, [
      "workload",
    ]);
    expect(row(ofWorkload([named]), "stateless").findings).toMatchObject([{ container: "proxy" }]);
  });

  test("is judged container by container by a rule that reads their places", () => {
    const each = rule("1.4-own", ["stateless"], UNPROVEN, ["workload", "placement"]);
    expect(row(ofWorkload([each]), "stateless").doubts).toMatchObject([
      { container: "web" },
      { container: "proxy" },
    ]);
  });

  test("without containers is judged by its manifest", () => {
    const whole = rule("1.4-own", ["stateless"], fail(), ["workload"]);
    const each = rule("1.4-other", ["stateless"], fail(), ["placement"]);
    expect(row(ofWorkload([whole, each], []), "stateless").findings).toHaveLength(1);
  });

  describe("and a finding that the platform accepts", () => {
    const scoped = { reason: "false", author: "us", expires: "2026-12-31" };
    const NAMED = `sha256:${"1".repeat(64)}` as const;
    const images = [referenceFacts({ digest: NAMED }), referenceFacts({ repository: "proxy" })];
    const judged = containers.map((one, at) => ({
      ...one,
      collected: { ...one.collected, reference: images[at] ?? referenceFacts() },
    }));
    const each = rule("1.4-own", ["stateless"], fail("f"), ["placement"]);
    const whole = rule("1.4-own", ["stateless"], fail("f"), ["workload"]);
    const about = (container: string) =>
      rule(
        "1.4-own",
        ["stateless"],
        { status: "fail", findings: [{ message: TEXT, fingerprint: "f", container }] },
        ["workload"],
      );

    function standing(one: AnyRule, scope: AcceptanceScope, containersOf = judged) {
      const options = { rules: [one], shared: { workload } };
      const acceptances = [{ fingerprint: "f", ...scoped, ...scope }];
      const verdict = judge({ name: "web", images: [] }, containersOf, {
        ...options,
        accepted: { ...accepted, acceptances },
      });
      return row(verdict, "stateless").findings.map(({ container }) => container);
    }

    const PROXY = { repository: "registry.example/proxy" };
    const OWN = { workload: { namespace: "shop", kind: "Deployment", name: "web" } };
    test.each([
      ["an image: only in the containers that run it", each, PROXY, ["web"]],
      ["an image: not where another container is found fault with", about("web"), PROXY, ["web"]],
      ["an image: also where a rule on the manifest names its container", about("proxy"), PROXY, []],
      ["an image: not what is about the pod", whole, PROXY, [undefined]],
      ["the digest by which an image that was not read is named", each, { digest: NAMED }, ["proxy"]],
      ["the workload: everywhere in it", each, OWN, []],
      ["the workload: the pod, too", whole, OWN, []],
      ["the workload and an image: where both fit", each, { ...OWN, ...PROXY }, ["web"]],
      ["another namespace", whole, { workload: { ...OWN.workload, namespace: "other" } }, [undefined]],
      ["another kind", whole, { workload: { ...OWN.workload, kind: "StatefulSet" } }, [undefined]],
      ["another name", whole, { workload: { ...OWN.workload, name: "web2" } }, [undefined]],
    ] as const)("bound to %s", (_, one, scope, left) => {
      expect(standing(one, scope)).toEqual(left);
    });

    test("of two containers of one name stands: nobody knows which image is meant", () => {
      const twins = judged.map((one) => ({ ...one, container: "proxy" }));
      expect(standing(about("proxy"), PROXY, twins)).toEqual(["proxy"]);
    });
  });

  test("says a doubt and a proof of the whole once", () => {
    const doubt = rule("1.4-own", ["stateless"], UNPROVEN, ["workload"]);
    const error = rule("1.4-other", ["stateless"], "throws", ["workload"]);
    expect(row(ofWorkload([doubt, error]), "stateless").doubts).toHaveLength(2);
  });
});
