import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { diagnoses, medications } from './reference.ts';
import { times, type TableRows } from './table-rows.ts';

const patientCount = 120;
const bloodGroups = ['0+', '0-', 'A+', 'A-', 'B+', 'B-', 'AB+', 'AB-'];

export function clinicRows(random: Random, people: readonly Person[]): readonly TableRows[] {
  const patient = () => random.int(1, patientCount);
  const practitioner = () => random.int(1, 6);
  return [
    {
      table: 'clinic.patients',
      rows: times(patientCount, (n) => {
        const person = people[n * 2 - 1] ?? people[0];
        const contact = random.pick(people);
        return {
          patient_id: n,
          customer_id: random.chance(0.8) ? n * 2 : null,
          mrn: `MRN-${String(100_000 + n * 37)}`,
          given_name: person?.first,
          family_name: person?.last,
          birth_date: person?.born,
          sex: random.pick(['f', 'm', 'x']),
          blood_group: random.pick(bloodGroups),
          emergency_contact: `${contact.first} ${contact.last}, ${contact.phone}`,
          insurance_member_no: `Z${random.digits(9)}`,
        };
      }),
    },
    {
      table: 'clinic.practitioners',
      rows: times(6, (n) => ({
        practitioner_id: n,
        full_name: `Dr ${random.pick(people).first} ${random.pick(people).last}`,
        speciality: random.pick(['travel medicine', 'general practice', 'nursing']),
        npi: npi(`1${String(n).padStart(8, '0')}`),
        hired_on: random.day(2021, 2024),
      })),
    },
    {
      table: 'clinic.appointments',
      rows: times(260, (n) => ({
        appointment_id: n,
        patient_id: patient(),
        practitioner_id: practitioner(),
        starts_at: random.instant(2025, 2025),
        reason: random.pick(['vaccination', 'check-up', 'follow-up', 'travel advice']),
        no_show: random.chance(0.08),
      })),
    },
    {
      table: 'clinic.diagnoses',
      rows: times(180, (n) => ({
        diagnosis_id: n,
        patient_id: patient(),
        icd10: random.pick(diagnoses)[0],
        diagnosed_on: random.day(2022, 2025),
        certainty: random.pick(['confirmed', 'suspected']),
      })),
    },
    {
      table: 'clinic.prescriptions',
      rows: times(150, (n) => ({
        prescription_id: n,
        patient_id: patient(),
        practitioner_id: practitioner(),
        atc_code: random.pick(medications)[0],
        dosage: random.pick(['1-0-0', '1-0-1', 'as needed']),
        issued_on: random.day(2023, 2025),
      })),
    },
    {
      table: 'clinic.lab_results',
      rows: times(300, (n) => ({
        result_id: n,
        patient_id: patient(),
        loinc: random.pick(['4548-4', '2345-7', '718-7']),
        value_numeric: random.int(400, 14_000) / 100,
        unit: random.pick(['%', 'mg/dL', 'g/dL']),
        taken_at: random.instant(2023, 2025),
      })),
    },
    {
      table: 'clinic.allergies',
      rows: times(60, (n) => ({
        patient_id: n,
        substance: random.pick(['penicillin', 'latex', 'peanut']),
        severity: 'moderate',
      })),
    },
    {
      table: 'clinic.clinical_notes',
      rows: times(140, (n) => {
        const person = random.pick(people);
        const [, diagnosis] = random.pick(diagnoses);
        return {
          note_id: n,
          patient_id: patient(),
          written_by: practitioner(),
          written_at: random.instant(2024, 2025),
          note: `${person.first} ${person.last} (born ${person.born}) reports feeling well. Known: ${diagnosis}. Call back on ${person.phone}.`,
        };
      }),
    },
    {
      table: 'clinic.insurance_policies',
      rows: times(110, (n) => ({
        policy_no: `KV-${random.digits(8)}-${n}`,
        patient_id: n,
        insurer: random.pick(['Example Health', 'Sample Mutual']),
        valid_to: '2027-12-31',
      })),
    },
    { table: 'clinic.rooms', rows: times(5, (n) => ({ room_id: n, name: `Room ${n}`, floor: n % 2 })) },
  ];
}

/** A National Provider Identifier: nine digits and a Luhn check digit over the prefix 80840. */
function npi(nine: string): string {
  const sum = Array.from(`80840${nine}`)
    .reverse()
    .reduce((total, digit, i) => {
      const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return `${nine}${(10 - (sum % 10)) % 10}`;
}
