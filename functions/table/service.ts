import * as z from 'zod'
import { change, put, remove } from './change.ts'
import { coreTableName, type Item, itemsTogether, queryAll } from './client.ts'
import { bannedNetworkKey, serviceKey } from './keys.ts'

/** How the service is open, and what its pages say above everything else. Where nothing was written, it is open. */
const ServiceItem = z.object({
  notice: z.string().nullable().default(null),
  is_registration_open: z.boolean().default(true),
  are_guests_admitted: z.boolean().default(true),
})
export type ServiceState = z.infer<typeof ServiceItem>

const parseService = (item: Item | undefined): ServiceState => ServiceItem.parse(item ?? {})

export const serviceState = async (): Promise<ServiceState> => {
  const [item] = await itemsTogether([serviceKey])
  return parseService(item)
}

/** Changes it, and answers with all of it. */
export const changeService = async (changed: Partial<ServiceState>): Promise<ServiceState> => {
  const { item } = await change(serviceKey, { set: changed }, 'ALL_NEW')
  return parseService(item)
}

const BannedItem = z.object({
  id: z.string(),
  note: z.string(),
  by: z.string(),
  by_id: z.string(),
  at: z.number(),
  until: z.number(),
})
/** A network that the service refuses, under a salted hash of it. Times in epoch milliseconds. */
export type BannedNetwork = z.infer<typeof BannedItem>

/** Whether one of these bans, which may not be there, holds. */
export const isRefusedBy = (bans: readonly (Item | undefined)[], now: number): boolean =>
  bans.some((ban) => ban !== undefined && BannedItem.parse(ban).until > now)

/** How the service is open, and whether it refuses one of these networks, in one round trip. */
export const serviceTo = async (
  networks: readonly string[],
  now: number,
): Promise<ServiceState & { isRefused: boolean }> => {
  const [state, ...bans] = await itemsTogether([serviceKey, ...networks.map(bannedNetworkKey)])
  return { ...parseService(state), isRefused: isRefusedBy(bans, now) }
}

/** Refuses a network from now on. Of one that was refused before, the later ban counts. */
export const banNetwork = async (ban: BannedNetwork): Promise<void> => {
  await put(bannedNetworkKey(ban.id), { ...ban, ttl: Math.ceil(ban.until / 1000) })
}

/** The ban of a network, where it holds. */
export const networkBan = async (id: string, now: number): Promise<BannedNetwork | undefined> => {
  const [ban] = await itemsTogether([bannedNetworkKey(id)])
  return isRefusedBy([ban], now) ? BannedItem.parse(ban) : undefined
}

export const unbanNetwork = async (id: string): Promise<void> => {
  await remove(bannedNetworkKey(id))
}

/** Networks that the service refuses, by their ids; those after one only. DynamoDB may leave what is over for days. */
export const bannedNetworks = async (
  now: number,
  limit: number,
  after: string | undefined,
): Promise<BannedNetwork[]> => {
  const items = await queryAll(
    {
      TableName: coreTableName(),
      KeyConditionExpression: `pk = :pk${after === undefined ? '' : ' AND sk > :after'}`,
      ExpressionAttributeValues: {
        ':pk': bannedNetworkKey('').pk,
        ...(after !== undefined && { ':after': after }),
        ':now': now,
      },
      FilterExpression: '#until > :now',
      ExpressionAttributeNames: { '#until': 'until' },
      ConsistentRead: true,
    },
    limit,
  )
  return items.map((item) => BannedItem.parse(item))
}
