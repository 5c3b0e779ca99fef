import { describe, expect, test } from "vitest";
import { asStored } from "../../../test/fixtures/admission-review.ts";
import { NOTARY, TEAM, type TestKey } from "../../../test/fixtures/attested.ts";
import { attestedImage } from "../../../test/fixtures/attested-image.ts";
import { evidenceText } from "../../../test/fixtures/evidence-text.ts";
import { configOf } from "../../../test/fixtures/image/image.ts";
import { container, podSpec } from "../../../test/fixtures/manifests.ts";
import { smallImage } from "../../../test/fixtures/small-image.ts";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { formatEnvelope } from "../../attest/dsse/envelope.ts";
import { signEnvelope } from "../../attest/dsse/sign-envelope.ts";
import { STATEMENT_TYPE } from "../../attest/in-toto/statement.ts";
import { statementBytes } from "../../attest/in-toto/write-statement.ts";
import { trialPredicate } from "../../attest/predicates/trial.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Fields } from "../../json/fields.ts";
import { podSubject } from "../admission/subject.ts";
import type { TrialStore } from "../ports.ts";
import { judgeSubject } from "./judge.ts";

const NOW = Date.parse("2026-06-15T12:00:00Z");
const OTHER: Digest = `sha256:${"0".repeat(64)}`;
const PROBE = { httpGet: { path: "/healthz", port: 8080 } };

/** Pod as a manifest has it. */
function pod(image: string, spec: Fields = {}, changes: Fields = {}): Fields {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "app", namespace: "team" },
    spec: podSpec({
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        container({
          image,
          ports: [{ containerPort: 8080 }],
          readinessProbe: PROBE,
          livenessProbe: PROBE,
          env: undefined,
          envFrom: undefined,
          ...changes,
        }),
      ],
      ...spec,
    }),
  };
}

/** A trial of the pod above as the role trial keeps it, signed. */
function envelope(image: Digest, name: string, key: TestKey): string {
  const facts = {
    imageId: configOf(smallImage()).digest,
    envNames: ["HOSTNAME", "PATH"],
    user: { runAs: "1000", supplementalGroups: [] },
  };
  const origin = { by: "own-run", douane: "0.1.0" } as const;
  const evidence = JSON.parse(evidenceText([{ kind: "trial", trial: trialFacts({ facts }), origin }]));
  const bytes = statementBytes({ name, digest: image }, trialPredicate(evidence));
  return formatEnvelope(signEnvelope(STATEMENT_TYPE, bytes, key.secret));
}

/** Answer to the row about addresses, which a trial alone can prove. */
async function answerOf(
  change: (image: string) => Fields,
  kept: (image: Digest, name: string) => string | undefined = (image, name) => envelope(image, name, NOTARY),
): Promise<string | undefined> {
  const { target, digest, registry } = await attestedImage();
  const host = registry.host;
  const subject = podSubject(change(target), "team");
  const policy = {
    platform: "linux/amd64",
    admission: { registries: [host] },
    attestations: {
      signers: [
        { id: "trials", keys: [{ pem: NOTARY.pem }] },
        { id: "team", keys: [{ pem: TEAM.pem }] },
      ],
      builders: [],
      applications: [],
      statements: { trial: { signers: ["trials"] } },
    },
  };
  const trials: Pick<TrialStore, "trialOf"> = {
    trialOf: async (image, of) =>
      image === digest && of === subject.digest ? kept(image, `${host}/team/portal`) : undefined,
  };
  const key = { subject: subject.digest, policy: OTHER, rules: OTHER };
  const ports = { cwd: "/", env: {}, douane: "0.1.0", now: () => NOW, trials };
  const { stored } = await judgeSubject(subject, key, true, { policy }, ports, new AbortController().signal);
  return stored?.verdict.rows.find(({ id }) => id === "bind-all")?.answer;
}

describe("a kept trial", () => {
  test("counts by the key of a signer that the policy names for trials", async () => {
    expect(await answerOf(pod)).toBe("yes");
  });

  test.each<[string, (image: Digest, name: string) => string | undefined]>([
    ["that is absent", () => undefined],
    ["of a signer of other statements", (image, name) => envelope(image, name, TEAM)],
    ["about another image", (_, name) => envelope(OTHER, name, NOTARY)],
    [
      "that was changed after it was signed",
      (image, name) => {
        const signed = JSON.parse(envelope(image, name, NOTARY));
        const payload = Buffer.from(signed.payload, "base64")
          .toString()
          .replace("linux/amd64", "linux/arm64");
        return JSON.stringify({ ...signed, payload: Buffer.from(payload).toString("base64") });
      },
    ],
    ["that is no envelope", () => "{}"],
  ])("%s proves nothing", async (_, kept) => {
    expect(await answerOf(pod, kept)).toBe("unproven");
  });
});

const sidecar = (image: string) => container({ image, name: "proxy", env: undefined, envFrom: undefined });
const token = {
  name: "kube-api-access-x7k2p",
  projected: { sources: [{ serviceAccountToken: { path: "token", expirationSeconds: 3607 } }] },
};
const mount = {
  name: token.name,
  mountPath: "/var/run/secrets/kubernetes.io/serviceaccount",
  readOnly: true,
};

describe("evidence binds the Pod that the API server made of the manifest", () => {
  test.each<[string, (image: string) => Fields, "yes" | "unproven"]>([
    ["as it was written", pod, "yes"],
    ["with the API server's defaults", (image) => asStored(pod(image)), "yes"],
    [
      "with the token's volume",
      (image) =>
        pod(image, { automountServiceAccountToken: true, volumes: [token] }, { volumeMounts: [mount] }),
      "unproven",
    ],
    [
      "with an injected sidecar",
      (image) => {
        const made = pod(image) as { spec: { containers: readonly object[] } };
        return {
          ...made,
          spec: { ...made.spec, containers: [...made.spec.containers, sidecar(image)] },
        };
      },
      "unproven",
    ],
    [
      "with an injected init container",
      (image) => pod(image, { initContainers: [{ ...sidecar(image), restartPolicy: "Always" }] }),
      "unproven",
    ],
    [
      "with an injected variable",
      (image) => pod(image, {}, { env: [{ name: "JAVA_TOOL_OPTIONS", value: "-javaagent:/agent.jar" }] }),
      "unproven",
    ],
    ["with another command", (image) => pod(image, {}, { command: ["/bin/sh"] }), "unproven"],
    ["with other arguments", (image) => pod(image, {}, { args: ["--debug"] }), "unproven"],
    [
      "as another user",
      (image) =>
        pod(image, {
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 2000,
            seccompProfile: { type: "RuntimeDefault" },
          },
        }),
      "unproven",
    ],
    ["in another directory", (image) => pod(image, {}, { workingDir: "/tmp" }), "unproven"],
    [
      "with an injected volume",
      (image) =>
        pod(
          image,
          { volumes: [{ name: "agent", emptyDir: {} }] },
          { volumeMounts: [{ name: "agent", mountPath: "/agent" }] },
        ),
      "unproven",
    ],
  ])("%s", async (_, change, answer) => {
    expect(await answerOf(change)).toBe(answer);
  });
});
