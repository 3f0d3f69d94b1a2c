-- Are Snowplow's events as anonymous as the level `server` asks? `seen` has to be above 0, and `leaking` 0.
--
-- :since is the time from which on events have to be anonymous, as the collector's clock has it. Add a condition on
-- app_id when the table holds other sites too. Each further column counts the rows with that identifier, to show
-- where a leak is. At a session level leave domain_sessionid and domain_sessionidx out of `leaking`.
--
-- An anonymised row is not empty: the collector writes the null UUID for its own id and the word `unknown` for the
-- address. NULL is as good: a pipeline may drop either column.
WITH told AS (
  SELECT
    user_id,
    domain_userid,
    domain_sessionid,
    domain_sessionidx,
    refr_domain_userid,
    user_fingerprint,
    NULLIF(network_userid, '00000000-0000-0000-0000-000000000000') AS network_userid,
    NULLIF(user_ipaddress, 'unknown') AS user_ipaddress
  FROM events
  WHERE collector_tstamp >= :since
)
SELECT
  COUNT(*) AS seen,
  COUNT(COALESCE(
    user_id,
    domain_userid,
    domain_sessionid,
    CAST(domain_sessionidx AS VARCHAR(20)),
    refr_domain_userid,
    user_fingerprint,
    network_userid,
    user_ipaddress
  )) AS leaking,
  COUNT(user_id) AS with_user_id,
  COUNT(domain_userid) AS with_domain_userid,
  COUNT(domain_sessionid) AS with_domain_sessionid,
  COUNT(domain_sessionidx) AS with_domain_sessionidx,
  COUNT(refr_domain_userid) AS with_refr_domain_userid,
  COUNT(user_fingerprint) AS with_user_fingerprint,
  COUNT(network_userid) AS with_network_userid,
  COUNT(user_ipaddress) AS with_user_ipaddress
FROM told;
