import { describe, expect, it } from 'vitest'
import { addressIn, networkOf, shortened } from '../../functions/domain/address.ts'

describe('[H10] an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:51234', '203.0.113.7'],
    ['[203.0.113.7]:443', '203.0.113.7'],
    ['::1', '::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:DB8::1]:443', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['[::FFFF:203.0.113.7]:80', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:cb00:7107', '203.0.113.7'],
    // Of NAT64, and no IPv4 address.
    ['64:ff9b::203.0.113.7', '64:ff9b::203.0.113.7'],
  ])('%s is %s', (text, address) => {
    expect(addressIn(text)).toBe(address)
  })

  it.each(['', 'localhost', '203.0.113', '203.0.113.7, 198.51.100.1', '203.0.113.700', 'a:b', '[::1', '1.2.3.4:x'])(
    '"%s" is none',
    (text) => {
      expect(addressIn(text)).toBeUndefined()
    },
  )
})

describe('[H10] a network', () => {
  it('is an IPv4 address as it is, and an IPv6 address by its first 64 bits', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7')
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
    expect(networkOf('2001:db8::5')).toBe('2001:db8:0:0::/64')
    expect(networkOf('::1')).toBe('0:0:0:0::/64')
  })

  it('is one for every address of a household, however it is written', () => {
    const household = ['2001:db8:1:2::1', '2001:0DB8:1:2:ffff::1', '2001:db8:1:2:a:b:192.0.2.1']
    expect(new Set(household.map(networkOf))).toHaveLength(1)
    expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'))
  })
})

describe('a shortened address', () => {
  it('says whereabouts, and not who', () => {
    expect(shortened('203.0.113.7')).toBe('203.0.113.0/24')
    expect(shortened('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1::/48')
    expect(shortened('::1')).toBe('0:0:0::/48')
  })
})
