/**
 * The country in which a cloud region stands, by the providers' own region lists (AWS, Azure, Google Cloud). Only regions
 * whose country their provider names; anything else is unknown, never guessed.
 */
const countryOfRegion: Readonly<Record<string, string>> = {
  'eu-central-1': 'DE',
  'eu-central-2': 'CH',
  'eu-west-1': 'IE',
  'eu-west-2': 'GB',
  'eu-west-3': 'FR',
  'eu-north-1': 'SE',
  'eu-south-1': 'IT',
  'eu-south-2': 'ES',
  'us-east-1': 'US',
  'us-east-2': 'US',
  'us-west-1': 'US',
  'us-west-2': 'US',
  'ca-central-1': 'CA',
  'sa-east-1': 'BR',
  'ap-south-1': 'IN',
  'ap-northeast-1': 'JP',
  'ap-northeast-2': 'KR',
  'ap-southeast-1': 'SG',
  'ap-southeast-2': 'AU',
  'me-south-1': 'BH',
  'af-south-1': 'ZA',
  'il-central-1': 'IL',
  'europe-west1': 'BE',
  'europe-west2': 'GB',
  'europe-west3': 'DE',
  'europe-west4': 'NL',
  'europe-west6': 'CH',
  'europe-west8': 'IT',
  'europe-west9': 'FR',
  'europe-west10': 'DE',
  'europe-west12': 'IT',
  'europe-north1': 'FI',
  'europe-central2': 'PL',
  'europe-southwest1': 'ES',
  'us-central1': 'US',
  'us-east1': 'US',
  'us-east4': 'US',
  'us-west1': 'US',
  'asia-south1': 'IN',
  'asia-northeast1': 'JP',
  'australia-southeast1': 'AU',
  westeurope: 'NL',
  northeurope: 'IE',
  germanywestcentral: 'DE',
  francecentral: 'FR',
  swedencentral: 'SE',
  switzerlandnorth: 'CH',
  uksouth: 'GB',
  ukwest: 'GB',
  italynorth: 'IT',
  polandcentral: 'PL',
  norwayeast: 'NO',
  spaincentral: 'ES',
  eastus: 'US',
  eastus2: 'US',
  westus: 'US',
  westus2: 'US',
  centralus: 'US',
  canadacentral: 'CA',
  brazilsouth: 'BR',
  centralindia: 'IN',
  japaneast: 'JP',
  australiaeast: 'AU',
};

/** The Union's members and Iceland, Liechtenstein and Norway, where the GDPR holds by the EEA Agreement. */
const eea = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(' '),
);

/** Country by ISO 3166-1, or null when a region's country is not known. Multi-regions such as `EU` name no country. */
export function countryOf(region: string | null): string | null {
  return region === null ? null : (countryOfRegion[region.toLowerCase()] ?? null);
}

/** True inside the EEA. `EU` and `eu` as a multi-region lie inside as well. */
export function isInEea(place: string): boolean {
  return eea.has(place) || place.toUpperCase() === 'EU';
}
