import { describe, expect, it } from 'vitest';
import { namespaceOf, parseAddress } from '../../../../connectors/postgres/address.ts';

describe('the address of a PostgreSQL', () => {
  it.each([
    ['postgres://u:p@db.example.com/shop', 'db.example.com', 5432, 'shop', 'verify'],
    ['postgresql://u:p@DB.example.com:6543/shop?sslmode=require', 'DB.example.com', 6543, 'shop', 'encrypt'],
    ['postgres://u@localhost/shop', 'localhost', 5432, 'shop', 'off'],
    ['postgres://u@127.0.0.1/shop?sslmode=verify-full', '127.0.0.1', 5432, 'shop', 'verify'],
    ['postgres://u:p@[2001:db8::1]:5432/shop', '2001:db8::1', 5432, 'shop', 'verify'],
    ['postgres://u@db.example.com/?sslmode=disable', 'db.example.com', 5432, 'u', 'off'],
    ['postgres:///shop?host=/var/run/postgresql&user=u', '/var/run/postgresql', 5432, 'shop', 'off'],
    ['postgres://u@db.example.com/sh%C3%B6p%2Fx', 'db.example.com', 5432, 'shöp/x', 'verify'],
  ])('is read from %s', (url, host, port, database, tls) => {
    expect(parseAddress('shop', url)).toMatchObject({ kind: 'server', host, port, database, tls });
  });

  it('takes user and password apart from what stands around them', () => {
    expect(parseAddress('shop', 'postgres://u%40x:p%3A%2F@h/d')).toMatchObject({ user: 'u@x', password: 'p:/' });
    expect(parseAddress('shop', 'postgres://u@h/d').password).toBeNull();
  });

  it('names a folder for an embedded one', () => {
    expect(parseAddress('shop', 'pglite:./data/w?database=shop')).toMatchObject({
      kind: 'embedded',
      folder: './data/w',
      database: 'shop',
    });
  });

  it.each([
    'postgres://u:s3cret@',
    'mysql://u:s3cret@h/d',
    's3cret',
    'postgres://:s3cret@h/d',
    'postgres://u:s3cret%zz@h/d',
    'postgres://u:s3cret@h/d?sslmode=sometimes',
    'pglite:',
  ])('is refused in %s without repeating the password', (url) => {
    const parse = () => parseAddress('shop', url);
    expect(parse).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    expect(parse).not.toThrow(/s3cret/);
  });

  it.each([
    ['postgres://u@DB.Example.com/shop', 'postgres://db.example.com:5432'],
    ['postgres://u@[2001:db8::1]:6543/shop', 'postgres://[2001:db8::1]:6543'],
    ['postgres:///shop?host=/var/run/postgresql&user=u', 'postgres://localhost:5432'],
  ])('gives %s the namespace %s', (url, namespace) => {
    expect(namespaceOf(parseAddress('shop', url))).toBe(namespace);
  });
});
