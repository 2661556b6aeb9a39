import { describe, expect, it } from 'vitest';
import { classifier, judgeFirst, judgeTable, tableOf } from './column.ts';

const mails = ['ann@example.com', 'bo@example.org', 'cy@example.net', 'di@example.com'];

describe('what stands in dealings', () => {
  it.each(['invoices', 'shipments', 'purchase_orders', 'lieferungen', 'commandes'])(
    'an outright address in %s is somebody’s',
    (table) => {
      expect(judgeFirst(table, { delivery_address: null, amount: null, status: null }).fine).toContain(
        'street_address',
      );
    },
  );

  it('is an address to send goods to, not mail', () => {
    const judged = judgeFirst('shipments', { to_addr: null, weight: null, status: null });
    expect(judged.fine).toEqual(['street_address']);
  });

  it('weighs goods, not patients', () => {
    expect(judgeFirst('shipments', { weight_kg: null, carrier: null, status: null }).classes).toEqual(['NONE']);
  });

  it('names the customer, whatever else the rows are about', () => {
    const judged = judgeFirst('order_items', { ship_to_name: null, item: null, sku: null, gift: null });
    expect(judged.fine).toContain('person_name');
    expect(judgeFirst('order_items', { item_name: null, sku: null, gift: null }).classes).toEqual(['NONE']);
  });

  it('has lines that are no accounts of a messenger', () => {
    expect(judgeFirst('invoice_lines', { invoice_line_id: null, price: null }).classes).toEqual(['NONE']);
    expect(judgeFirst('customers', { line_id: null, email: null, first_name: null }).fine).toContain('social_handle');
  });
});

describe('what stands in messages', () => {
  it.each(['to_addr', 'from_address', 'bcc', 'sender', 'recipient'])('%s is an e-mail address', (column) => {
    expect(judgeFirst('emails', { [column]: null, sent_at: null }).fine).toContain('email');
  });

  it('was written by somebody', () => {
    expect(judgeFirst('chat_messages', { body: null, sent_at: null }).fine).toContain('message_content');
    expect(judgeFirst('http_cache', { body: null, etag: null })).toMatchObject({ abstain: true });
  });

  it('is told by copies to others or a subject above a body, whatever the table is called', () => {
    expect(judgeFirst('t', { sender: null, subject: null, body: null }).fine).toContain('email');
    expect(judgeFirst('t', { sender: null, weight: null, price: null })).toMatchObject({ abstain: true });
  });

  it('is also told by the values of an address', () => {
    expect(judgeFirst('t', { to_addr: mails, size: null, state: null }).fine).toContain('email');
    expect(judgeFirst('network', { address: ['0x1f', '0x2a', '0x3c'], size: null, state: null }).classes).toEqual([
      'NONE',
    ]);
  });
});

describe('short and ambiguous names', () => {
  it('reads mob as a mobile phone', () => {
    expect(judgeFirst('contacts', { mob: null, dob: null }).fine).toEqual(['phone']);
  });

  it('reads token as a credential where it belongs to somebody, and as a form of what it stands with', () => {
    expect(judgeFirst('sessions', { token: null, email: null })).toMatchObject({
      derived: null,
      fine: ['credentials'],
    });
    expect(judgeFirst('t', { email_token: null })).toMatchObject({ derived: 'token', fine: ['email'] });
    expect(judgeFirst('users', { token_type: null, email: null }).classes).toEqual(['NONE']);
  });

  it('never takes the written form of social security numbers for nothing', () => {
    const ssn = ['123-45-6789', '234-56-7890', '345-67-8901', '456-78-9012', '567-89-0123', '601-23-4567'];
    expect(judgeFirst('stg', { c1: ssn, c2: null, c3: null })).toMatchObject({ abstain: true });
    expect(judgeFirst('members', { c1: ssn, email: null, first_name: null }).fine).toContain('national_id');
  });
});

describe('the key of a table’s own rows', () => {
  it.each([
    ['allergies', 'allergy_id', 'allergy'],
    ['ps_address', 'id_address', 'address1'],
    ['person_name', 'person_name_id', 'first_name'],
  ])('in %s is %s, and says nothing of %s', (table, key, other) => {
    expect(judgeFirst(table, { [key]: null, [other]: null, patient_id: null }).fine).toEqual([]);
  });

  it('is not a key of persons', () => {
    expect(judgeFirst('patients', { patient_id: null, dob: null }).fine).toContain('medical_record_number');
    expect(judgeFirst('visits', { allergy_id: null, patient_id: null, mrn: null }).fine).toContain('allergy');
  });
});

