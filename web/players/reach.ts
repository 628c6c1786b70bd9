/** Addresses and names that only one network knows. */
const PRIVATE_ADDRESS =
  /^(?:0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)[\d.]+$/
const PRIVATE_IPV6 = /^\[(?:f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/
const PRIVATE_NAME = /(?:^[^.:]+|\.(?:local|localhost|lan|home|internal|intranet|corp|localdomain|home\.arpa))$/

/** Whether only people in the same network, or on the same machine, can reach the address. */
export const isPrivate = ({ hostname }: URL): boolean =>
  PRIVATE_ADDRESS.test(hostname) || PRIVATE_IPV6.test(hostname) || PRIVATE_NAME.test(hostname) || hostname === '[::1]'
