import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../../../connectors/kit/without-secrets.ts';
import { qualifiedOf } from '../../../../connectors/openlineage/foreign.ts';

describe('an address without what signs in', () => {
  it.each([
    ['postgres://u:pw@db:5432', 'postgres://db:5432'],
    ['jdbc:postgresql://u:pw@db:5432/shop', 'jdbc:postgresql://db:5432/shop'],
    ['jdbc:oracle:thin:scott/tiger@db:1521:x', 'jdbc:oracle:thin:db:1521:x'],
    ['sqlserver://db:1433;user=sa;password=pw', 'sqlserver://db:1433'],
    [
      'sqlserver://db:1433;user=sa;databaseName=shop;Password={p;w};encrypt=true',
      'sqlserver://db:1433;databaseName=shop;encrypt=true',
    ],
    ['mysql://db:3306/shop?password=pw', 'mysql://db:3306/shop'],
    ['mysql://db/shop?user=u&password=pw&charset=utf8&ssl=1', 'mysql://db/shop?charset=utf8&ssl=1'],
    ['mysql://db/shop?charset=utf8&password=pw', 'mysql://db/shop?charset=utf8'],
    ['https://u:pw@bi.example.com/d?id=5', 'https://bi.example.com/d?id=5'],
    ['https://bi.example.com/d?id=5#access_token=pw', 'https://bi.example.com/d?id=5'],
    ['md:shop?motherduck_token=pw', 'md:shop'],
    ['wasbs://u:pw@acme.blob.core.windows.net', 'wasbs://acme.blob.core.windows.net'],
    ['s3://bucket/x?X-Amz-Signature=pw&part=1', 's3://bucket/x?part=1'],
  ])('%s', (given, bare) => {
    expect(withoutSecrets(given)).toBe(bare);
  });

  it.each([
    'postgres://db:5432',
    'abfss://raw@acme.dfs.core.windows.net',
    'abfss://HR_Prod@onelake.dfs.fabric.microsoft.com',
    'abfss://Sales.Prod 2@onelake.dfs.fabric.microsoft.com',
    'shop.public.users',
    's3://bucket/user=5/token=9/x.parquet',
    'https://bi.example.com/d?id=5&compass=north#top',
    'sqlserver://db;databaseName=shop',
    'a@b.example',
    'tokens;keys',
  ])('is as it was where nothing signs in: %s', (given) => {
    expect(withoutSecrets(given)).toBe(given);
  });

  it('is what names of events become', () => {
    expect(qualifiedOf({ namespace: 'sqlserver://db;user=sa;password=pw', name: 'x?password=pw' })).toEqual({
      namespace: 'sqlserver://db',
      name: 'x',
    });
    expect(qualifiedOf({ namespace: ';password=pw', name: 'x' })).toBeNull();
    expect(qualifiedOf({ namespace: 'n', name: 5 })).toBeNull();
  });
});
