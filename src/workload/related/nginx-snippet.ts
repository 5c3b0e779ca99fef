import type { SnippetEffect } from "../../contract/related-facts.ts";

/** Effect of a piece of a controller's configuration: that of its most severe directive. */
export type Snippet = Pick<SnippetEffect, "does" | "directive">;

/** Number of characters of a snippet that are read; the rest is unknown. */
const MOST = 20_000;
/** Characters of a directive that are reported. */
const SHOWN = 40;

/** Directives that run a program inside nginx. */
const CODE = /_by_lua(?:_block|_file)?$|^(?:js|perl)_|^perl$|^load_module$/;
/** Directives that serve, read or write files of the controller. */
const FILES = /^(?:alias|client_body_temp_path|dav_methods|include|proxy_store|root)$/;
/** Directives about the application's own requests and answers. */
const ORDINARY = new RegExp(
  `^(?:${[
    "absolute_redirect|add_header|add_trailer|allow|auth_basic|break|brotli(?:_[a-z_]+)?|charset",
    "chunked_transfer_encoding|client_(?:body|header)_(?:buffer_size|timeout)|client_max_body_size",
    "default_type|deny|error_page|etag|expires|fastcgi_param|grpc_(?:[a-z]+_timeout|set_header)",
    "gzip(?:_[a-z_]+)?|if|if_modified_since|ignore_invalid_headers|internal|keepalive_[a-z]+",
    "large_client_header_buffers|limit_(?:conn|except|rate|rate_after|req|req_status|conn_status)",
    "location|log_not_found|merge_slashes|more_(?:clear|set)_(?:input_)?headers|port_in_redirect",
    "proxy_(?:buffer_size|buffering|buffers|busy_buffers_size|connect_timeout|cookie_[a-z]+|force_ranges)",
    "proxy_(?:hide_header|http_version|ignore_headers|intercept_errors|max_temp_file_size)",
    "proxy_(?:next_upstream(?:_[a-z]+)?|pass_header|read_timeout|redirect|request_buffering|send_timeout)",
    "proxy_(?:set_header|ssl_name|ssl_server_name)|real_ip_(?:header|recursive)|return|rewrite|satisfy",
    "send_timeout|server_name_in_redirect|server_tokens|set|set_real_ip_from|stub_status|sub_filter(?:_[a-z_]+)?",
    "types|underscores_in_headers|valid_referers",
  ].join("|")})$`,
);

/** Reads a snippet of nginx (https://nginx.org/en/docs/beginners_guide.html#conf_structure). */
export function nginxSnippet(text: string): Snippet {
  if (text.length > MOST) return { does: "unknown", directive: "" };
  let depth = 0;
  let words: readonly string[] = [];
  const found: Snippet[] = [];
  for (const token of tokensOf(text)) {
    if (token !== ";" && token !== "{" && token !== "}") {
      words = [...words.slice(0, 1), token];
      continue;
    }
    const [name, last] = words;
    if (name !== undefined) found.push(directive(name, last));
    words = [];
    if (token === "{") depth += 1;
    if (token === "}") depth -= 1;
    if (depth < 0) found.push({ does: "leaves-its-place", directive: "}" });
    // A program has a separate grammar, so the rest is not read.
    if (found.at(-1)?.does === "runs-code") break;
  }
  const [name] = words;
  if (name !== undefined) found.push({ ...directive(name, undefined), does: "unknown" });
  return gravest(found);
}

/** The most severe snippet; an empty snippet has no effect. */
export function gravest(found: readonly Snippet[]): Snippet {
  const order = ["runs-code", "leaves-its-place", "reads-files", "unknown", "ordinary"] as const;
  const worst = order.flatMap((does) => found.find((one) => one.does === does) ?? []);
  return worst[0] ?? { does: "ordinary", directive: "" };
}

function directive(name: string, last: string | undefined): Snippet {
  return { does: effectOf(name, last), directive: name.slice(0, SHOWN) };
}

function effectOf(name: string, last: string | undefined): Snippet["does"] {
  if (CODE.test(name)) return "runs-code";
  if (FILES.test(name)) return "reads-files";
  if (name === "access_log" || name === "error_log") return last === "off" ? "ordinary" : "unknown";
  return name.length <= SHOWN && ORDINARY.test(name) ? "ordinary" : "unknown";
}

/**
 * A quoted word, a comment, one of `;{}`, or another word; a brace belongs to a word after a dollar, or at
 * the word's end.
 */
const TOKEN =
  /"(?:[^"\\]|\\[^])*"?|'(?:[^'\\]|\\[^])*'?|#[^\n]*|[;{}]|(?:\\[^]|\$\{|[^\s;{}"'#\\])(?:\\[^]|\$\{|[^\s;{\\])*/g;

function* tokensOf(text: string): Generator<string> {
  for (const [token] of text.matchAll(TOKEN)) {
    if (!token.startsWith("#")) yield /^["']/.test(token) ? token.slice(1, -1) : token;
  }
}
