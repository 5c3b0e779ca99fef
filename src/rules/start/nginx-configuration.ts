import type { FileSelector } from "../../contract/file-selector.ts";
import type { StartableImage } from "../../start/startable-image.ts";

/** Files of nginx's configuration, at the paths of packages and official images. */
export const NGINX_CONFIGURATION: readonly FileSelector[] = [
  { under: ["/etc/nginx"], suffixes: [".conf"], type: "file", content: 64 * 1024 },
  { under: ["/etc/nginx/sites-enabled"], type: "file", content: 64 * 1024 },
];

const INCLUDED = /^\/etc\/nginx\/(?:nginx\.conf|(?:conf\.d|http\.d)\/[^/]+\.conf|sites-enabled\/[^/]+)$/;

export interface NginxFile {
  readonly path: string;
  /** Content without comments. */
  readonly content: string;
}

/** The files that nginx.conf includes by convention, as far as the image shows their text. */
export function nginxConfiguration(image: Pick<StartableImage, "files">): readonly NginxFile[] {
  return image.files.flatMap(({ path, content }) => {
    if (content === undefined || !INCLUDED.test(path)) return [];
    return [{ path, content: content.replace(/#[^\n]*/g, "") }];
  });
}
