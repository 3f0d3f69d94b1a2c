#!/usr/bin/env node
/**
 * `npx consent-elements`: writes what belongs into a site's files.
 * @module
 */
process.exitCode = 2;
