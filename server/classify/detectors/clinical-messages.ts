import { has } from '../../profile/value.ts';
import { detector, type Detector } from './detector.ts';

/** Segments of HL7 v2 by what they hold, and how they begin: after a line end, or at the start. */
const segments: readonly (readonly [id: string, fine: string, title: string, mark: string, segment: RegExp])[] = [
  ['hl7-patient', 'medical_record_number', 'patient', 'PID|', /(?:^|[\r\n\v])PID\|\d{0,4}\|[^|\r\n]*\|[^|\r\n]*\|/],
  ['hl7-insurance', 'health_insurance_id', 'insurance', 'IN1|', /(?:^|[\r\n\v])IN1\|\d{0,4}\|[^|\r\n]+\|[^|\r\n]+/],
  ['hl7-diagnosis', 'diagnosis', 'diagnosis', 'DG1|', /(?:^|[\r\n\v])DG1\|\d{0,4}\|[^|\r\n]*\|[^|\r\n]+/],
  ['hl7-result', 'lab_result', 'observation', 'OBX|', /(?:^|[\r\n\v])OBX\|\d{0,4}\|[A-Z]{2,3}\|[^|\r\n]+\|/],
  ['hl7-procedure', 'procedure', 'procedure', 'PR1|', /(?:^|[\r\n\v])PR1\|\d{0,4}\|[^|\r\n]*\|[^|\r\n]+/],
  ['hl7-allergy', 'allergy', 'allergy', 'AL1|', /(?:^|[\r\n\v])AL1\|\d{0,4}\|[^|\r\n]*\|[^|\r\n]+/],
  ['hl7-medication', 'medication', 'pharmacy', 'RX', /(?:^|[\r\n\v])RX[ADEGO]\|[^|\r\n]*\|[^|\r\n]*\|/],
];

/** Segments of X12 claims and benefit messages; elements are divided by `*` or `|`, parts by `:`, `>` or `^`. */
const loops: readonly (readonly [id: string, fine: string, title: string, mark: string, segment: RegExp])[] = [
  ['x12-member', 'health_insurance_id', 'subscriber or patient', 'NM1', /(?:^|[~\r\n])\s?NM1[*|](?:IL|QC|74)[*|]1[*|]/],
  [
    'x12-diagnosis',
    'diagnosis',
    'health care information',
    'HI',
    /(?:^|[~\r\n])\s?HI[*|](?:A?B[FJKNR]|A?PR|BBR|BBQ|ABN|BE|BG|BH|BI|DR)[:>^]/,
  ],
  [
    'x12-procedure',
    'procedure',
    'service line',
    'SV',
    /(?:^|[~\r\n])\s?SV[13C][*|](?:HC|AD|ER|IV|WK|HP)[:>^][A-Z\d]{5}/,
  ],
  [
    'x12-service',
    'procedure',
    'institutional service line',
    'SV2',
    /(?:^|[~\r\n])\s?SV2[*|]\d{3,4}[*|](?:HC|HP)[:>^][A-Z\d]{5}/,
  ],
];

/** `marks`: one of them stands in every such text; they are looked for before the form is. */
function message(
  id: string,
  fine: string,
  title: string,
  source: string,
  form: RegExp,
  marks: readonly string[],
  needs: number = has.upper,
): Detector {
  return detector({
    id,
    fine,
    title,
    method: 'content',
    source,
    chance: 0.001,
    minShare: 0.02,
    needs,
    length: [8, 4_096],
    alone: 4,
    named: 3,
    test: ({ text }) => marks.some((mark) => text.includes(mark)) && form.test(text),
  });
}

/** Messages in which systems of care exchange records: what stands in them is about a patient, whoever keeps them. */
export const clinicalMessages: readonly Detector[] = [
  ...segments.map(([id, fine, title, mark, form]) =>
    message(id, fine, `HL7 v2 segment: ${title}`, 'HL7 version 2.5.1, chapters 3 to 6', form, [mark]),
  ),
  ...loops.map(([id, fine, title, mark, form]) =>
    message(id, fine, `X12 segment: ${title}`, 'ASC X12N 837, 270, 271, 835 (45 CFR 162)', form, [mark]),
  ),
  message(
    'fhir-patient-link',
    'medical_record_number',
    'FHIR reference to a patient inside a resource',
    'HL7 FHIR R4, references between resources',
    /"reference"\s*:\s*"(?:[^"\s]{0,200}\/)?Patient\/[A-Za-z0-9.-]{1,64}"/,
    ['Patient/'],
  ),
  message(
    'cda-document',
    'clinical_note',
    'Clinical document or FHIR resource of a patient in XML',
    'HL7 CDA release 2; HL7 FHIR R4',
    /<(?:\w{1,12}:)?ClinicalDocument[\s>]|<(?:Patient|Condition|Observation|Encounter|Procedure|AllergyIntolerance|Immunization|Medication(?:Request|Statement|Dispense)|DiagnosticReport)\s[^>]{0,200}hl7\.org\/fhir"/,
    ['ClinicalDocument', 'hl7.org/fhir'],
  ),
  message(
    'dicom-patient',
    'medical_record_number',
    'DICOM attributes of a patient in JSON',
    'DICOM PS3.18 annex F; PS3.6, group 0010',
    /"0010(?:0010|0020|0030|0040|10[0-9A-F]{2}|2[01][0-9A-F]{2})"\s*:\s*\{/,
    ['"0010'],
    has.brace | has.digit,
  ),
  detector({
    id: 'fhir-patient-reference',
    fine: 'medical_record_number',
    title: 'FHIR reference to a patient',
    method: 'format',
    source: 'HL7 FHIR R4, references between resources',
    chance: 0.001,
    minShare: 0.5,
    needs: has.slash | has.upper,
    forbids: has.blank,
    length: [9, 300],
    alone: 3.5,
    named: 3,
    test: ({ text }) =>
      /^(?:https?:\/\/\S{3,200}\/)?(?:Patient|RelatedPerson)\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/.test(
        text,
      ),
  }),
  detector({
    id: 'x12-composite',
    fine: 'procedure',
    title: 'Procedure code with its X12 qualifier',
    method: 'format',
    source: 'ASC X12N 837: composite medical procedure identifier',
    chance: 0.001,
    minShare: 0.6,
    needs: has.colon | has.digit,
    forbids: has.blank | has.slash | has.at,
    length: [8, 30],
    alone: 2.4,
    named: 3,
    test: ({ text }) => /^(?:HC|HP|AD|ER|IV)[:>][A-Z\d]\d{3}[\dA-Z](?:[:>][A-Z\d]{0,2}){0,4}$/.test(text),
  }),
];
