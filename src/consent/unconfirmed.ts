/**
 * The name of the cookie that holds a record until the server has confirmed it, beside the record's own of the given name. The
 * newest of both counts, so that an answer to an earlier record that comes late can undo nothing.
 */
export const unconfirmed = (name: string): string => `${name}-new`;
