// One container, by runc on an overlay: numeric user, no capabilities, no code of douane.

import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Recipe } from "../application.ts";
import { POD_ADDRESS } from "./network.ts";

/** The process that runc starts. */
export interface Start {
  readonly recipe: Recipe;
  /** Trees of the layers, from the base upwards. */
  readonly trees: readonly string[];
  /** Folder of bundle, root and output. */
  readonly folder: string;
  readonly readOnly: boolean;
  /** Directory of this machine by directory of the container. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Names beside its own, and their addresses. */
  readonly hosts?: string;
  /** An upper directory to go on with. */
  readonly upper: string;
}

/** Variables in the environment of every pod of a Deployment. */
const OF_KUBELET = {
  HOSTNAME: "app-6d4cf56db6-x7k2p",
  KUBERNETES_SERVICE_HOST: "10.96.0.1",
  KUBERNETES_SERVICE_PORT: "443",
  KUBERNETES_SERVICE_PORT_HTTPS: "443",
  KUBERNETES_PORT: "tcp://10.96.0.1:443",
  KUBERNETES_PORT_443_TCP: "tcp://10.96.0.1:443",
  KUBERNETES_PORT_443_TCP_PROTO: "tcp",
  KUBERNETES_PORT_443_TCP_PORT: "443",
  KUBERNETES_PORT_443_TCP_ADDR: "10.96.0.1",
};

const BASE_MOUNTS = [
  { destination: "/proc", type: "proc", source: "proc" },
  { destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid", "mode=755", "size=65536k"] },
  {
    destination: "/dev/pts",
    type: "devpts",
    source: "devpts",
    options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"],
  },
  {
    destination: "/dev/shm",
    type: "tmpfs",
    source: "shm",
    options: ["nosuid", "noexec", "nodev", "mode=1777"],
  },
  { destination: "/dev/mqueue", type: "mqueue", source: "mqueue", options: ["nosuid", "noexec", "nodev"] },
  { destination: "/sys", type: "sysfs", source: "sysfs", options: ["nosuid", "noexec", "nodev", "ro"] },
];

/** fsconfig(2) takes no option of more than 255 bytes. */
const LONG_OPTIONS = { LIBMOUNT_FORCE_MOUNT2: "always" };

let count = 0;

/** A container that runs, or ran. */
export class Container {
  readonly #id: string;
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly ended: Promise<number>;
  exit: number | undefined;

  constructor(start: Start) {
    count += 1;
    this.#id = `truth-${process.pid}-${Date.now().toString(36)}-${count}`;
    this.#folder = join(start.folder, String(count));
    makeBundle(this.#folder, start);
    // Pipes of a shell: a socket could not be opened again by its path, as /dev/stdout is.
    const line =
      'exec runc run --bundle "$1" "$2" > >(cat > "$1/stdout") 2> >(cat > "$1/stderr") < /dev/null';
    this.#child = spawn("bash", ["-c", line, "bash", this.#folder, this.#id], { stdio: "inherit" });
    this.ended = new Promise((resolve) => {
      this.#child.on("close", (code) => {
        this.exit = code ?? 255;
        resolve(this.exit);
      });
    });
  }

  get said(): { readonly stdout: string; readonly stderr: string } {
    return { stdout: textOf(join(this.#folder, "stdout")), stderr: textOf(join(this.#folder, "stderr")) };
  }

  get bytesSaid(): number {
    return ["stdout", "stderr"].reduce((sum, name) => {
      const file = join(this.#folder, name);
      return sum + (existsSync(file) ? statSync(file).size : 0);
    }, 0);
  }

  /** Process ids as this namespace counts them. */
  get processes(): readonly number[] {
    const { stdout, status } = spawnSync("runc", ["ps", "--format", "json", this.#id], { encoding: "utf8" });
    return status === 0 ? ((JSON.parse(stdout) as number[] | null) ?? []) : [];
  }

  /** @returns whether the container ended within this many milliseconds */
  async signal(name: string, patience: number): Promise<boolean> {
    spawnSync("runc", ["kill", this.#id, name], { stdio: "ignore" });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), patience);
    });
    const inTime = await Promise.race([this.ended.then(() => true), late]);
    clearTimeout(timer);
    return inTime;
  }

  /** Runs a command beside its process. @returns its exit code */
  execute(command: readonly string[]): number {
    const { status } = spawnSync("runc", ["exec", this.#id, ...command], {
      stdio: "ignore",
      timeout: 20_000,
    });
    return status ?? 255;
  }

  async remove(): Promise<void> {
    if (this.exit === undefined) await this.signal("KILL", 10_000);
    spawnSync("runc", ["delete", "--force", this.#id], { stdio: "ignore" });
    spawnSync("umount", ["--lazy", join(this.#folder, "rootfs")]);
  }
}

function makeBundle(folder: string, start: Start): void {
  const { trees, upper, readOnly, recipe } = start;
  const rootfs = join(folder, "rootfs");
  const work = `${upper}.work`;
  for (const made of [rootfs, upper, work]) mkdirSync(made, { recursive: true });
  const options = `lowerdir=${trees.toReversed().join(":")},upperdir=${upper},workdir=${work}`;
  execFileSync("mount", ["-t", "overlay", "overlay", "-o", options, rootfs], {
    env: { ...process.env, ...LONG_OPTIONS },
  });
  writeFileSync(join(folder, "resolv.conf"), "nameserver 10.96.0.10\n");
  writeFileSync(
    join(folder, "hosts"),
    `127.0.0.1 localhost\n${POD_ADDRESS} ${OF_KUBELET.HOSTNAME}\n${start.hosts ?? ""}`,
  );
  const [uid = 0, gid = 0] = recipe.user.split(":").map(Number);
  const variables = {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    ...homeOf(trees, uid),
    ...OF_KUBELET,
    ...recipe.environment,
  };
  const bound = {
    ...start.mounts,
    "/etc/resolv.conf": `${folder}/resolv.conf`,
    "/etc/hosts": `${folder}/hosts`,
  };
  const config = {
    ociVersion: "1.0.2",
    hostname: OF_KUBELET.HOSTNAME,
    root: { path: "rootfs", readonly: readOnly },
    process: {
      terminal: false,
      user: { uid, gid },
      args: recipe.command,
      cwd: recipe.directory ?? "/",
      env: Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      capabilities: { bounding: [], effective: [], permitted: [], inheritable: [], ambient: [] },
      noNewPrivileges: true,
    },
    mounts: [
      ...BASE_MOUNTS,
      ...Object.entries(bound).map(([destination, source]) => ({
        destination,
        source,
        type: "bind",
        options: ["rbind", "rw"],
      })),
    ],
    linux: {
      namespaces: [
        ...["pid", "ipc", "uts", "mount"].map((type) => ({ type })),
        { type: "network", path: "/proc/self/ns/net" },
      ],
    },
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
}

/** runc sets HOME from /etc/passwd, and to / for a user without an entry, as containerd does. */
function homeOf(trees: readonly string[], uid: number): Readonly<Record<string, string>> {
  const passwd =
    trees.map((tree) => textOf(join(tree, "etc", "passwd"))).findLast((text) => text !== "") ?? "";
  const line = passwd.split("\n").find((one) => one.split(":")[2] === String(uid));
  return { HOME: line?.split(":")[5] ?? "/" };
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
