/** The edge sends it to both APIs, with the edge secret as its value: by it they know that a call came through the edge. */
export const EDGE_HEADER = 'x-streamit-edge'

/** Where the edge says from which address the viewer came. lib/edge-functions/ writes it, in place of what a viewer sends. */
export const VIEWER_HEADER = 'x-streamit-viewer'
