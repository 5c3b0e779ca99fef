// Format of /proc/net/{tcp,tcp6,udp,udp6}, proc_net_tcp(5): addresses are hexadecimal 32-bit words in the
// machine's byte order (little-endian wherever Node runs), ports are big-endian.

export interface SocketRow {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** State of a socket: `0A` listening, `02` SYN_SENT, `07` unconnected UDP. */
  readonly state: string;
  readonly inode: string;
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Rows of one table; other lines are skipped. */
export function socketRows(table: string): readonly SocketRow[] {
  const rows: SocketRow[] = [];
  for (const line of table.split("\n").slice(1)) {
    const fields = line.trim().split(/\s+/);
    const [local, remote] = [endpoint(fields[1]), endpoint(fields[2])];
    const [state, inode] = [fields[3], fields[9]];
    if (local === undefined || remote === undefined || state === undefined || inode === undefined) continue;
    rows.push({ local, remote, state, inode });
  }
  return rows;
}

function endpoint(field = ""): Endpoint | undefined {
  const match = /^(?:([0-9A-F]{8})|([0-9A-F]{32})):([0-9A-F]{4})$/.exec(field);
  if (match === null) return undefined;
  const [, four, six, port = ""] = match;
  const bytes = Buffer.from(four ?? six ?? "", "hex");
  bytes.swap32();
  return { address: four === undefined ? ipv6(bytes) : bytes.join("."), port: Number.parseInt(port, 16) };
}

/** Address in the form of RFC 5952; an IPv4-mapped address as IPv4. */
function ipv6(bytes: Buffer): string {
  if (bytes.subarray(0, 12).equals(MAPPED)) return bytes.subarray(12).join(".");
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2));
  return new URL(`http://[${groups.map((group) => group.toString(16)).join(":")}]`).hostname.slice(1, -1);
}

const MAPPED = Buffer.from("00000000000000000000ffff", "hex");
