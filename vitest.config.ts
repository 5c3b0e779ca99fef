import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { DEADLINE_MS } from "./test/fixtures/deadline.ts";

/** The whole command, bundled: all that setup.mjs installs. */
export const END_TO_END = ["test/e2e/**/*.test.ts"];

/** Processes beside our own code (runc, registries, tools to compare with), a module in another's place, or seconds of work. */
export const INTEGRATION = [
  "scripts/docs/man-page.test.ts",
  "scripts/fuzz/fuzz.test.ts",
  "scripts/release/problems.test.ts",
  "src/cli/audit/audit.test.ts",
  "src/cli/check/check-manifests.test.ts",
  "src/cli/completion/completion.test.ts",
  "src/cli/doctor/doctor.test.ts",
  "src/cli/fix/fix.test.ts",
  "src/cli/{release/release,serve/token-reviewer,check/server-check}.test.ts",
  "src/cli/process/{catch-signals,compile-cache,home-repository,v8-threads,young-generation}.test.ts",
  "src/cli/vulns/update-killed.test.ts",
  "src/contract/document-time.test.ts",
  "src/evidence/forms.property.test.ts",
  "src/fix/fix-text.property.test.ts",
  "src/archives/git/git.test.ts",
  "src/image/engine/**/*.test.ts",
  "src/image/{engines,open-archive,opener}.test.ts",
  "src/image/layer/reader.test.ts",
  "src/image/registry/**/*.test.ts",
  "src/image/rootfs/umoci.test.ts",
  "src/image/store/archive-index.test.ts",
  "src/image/tar/gnu-tar.test.ts",
  "src/net/http/address-restriction.test.ts",
  "src/net/credentials/**/*.test.ts",
  "src/net/mirrors/skopeo.test.ts",
  "src/report/report.test.ts",
  "src/secrets/find.test.ts",
  "src/server/store/{durability,store}.test.ts",
  "src/server/store/postgresql/**/*.test.ts",
  "src/shell/last-command.measured.test.ts",
  "src/trial/{available-executor,containment,duration,grpc-probe,hooks,late-probes,oci-config,run-pod,run-pod-neighbours,run-pod-subpaths,run-pod-volumes,run-trial,run-trial-apart,run-trial-requests,run-trial-writes,side-by-side-runs}.test.ts",
  "src/trial/{plan,rootfs,runc,seccomp,supervisor}/**/*.test.ts",
  "src/workload/{given-objects,large-inputs,left-out/git}.test.ts",
  "src/workload/yaml/kubectl.test.ts",
  "test/admission-rows.test.ts",
  "test/admission/**/*.test.ts",
  "test/attest/**/*.test.ts",
  "test/{file,store}-faults.test.ts",
  "test/{hostile-texts,leaks,leaks-of-images,pasted-commands,rules-files,sarif-validator,scanners,trial-dependencies,trial-images,trial-state}.test.ts",
  "test/fixtures/image/image.test.ts",
  "test/kube/**/*.test.ts",
  "test/sbom/**/*.test.ts",
  "test/vulnerabilities/pairs.test.ts",
  "test/truth/{truth,trials/trials,versions/versions}.test.ts",
  "test/vulnerability-{imports,registry}.test.ts",
];

export default defineConfig({
  test: {
    testTimeout: DEADLINE_MS,
    hookTimeout: DEADLINE_MS,
    // One more than cores: tests of trials and of registries wait for half of their time.
    maxWorkers: availableParallelism() + 1,
    // Node strips types by WebAssembly, also in the threads that read layers, and V8 crashes now and
    // then where several do (nodejs/node#64500): one run of their tests in ten to forty on a busy
    // machine. What Node has kept is not stripped again. The bundle needs no stripping.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules", ".cache", "node") },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // Files share the modules of their worker: 45 instead of 105 s of processor time.
          isolate: false,
          include: ["{src,test,scripts}/**/*.test.ts"],
          exclude: [...INTEGRATION, ...END_TO_END],
          setupFiles: ["test/fixtures/no-processes.ts"],
        },
      },
      { extends: true, test: { name: "integration", include: INTEGRATION } },
      { extends: true, test: { name: "e2e", include: END_TO_END } },
    ],
    coverage: {
      provider: "v8",
      include: [
        "src/contract/**",
        "src/shell/**",
        "src/start/**",
        "src/observations/**",
        "src/rules/**",
        "src/report/**",
      ],
      exclude: [
        "**/*.test.ts",
        "**/__goldens__/**",
        "src/report/report.ts",
        "src/start/startable-image.ts",
        "src/contract/{evidence,file-selector,finding,image-facts,limits,pod-facts,text}.ts",
      ],
      thresholds: { statements: 100, branches: 100, functions: 100, lines: 100 },
    },
  },
});