describe('rows that record care', () => {
  const care = { patient: null, start: null, code: null, description: null };

  it('say by a bare code and a bare description what was given or found', () => {
    for (const [table, fine] of [
      ['medications', 'medication'],
      ['allergies', 'allergy'],
      ['observations', 'lab_result'],
    ] as const) {
      const { columns } = judgeTable(table, care);
      expect(columns.map(({ fine: found }) => found)).toEqual([['medical_record_number'], [], [fine], [fine]]);
    }
  });

  it('are not lists of what could be given, nor rows of other things', () => {
    expect(judgeTable('medications_reference', { code: null, description: null }).columns[0]?.classes).toEqual([
      'NONE',
    ]);
    expect(judgeTable('observations', { site: null, code: null, description: null }).columns[1]?.fine).toEqual([]);
  });

  it('have reasons that are diagnoses; a refusal has another', () => {
    expect(judgeFirst('encounters', { reason_code: null, patient_id: null }).fine).toContain('diagnosis');
    expect(judgeFirst('claims', { denial_reason_code: null, patient_id: null, icd10: null }).fine).toEqual([]);
  });
});

describe('a schema of references', () => {
  it('holds lists, whatever its tables are called, unless a key leads to somebody', () => {
    const list = { atc_code: null, dosage: null, form: null };
    for (const { classes } of judgeTable('shop.ref.medications', list).columns) expect(classes).toEqual(['NONE']);
    expect(judgeFirst('shop.clinic.medications', { atc_code: null, patient_id: null }).classes).toContain('PHI');
    expect(judgeFirst('shop.ref.medications', { atc_code: null, patient_id: null }).classes).toContain('PHI');
  });
});

describe('a card number found by its values', () => {
  const pans = ['4111111111111111', '5555555555554444', '4012888888881881', '378282246310005', '6011111111111117'];
  const dates = ['03/27', '11/26', '07/28', '01/29', '12/27'];

  it('makes the dates beside it those of the card, whatever both are called', () => {
    expect(judgeFirst('t', { kk_guelt: dates, kk_nr: pans, stat: null }).fine).toContain('card_expiry');
    expect(judgeFirst('t', { kk_guelt: dates, kk_nr: null, stat: null }).fine).not.toContain('card_expiry');
  });
});

describe('a word of several languages', () => {
  it('is read in the language of the words beside it', () => {
    expect(judgeFirst('mitarbeiter', { pers_nr: null, vorname: null, strasse: null }).fine).toEqual(['person_id']);
    expect(judgeFirst('ansatte', { pers_nr: null, fornavn: null, etternavn: null }).fine).toEqual(['national_id']);
  });
});

describe('the code that authorises a payment', () => {
  it('is no secret of a person', () => {
    expect(judgeFirst('transactions', { auth_code: null, card_token: null }).fine).toEqual([]);
    expect(judgeFirst('users', { auth_code: null, email: null }).fine).toContain('credentials');
  });
});

describe('bare first and last', () => {
  it('are names where they stand side by side', () => {
    expect(judgeFirst('patients', { first: null, last: null, dob: null }).fine).toContain('first_name');
    expect(judgeFirst('visits', { first: null, visits: null, dob: null }).fine).toEqual([]);
    expect(judgeFirst('users', { last_login: null, first: null, last: null }).fine).toEqual([]);
  });
});

describe('plurals of short forms', () => {
  it('are one word in camel case', () => {
    expect(judgeFirst('dicom', { OtherPatientIDs: null, PatientBirthDate: null }).fine).toContain(
      'medical_record_number',
    );
  });
});

describe('a path', () => {
  it('is read from its end', () => {
    expect(judgeFirst('Patient', { 'contact.name.family': null, birthDate: null }).fine).toContain('last_name');
    expect(judgeFirst('Patient', { 'contact.name': null, birthDate: null }).fine).toContain('person_name');
  });
});

describe('a person at the end of a name', () => {
  it('may stand for a name, a key or a number, whatever stands before', () => {
    expect(judgeFirst('t', { comment_author: null })).toMatchObject({ abstain: true });
    expect(judgeFirst('t', { comment_authors_count: null }).classes).toEqual(['NONE']);
  });
});

describe('keys of persons', () => {
  it('make a row relate to a data subject, also where the key is a phrase of its own', () => {
    const { columns, subject } = judgeTable('bookkeeping', { member_id: null, total: null, day: null });
    expect(subject).toMatchObject({ kind: 'person', keyColumn: 'member_id' });
    expect(columns[1]).toMatchObject({ relatesToSubject: true, classes: ['NONE'] });
    expect(judgeTable('bookkeeping', { item_id: null, total: null }).columns[1]?.relatesToSubject).toBe(false);
  });

  it('may be foreign keys of any name', () => {
    const table = tableOf('bookkeeping', { zref: null, total: null, day: null });
    const pointing = (to: string) =>
      classifier.classify({ ...table, foreignKeys: [{ columns: ['zref'], table: to }] }).columns[1]?.relatesToSubject;
    expect(pointing('shop.public.employees')).toBe(true);
    expect(pointing('shop.public.warehouses')).toBe(false);
  });

  it('are health plan numbers only among patients', () => {
    expect(judgeFirst('clubs', { member_id: null, points: null, day: null }).classes).not.toContain('PHI');
    expect(judgeFirst('claims', { member_id: null, icd10_code: null, cpt_code: null, ndc: null }).fine).toContain(
      'health_insurance_id',
    );
  });
});

