/**
 * The version of the protocol that this code speaks. The server tells it, and a page that was made for a lower one asks
 * to be loaded again. So it rises with a change that older pages cannot follow, and with no other: what is only added,
 * they ignore.
 */
export const PROTOCOL_VERSION = 1
