import { describe, expect, it } from 'vitest';
import { fitsNamespace, storagePlace } from '../../../server/model/storage-place.ts';

describe('the namespace of an object store', () => {
  it.each([
    ['s3a://lake', 's3://lake'],
    ['s3n://lake', 's3://lake'],
    ['S3A://lake/', 's3://lake'],
    ['s3://lake', 's3://lake'],
    ['s3a://lake/raw', 's3://lake/raw'],
    ['gcs://lake', 'gs://lake'],
    ['gs://lake', 'gs://lake'],
    ['abfs://raw@acme.dfs.core.windows.net', 'abfss://raw@acme.dfs.core.windows.net'],
    ['abfss://raw@Acme.dfs.core.windows.net/', 'abfss://raw@acme.dfs.core.windows.net'],
    ['wasb://raw@acme.blob.core.windows.net', 'abfss://raw@acme.dfs.core.windows.net'],
    ['wasbs://raw@acme.blob.core.chinacloudapi.cn', 'abfss://raw@acme.dfs.core.chinacloudapi.cn'],
    ['wasbs://raw@acme.dfs.core.windows.net', 'abfss://raw@acme.dfs.core.windows.net'],
  ])('%s is %s', (said, place) => {
    expect(storagePlace(said)).toBe(place);
    expect(storagePlace(place)).toBe(place);
  });

  it.each([
    's3compat://lake',
    'postgres://db:5432',
    'file',
    's3',
    'abfss://raw@acme',
    'hdfs://nn:8020',
    'constructor://x',
  ])('is left as it is: %s', (namespace) => expect(storagePlace(namespace)).toBe(namespace));
});

describe('an allowed namespace', () => {
  it.each([
    ['s3://lake/raw', 's3a://lake/*', true],
    ['s3://lake', 's3a://lake', true],
    ['s3://lake', 's3://lake/*', true],
    ['s3://lake', 's3a://lake/*', true],
    ['s3://lake', 's3a://*', true],
    ['s3://lake', 's3a://la*', true],
    ['s3://lake', 's3://*', true],
    ['gs://lake', 'gcs://*', true],
    ['gs://lake', 's3a://*', false],
    ['abfss://raw@acme.dfs.core.windows.net', 'wasbs://*', true],
    ['abfss://raw@acme.dfs.core.windows.net', 'wasbs://raw@Acme*', true],
    ['abfss://raw@acme.dfs.core.windows.net', 'wasb://raw@acme.blob.*', true],
    ['abfss://raw@acme.dfs.core.windows.net', 'wasbs://raw@acme.blob.core.windows.net/*', true],
    ['abfss://raw@acme.dfs.core.windows.net', 'wasbs://ra@*', false],
    ['abfss://raw@acme2.dfs.core.windows.net', 'wasbs://raw@acme.blob.*', false],
    ['abfs://raw', 'abfs://*', true],
    ['postgres://db:5432', 'postgres://db:5432/*', true],
    ['postgres://db:54321', 'postgres://db:5432/*', false],
    ['s3://lake.evil', 's3a://lake/*', false],
    ['s3://lake.evil', 's3://lake', false],
    ['spark2', 'spark', false],
    ['spark2', 'spark*', true],
  ])('%s by %s: %s', (namespace, allowed, fits) => expect(fitsNamespace(namespace, allowed)).toBe(fits));
});
