import { namedSecret } from "./credential-files.ts";
import type { SecretSpan } from "./spans.ts";

/** An option of mount(8), as drivers of CIFS, WebDAV and SSH accept it. */
const MOUNT_OPTION = /(?<=^|[,\s])(?<name>[\w.-]{1,60})=(?<value>[^,\s"']{1,300})/dg;

/** Secrets in mount options such as `dir_mode=0777,username=u,password=x`. */
export function inMountOptions(text: string): readonly SecretSpan[] {
  return [...text.matchAll(MOUNT_OPTION)].flatMap(({ groups = {}, indices }) => {
    const { name = "", value = "" } = groups;
    const [start, end] = indices?.groups?.["value"] ?? [0, 0];
    return namedSecret({ name: name === "pass" ? "password" : name, value, start, end });
  });
}
