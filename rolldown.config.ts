import { spawnSync } from "node:child_process";
import { defineConfig, type OutputOptions } from "rolldown";
import { lazyBuiltins } from "./scripts/package/lazy-builtins.ts";
import { oneByteSources } from "./scripts/package/one-byte.ts";

const OUTPUT: OutputOptions = {
  dir: "dist",
  // CommonJS: the loader of ES modules takes 5 to 10 ms of every check (ADR 0016).
  format: "cjs",
  entryFileNames: "[name].cjs",
  chunkFileNames: "chunk-[name].cjs",
  // Names stay: a stack trace in a bug report says something, and starting takes as long (measured).
  minify: { compress: true, mangle: false, codegen: true },
};

/**
 * What every run loads, what every `check` loads besides, and what it loads for images, for
 * manifests and for trials, in a file each: a file costs 0.3 ms. A group takes what its module
 * imports along, the one of higher priority first; what is imported on demand stays by itself.
 */
const GROUPS = [
  { name: "start", priority: 6, test: /src\/cli\/(?:start|run-process|process\/compile-cache)\.ts$/ },
  // Shared by `check` and `verify`: the latter loads neither the rules for images nor what reads layers.
  { name: "yaml", priority: 3, test: /src\/workload\/yaml\/(?:compose|parse|position)\.ts$/ },
  {
    name: "documents",
    priority: 4,
    test: /src\/(?:contract|json|files(?!\/compiled-code\.ts))\/|src\/net\/reference\.ts$|src\/image\/source\/source\.ts$|src\/policy\/(?:image-names|bases|enforced-rows|kubernetes-version)\.ts$|src\/report\/(?:escape|words)\.ts$|src\/rules\/rule-set\.ts$|src\/cli\/(?:command-line|process)\/(?:format-target|nearest|input-file|write-output|judging-time)\.ts$/,
  },
  // Code that opens an image, for `check` and `verify`: manifests alone need none of it.
  {
    name: "opening",
    priority: 3,
    test: /src\/(?:attest\/in-toto\/|image\/(?:open|assembly\/assemble)\.ts$)/,
  },
  // Schemas with methods, which manifests need, too, without the policy.
  { name: "schemas", priority: 3, test: /node_modules\/zod\/v4\/classic\// },
  // Verification of attestations, for `verify` and for `check` with a policy that demands them.
  {
    name: "attestations",
    priority: 2,
    test: /src\/assess\/attestations\/attestation-reader\.ts$/,
  },
  {
    name: "policies",
    priority: 2,
    test: /src\/cli\/settings\/(?:open-policy|load-policy|policy-keys|validate)\.ts$|src\/policy\/policy\.ts$/,
  },
  { name: "judge", priority: 2, test: /src\/(?:cli\/check\/run-check|rules\/image-rule-list)\.ts$/ },
  // What images, manifests and attestations have in common: before those, or manifests load the attestations.
  { name: "shared", priority: 3, test: /src\/secrets\// },
  { name: "images", test: /src\/assess\/images\/images\.ts$|src\/evidence\/schemas\/image-schema\.ts$/ },
  { name: "manifests", test: /\/(?:assess\/manifests|named-images|manifest-rule-list)\.ts$/ },
  { name: "trial-rules", test: /src\/(?:rules\/trial-rule-list|assess\/trials\/tried-containers)\.ts$/ },
];

/** The commit, `-dirty` behind it when not all is committed; empty outside of a repository. */
function commit(): string {
  const argv = ["describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"];
  return spawnSync("git", argv, { encoding: "utf8" }).stdout?.trim() ?? "";
}

/** What users run: one chunk per command, loaded when the command is; layers are read in threads of their own. */
export default defineConfig([
  {
    input: { douane: "src/cli/main.ts" },
    platform: "node",
    transform: { define: { DOUANE_COMMIT: JSON.stringify(commit()) } },
    output: { ...OUTPUT, cleanDir: true, codeSplitting: { groups: GROUPS } },
    plugins: [lazyBuiltins(), oneByteSources()],
  },
  // By itself: sharing chunks with it, the program would load four files more at every start.
  {
    input: { "layer-worker": "src/evidence/layers/read/worker-main.ts" },
    platform: "node",
    output: { ...OUTPUT, chunkFileNames: "layer-chunk-[name].cjs" },
    plugins: [oneByteSources()],
  },
  // Only in a Node whose zlib has changed (ADR 0005).
  {
    input: { "inflate-thread": "src/image/inflate/inflate-thread.ts" },
    platform: "node",
    output: OUTPUT,
  },
  // A process of its own: PID 1 of a pod's namespaces.
  {
    input: { "trial-supervisor": "src/trial/supervisor/main.ts" },
    platform: "node",
    output: OUTPUT,
  },
  // A process of its own: root of a user namespace.
  {
    input: { "trial-unpack": "src/trial/rootfs/unpack-main.ts" },
    platform: "node",
    output: OUTPUT,
  },
]);
