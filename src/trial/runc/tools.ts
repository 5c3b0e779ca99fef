import { delimiter, join } from "node:path";
import type { TrialExecutorFacts } from "../../contract/trial-facts.ts";
import type { Tools } from "../plan/plan.ts";
import { isExecutable } from "./is-executable.ts";

export type RuntimeName = TrialExecutorFacts["name"];

/** Programs that a trial runs on the host, each with its Debian package. */
export const PACKAGES = {
  runc: "runc",
  crun: "crun",
  unshare: "util-linux",
  nsenter: "util-linux",
  setpriv: "util-linux",
  mount: "mount",
  umount: "mount",
  ip: "iproute2",
  mkfifo: "coreutils",
  ss: "iproute2",
  stdbuf: "coreutils",
  cat: "coreutils",
  sh: "dash",
  newuidmap: "uidmap",
  "systemd-run": "systemd",
} as const satisfies Record<
  | Exclude<keyof Tools, "runtime">
  | RuntimeName
  | "unshare"
  | "setpriv"
  | "newuidmap"
  | "systemd-run"
  | "cat"
  | "sh",
  string
>;

export type ToolName = keyof typeof PACKAGES;

/** Folders with daemons' programs that are not in every user's PATH. */
const SYSTEM = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** Paths of the programs; missing programs are omitted. */
export function findTools(path: string | undefined): ReadonlyMap<ToolName, string> {
  const folders = [...(path ?? "").split(delimiter).filter((folder) => folder.startsWith("/")), ...SYSTEM];
  const found = new Map<ToolName, string>();
  for (const name of Object.keys(PACKAGES) as ToolName[]) {
    const file = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (file !== undefined) found.set(name, file);
  }
  return found;
}
