// A stand-in for every collector: takes anything, and answers with a success that the tracker accepts.
const ANSWERS = {
  amplitude:
    '{"code":200,"events_ingested":1,"payload_size_bytes":1,"server_upload_time":1}',
  mixpanel: '{"status":1,"error":null}',
  posthog: '{"status":1}',
};
const NO_FLAGS =
  '{"featureFlags":{},"featureFlagPayloads":{},"errorsWhileComputingFlags":false}';

/** Answers a request to `path`, once all of it is there. */
export function collect(request, response, path) {
  const isScript = path.endsWith(".js");
  const answer = /flags|decide/.test(path)
    ? NO_FLAGS
    : (ANSWERS[path.split("/")[2]] ?? "ok");
  request.resume().on("end", () => {
    const { origin = "*" } = request.headers;
    const wanted = request.headers["access-control-request-headers"] ?? "*";
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-allow-credentials", "true");
    response.setHeader("access-control-allow-headers", wanted);
    response.setHeader(
      "content-type",
      isScript ? "text/javascript" : "application/json",
    );
    response.end(isScript ? "" : answer);
  });
}
