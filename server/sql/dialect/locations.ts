/** A place outside the database that rows come from or go to: a file, a folder, a stage, a bucket. */
export function isLocation(text: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/|@|\/|[a-z]:\\|\\\\|~\/)/i.test(text);
}

/** A location as it may be shown: without what may be a secret in it (sign-in, query string, fragment). */
export function locationName(text: string): string {
  return text.replace(/[?#].*$/s, '').replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, (all, scheme: string) =>
    // The container of an Azure address stands where other addresses have who signs in.
    /^(?:abfss?|wasbs?):\/\/[^:]*$/i.test(all) ? all : scheme,
  );
}

/** Table functions whose first argument is a location. */
export const locationFunctions: ReadonlySet<string> = new Set(
  (
    'READ_CSV READ_CSV_AUTO READ_PARQUET PARQUET_SCAN READ_JSON READ_JSON_AUTO READ_NDJSON READ_FILES READ_BLOB READ_TEXT ICEBERG_SCAN DELTA_SCAN SNIFF_CSV ' +
    'S3 S3CLUSTER FILE URL HDFS GCS AZUREBLOBSTORAGE OSS COSN DELTALAKE ICEBERG HUDI CLOUD_FILES STAGE'
  ).split(' '),
);
