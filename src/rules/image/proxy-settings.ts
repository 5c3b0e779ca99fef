import type { SettingLine } from "./setting-line.ts";

/** Directives by which nginx, Apache and HAProxy pass requests to another server. */
const PASSED =
  /(?:^|[;{}\s])((?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass)[ \t]{1,20}["']?([^\s;"'{}]{1,300})["']?[ \t]{0,20};/g;
const UPSTREAM =
  /(?:^|[;{}\s])(server)[ \t]{1,20}((?:[a-z\d][\w-]{0,62}\.){1,9}[a-z\d]{1,24}(?::\d{1,5})?)(?=[ \t;])[^;{}\n]{0,200};/gi;
const APACHE =
  /^[ \t]{0,50}(ProxyPass(?:Match)?)[ \t]{1,20}\S{1,200}[ \t]{1,20}["']?([a-z]{2,10}:\/\/[^\s"']{1,300})/gim;
const HAPROXY = /^[ \t]{0,50}(server)[ \t]{1,20}[\w.-]{1,100}[ \t]{1,20}([\w.-]{1,250}:\d{1,5})\b/gim;

/**
 * Servers to which a proxy's configuration passes requests. Variables and one-word names are not addresses.
 */
export function proxySettings(content: string): readonly SettingLine[] {
  return content.split("\n").flatMap((written, index) => {
    const text = written.replace(/^[ \t]{0,200}#.*|[ \t]#.*/, "");
    return [PASSED, UPSTREAM, APACHE, HAPROXY].flatMap((form) =>
      [...text.matchAll(form)].map(([, name = "", value = ""]): SettingLine => {
        return { name, value, line: index + 1, isUpstream: true };
      }),
    );
  });
}