describe('health data', () => {
  const classes = (hipaa: string | undefined, column: string) =>
    classifier.classify({
      ...tableOf('patients', { [column]: null, mrn: null, dob: null }),
      applies: hipaa === undefined ? {} : { hipaa },
    }).columns[0]?.classes;

  it('is PHI where HIPAA binds its holder and where nobody said whether it does', () => {
    expect(classes('covered-entity', 'diagnosis')).toEqual(['PHI']);
    expect(classes(undefined, 'diagnosis')).toEqual(['PHI']);
    expect(classes(undefined, 'email')).toEqual(['PII', 'PHI']);
  });

  it('is personal data, not PHI, where its holder is said to be outside of HIPAA', () => {
    expect(classes('none', 'diagnosis')).toEqual(['PII']);
    expect(classes('none', 'email')).toEqual(['PII']);
  });
});

describe('the key of a patient', () => {
  it.each(['paciente_id', 'id_paciente', 'patienten_id', 'id_paziente'])('is one in every language: %s', (column) => {
    expect(judgeFirst('citas', { [column]: null, hora: null, sala: null }).fine).toContain('medical_record_number');
  });

  it('is not that of a visit or of an impatient customer', () => {
    expect(judgeFirst('t', { customer_id: null, hora: null }).fine).toEqual([]);
    expect(judgeFirst('ward_beds', { bed_id: null, ward_id: null }).fine).toEqual([]);
  });

  it('is the subject of a resource of care', () => {
    const names = { 'code.coding.code': null, status: null, 'subject.reference': null };
    expect(judgeFirst('Observation', names).fine).toContain('lab_result');
    expect(judgeFirst('Invoice', names).fine).toEqual([]);
    expect(judgeFirst('Observation', { 'code.coding.code': null, status: null, subject_line: null }).fine).toEqual([]);
  });
});

describe('when a document runs out', () => {
  it.each(['passport_expiry', 'cdl_expiration_date', 'id_card_valid_until'])('%s is not its number', (column) => {
    expect(judgeFirst('drivers', { [column]: null, email: null }).classes).toEqual(['NONE']);
  });

  it('is told of a card with its number', () => {
    expect(judgeFirst('payments', { card_expiry: null, amount: null }).fine).toContain('card_expiry');
    expect(judgeFirst('drivers', { passport_no: null, email: null }).fine).toContain('passport');
  });
});

describe('a number of a device', () => {
  it('is a person’s only where persons are met, unless its name is that of one', () => {
    expect(judgeFirst('thermostats', { serial_no: null, firmware: null, lat: null })).toMatchObject({ abstain: true });
    expect(judgeFirst('subscribers', { serial_no: null, email: null }).fine).toContain('device_id');
    expect(judgeFirst('thermostats', { imei: null, firmware: null, lat: null }).fine).toContain('device_id');
  });
});

describe('pan beside what only a card has', () => {
  it('is a card number to its neighbours', () => {
    const names = { de14_expiry: null, de2_pan: null };
    expect(judgeFirst('auth_log', { ...names, de35_track2: null }).fine).toContain('card_expiry');
    expect(judgeFirst('auth_log', { ...names, amount: null }).fine).toEqual([]);
  });
});

describe('words that are written without their umlauts', () => {
  it.each([
    ['staatsangehoerigkeit', 'nationality'],
    ['empfaengername', 'person_name'],
    ['schluessel', null],
    ['foedselsdato', 'date_of_birth'],
  ])('%s is %s', (column, fine) => {
    const { fine: found } = judgeFirst('bewerber', { [column]: null, vorname: null });
    expect(found).toEqual(fine === null ? [] : [fine]);
  });
});

describe('a ward', () => {
  it('says where a patient lies, and nothing where nobody does', () => {
    expect(judgeFirst('stays', { ward: null, patient_id: null, bed_count: null }).classes).toContain('PHI');
    expect(judgeFirst('ward_occupancy', { ward_name: null, bed_count: null, rate: null }).classes).toEqual(['NONE']);
  });
});

describe('num before a word', () => {
  it('is the number of a document, and how many there are of others', () => {
    expect(judgeFirst('clientes', { num_contribuinte: null, nome: null }).fine).toEqual(['tax_id']);
    expect(judgeFirst('users', { num_passport: null, email: null }).fine).toEqual(['passport']);
    expect(judgeFirst('users', { num_phones: null, email: null }).classes).toEqual(['NONE']);
    expect(judgeFirst('users', { num_emails: null, email: null }).classes).toEqual(['NONE']);
  });
});
