import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../process/context.ts";

/**
 * Existing files with registry credentials, in the order in which they are read (containers-auth.json(5),
 * docker login).
 */
export function credentialFiles(env: Context["env"]): readonly string[] {
  const home = env["HOME"];
  const runtime = env["XDG_RUNTIME_DIR"];
  const config = env["XDG_CONFIG_HOME"] ?? (home && join(home, ".config"));
  const docker = env["DOCKER_CONFIG"] ?? (home && join(home, ".docker"));
  const candidates = [
    env["REGISTRY_AUTH_FILE"],
    runtime && join(runtime, "containers", "auth.json"),
    config && join(config, "containers", "auth.json"),
    docker && join(docker, "config.json"),
  ];
  return candidates.flatMap((file) => (file && existsSync(file) ? [file] : []));
}
