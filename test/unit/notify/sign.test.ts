import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signatureHeaders } from '../../../server/notify/sign.ts';

describe('the signature of a notice', () => {
  it('is the one that the specification’s own example shows', () => {
    const headers = signatureHeaders(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at: 1_614_265_330_000,
      body: '{"test": 2432232314}',
    });
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('covers id, time and body, with a secret as it stands', () => {
    const secret = 'a plain secret of some length';
    const sign = (id: string, at: number, body: string): string | undefined =>
      signatureHeaders([secret], { id, at, body })['webhook-signature'];
    const mac = createHmac('sha256', secret).update('n1.10.{}').digest('base64');
    expect(sign('n1', 10_999, '{}')).toBe(`v1,${mac}`);
    const others = [sign('n2', 10_999, '{}'), sign('n1', 11_000, '{}'), sign('n1', 10_999, '{ }')];
    for (const other of others) expect(other).not.toBe(`v1,${mac}`);
  });

  it('is made with both secrets while one replaces the other, and not at all without one', () => {
    const two = signatureHeaders(['the new secret, longer', 'the old secret, longer'], { id: 'n', at: 0, body: '' });
    expect(two['webhook-signature']?.split(' ')).toHaveLength(2);
    expect(signatureHeaders([], { id: 'n', at: 0, body: '' })).toEqual({ 'webhook-id': 'n', 'webhook-timestamp': '0' });
  });
});
