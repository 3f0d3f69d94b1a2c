import { oneOf, onlyKnown, refuse } from "../consent/refuse.js";

/** Where cookies may be that {@link clearCookies} removes. */
export interface ClearOptions {
  /** The host that was asked for, without a port: `"www.shop.example"`. */
  hostname: string;
  /** The paths that the cookies may have. Default: `["/"]`. */
  paths?: readonly string[];
  /** Whether cookies of a partition (CHIPS) are removed as well, as an embedded site has them. Default: `false`. */
  partitioned?: boolean;
}

/**
 * The values of `Set-Cookie` that remove cookies which a page's scripts cannot see (`HttpOnly`): one for the host and one for each
 * domain above it, of each name and path. A browser takes those that fit and leaves the others.
 *
 * ```ts
 * for (const value of clearCookies(["FPID"], { hostname: "www.shop.example" })) headers.append("Set-Cookie", value);
 * ```
 *
 * They are `Secure`, so the page must have come by https. Throws a `RangeError` for what could not be a cookie's name, host or path.
 */
export function clearCookies(
  names: readonly string[],
  options: ClearOptions,
): string[] {
  onlyKnown(options, ["hostname", "paths", "partitioned"]);
  const { hostname, paths = ["/"], partitioned = false } = options;
  if (!/^([\w-]+\.)*[\w-]+$/.test(hostname))
    refuse("hostname", hostname, "a host without a port, as www.shop.example");
  oneOf("partitioned", `${partitioned}`, ["true", "false"]);
  for (const path of paths)
    if (!/^\/[^;\s\p{Cc}]*$/u.test(path))
      refuse("a path", path, "what begins with / and has no ; or space");
  const labels = hostname.split(".");
  const domains = labels
    .map((_, i) => labels.slice(i).join("."))
    // Neither a whole country's domain nor a part of an IP address has cookies.
    .filter((domain, i) => domain.includes(".") && (!i || !isAddress(hostname)))
    .map((domain) => `; Domain=${domain}`);
  return names.flatMap((name) => {
    // RFC 6265, section 4.1.1: a token. A pattern is none of a cookie's.
    if (!/^[!#$%&'+\-.^_`|~\w]+$/.test(name))
      refuse("a cookie's name", name, "the whole name, such as FPID");
    return paths.flatMap((path) =>
      ["", ...domains].flatMap((domain) =>
        ["", ...(partitioned ? ["; Partitioned"] : [])].map(
          (partition) =>
            `${name}=; Max-Age=0; Path=${path}${domain}; Secure; HttpOnly; SameSite=None${partition}`,
        ),
      ),
    );
  });
}

const isAddress = (hostname: string) => /^[\d.]+$/.test(hostname);
