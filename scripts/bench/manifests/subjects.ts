import { join } from "node:path";
import { bundle } from "../bundle.ts";
import { benchDirectory } from "../cache.ts";
import type { Subject } from "../measure.ts";
import { BenchError } from "../run.ts";
import { ANSWERS, DOUANE } from "../subjects.ts";
import { type ManifestFiles, WORKLOADS } from "./files.ts";

/** Measured subjects about manifests, by the figures' names. */
export const MANIFEST_SUBJECTS = {
  loadConforming: "js-yaml: conforming workloads",
  checkConforming: "douane: conforming workloads",
  loadRefused: "js-yaml: refused workloads",
  checkRefused: "douane: refused workloads",
  checkSingle: "douane: a single manifest",
  checkDockerfiles: "douane: Dockerfiles",
  reportJson: "douane: 5,000 refused workloads in JSON",
  reportSarif: "douane: 5,000 refused workloads in SARIF",
  reportHtml: "douane: 5,000 refused workloads in HTML",
} as const;

export async function manifestSubjects(files: ManifestFiles): Promise<readonly Subject[]> {
  const loader = await bundle(join(import.meta.dirname, "load-all.ts"), "load-all.cjs");
  const names = MANIFEST_SUBJECTS;
  return [
    loadSubject(names.loadConforming, loader, files.conforming),
    checkSubject(names.checkConforming, files.conforming),
    loadSubject(names.loadRefused, loader, files.refused),
    checkSubject(names.checkRefused, files.refused),
    checkSubject(names.checkSingle, files.single),
    checkSubject(names.checkDockerfiles, files.dockerfiles),
    reportSubject(names.reportJson, files.reported, "json"),
    reportSubject(names.reportSarif, files.reported, "sarif"),
    reportSubject(names.reportHtml, files.reported, "html"),
  ];
}

function checkSubject(name: string, path: string): Subject {
  return { name, command: [...DOUANE, "check", path, "--no-images"], exits: ANSWERS };
}

function reportSubject(name: string, path: string, format: string): Subject {
  const report = join(benchDirectory(), `report.${format}`);
  const command = [...DOUANE, "check", path, "--no-images", "--format", `${format}=${report}`];
  return { name, command, exits: ANSWERS };
}

function loadSubject(name: string, loader: string, file: string): Subject {
  return {
    name,
    command: [process.execPath, loader, file],
    exits: [0],
    verify(stdout) {
      if (stdout !== String(WORKLOADS)) throw new BenchError(`${name}: ${stdout} documents`);
    },
  };
}
