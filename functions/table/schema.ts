/** The two tables as data: what lib creates, what the queries use. */
export const coreTable = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Seconds since the epoch at which DynamoDB may sweep the item; reads filter on time themselves. */
  timeToLive: 'ttl',
  indexes: {
    /**
     * Every living room by whether it is listed, and ended ones until they are cleaned up, by ten minutes of activity: the
     * public list, and the sweep.
     */
    roomsByActivity: { name: 'rooms-by-activity', partitionKey: 'listing', sortKey: 'active' },
    /** Rooms and people by name, rooms by age, decisions by time: what the administration looks things up in. */
    directory: { name: 'directory', partitionKey: 'shelf', sortKey: 'place' },
  },
} as const

export const connectionsTable = {
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'ttl',
} as const
