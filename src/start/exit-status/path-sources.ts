import { isForeignHost } from "./requested-hosts.ts";
import { NO_SOURCES, type StatusSource, type StatusSources } from "./status.ts";

/** Files that a script wrote before the current command, with the sources of their content. */
export type WrittenFiles = ReadonlyMap<string, StatusSources>;

/** Sources on which the state of a path depends; none for a path that always exists. */
export function pathSources(path: string, written: WrittenFiles): StatusSources {
  const own = written.get(path);
  if (own !== undefined) return own;
  const source = sourceOf(path);
  return source === undefined ? NO_SOURCES : new Set([source]);
}

function sourceOf(path: string): StatusSource | undefined {
  const [, host] = /^\/dev\/(?:tcp|udp)\/([^/]*)/.exec(path) ?? [];
  if (host !== undefined) return isForeignHost(host) ? `host ${host}` : "application";
  // The kernel's table of sockets shows whether the application listens.
  if (/^\/proc\/(?:[\w-]+\/)?net\//.test(path)) return "application";
  if (/^\/proc\/(?:\d*[*?[]|\$|`)/.test(path)) return "process ";
  if (/^\/(?:proc|sys|dev)(?:\/(?!shm\/)|$)/.test(path)) return undefined;
  return `file ${path}`;
}
