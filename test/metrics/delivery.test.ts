import { describe, expect, it } from 'vitest'
import { deliveryIn } from '../../functions/metrics/delivery.ts'

describe('how long commands took to their last viewer', () => {
  it('is told by the bounds of the histogram, over all spans together', () => {
    const spans = [
      { delivered_100: 60, delivered_200: 30 },
      { delivered_400: 9, delivered_1600: 1 },
    ]
    expect(deliveryIn(spans)).toEqual({ p50: 100, p99: 400 })
  })

  it('is not told where there was nothing', () => {
    expect(deliveryIn([{}, { messages: 5 }])).toEqual({ p50: null, p99: null })
  })

  it('[M2] is told apart from nothing where it was slower than the bounds', () => {
    expect(deliveryIn([{ delivered_800: 50, delivered_slower: 50 }])).toEqual({
      p50: 800,
      p99: null,
      slower_than: 1600,
    })
    expect(deliveryIn([{ delivered_slower: 1 }])).toEqual({ p50: null, p99: null, slower_than: 1600 })
    expect(deliveryIn([{ delivered_100: 99, delivered_slower: 1 }])).toEqual({ p50: 100, p99: 100 })
  })
})
