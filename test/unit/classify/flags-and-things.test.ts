import { describe, expect, it } from 'vitest';
import { classifyLine } from '../../../server/classify/classify-line.ts';
import { classifier, judgeFirst } from './column.ts';

const logins = ['awinter', 'blake.stone', 'cmoreau', 'dkim', 'efischer', 'jparker2'];
const addresses = ['20.14.3.9', '61.20.3.4', '99.8.17.6', '144.3.2.31', '87.6.5.14', '52.9.41.8'];
const fineOf = (table: string, column: string, beside: readonly string[], values: readonly unknown[] | null = null) =>
  judgeFirst(table, { [column]: values, ...Object.fromEntries(beside.map((other) => [other, null])) });

describe('a flag', () => {
  it.each([
    ['patients', 'diabetes_flag', 'health_condition'],
    ['patients', 'HIVStatusFlag', 'lab_result'],
    ['employees', 'union_member_flag', 'union_membership'],
    ['employees', 'felony_conviction_ind', 'criminal_offence'],
    ['students', 'special_ed_flag', 'child_data'],
    ['employees', 'hispanic_ind', 'race_ethnicity'],
  ])('is the datum itself of a condition, a membership, an offence: %s.%s', (table, column, fine) => {
    expect(fineOf(table, column, ['first_name', 'last_name']).fine).toContain(fine);
  });

  it.each(['email_flag', 'phone_ind', 'address_valid_flag', 'diabetes_flag_count'])(
    'is about a channel, or counted: %s',
    (column) => {
      expect(fineOf('customers', column, ['first_name', 'last_name']).fine).toEqual([]);
    },
  );

  it('is no fact about anybody in a list of codes or of goods', () => {
    expect(fineOf('products', 'diabetes_flag', ['sku', 'price', 'brand']).fine).toEqual([]);
  });
});

describe('what a check of a security code said', () => {
  it.each(['cvv2_rsp', 'CVCResult', 'cvv_response_code', 'csc_check', 'cvc2_match_ind'])(
    'is not the code: %s',
    (column) => {
      expect(fineOf('payments', column, ['card_number', 'exp_month']).fine).not.toContain('card_cvv');
    },
  );

  it.each(['cvv2', 'card_verification_value', 'cvc_code'])('but the code is: %s', (column) => {
    expect(fineOf('payments', column, ['card_number', 'exp_month']).fine).toContain('card_cvv');
  });
});

describe('a column called like a code, by its values', () => {
  it.each([[['M', 'N', 'P', 'U']], [['MATCH', 'NOMATCH', 'NOT CHECKED']]])(
    'holds the outcome of a check: %j',
    (values) => {
      expect(fineOf('payments', 'cvv', ['card_number', 'exp_month'], values).fine).toEqual([]);
    },
  );

  it('holds the code', () => {
    const codes = ['123', '907', '455', '018'];
    expect(fineOf('payments', 'cvv', ['card_number', 'exp_month'], codes).fine).toContain('card_cvv');
  });
});

describe('the place of a shop', () => {
  it.each([
    ['warehouses', 'latitude', 'foreman_name'],
    ['branches', 'city', 'manager_email'],
    ['filialen', 'ort', 'leiter_name'],
    ['clinics', 'street', 'contact_person'],
  ])("is the shop's, whoever is named beside it: %s.%s", (table, column, person) => {
    expect(fineOf(table, column, [person, 'opened_on']).fine).toEqual([]);
  });

  it.each([
    ['store_customers', 'city'],
    ['members', 'latitude'],
    ['warehouse_employees', 'street'],
    ['store_visits', 'latitude', 'customer_id'],
    ['location_history', 'latitude', 'user_id'],
  ])('as opposed to that of a person: %s.%s', (table, column, key = 'email') => {
    expect(fineOf(table, column, key === 'email' ? ['first_name', 'last_name', key] : [key, 'at']).fine).not.toEqual(
      [],
    );
  });
});

describe('an animal', () => {
  it.each([
    ['sheep', 'date_of_birth', 'ear_tag'],
    ['kennel_dogs', 'sex', 'coat'],
    ['nutztiere', 'geburtsdatum', 'rasse'],
    ['registry', 'dob', 'breed'],
  ])('has no personal data: %s.%s', (table, column, beside) => {
    expect(fineOf(table, column, [beside, 'sire']).fine).toEqual([]);
  });

  it('has none by its values either, as opposed to a person', () => {
    expect(fineOf('cattle', 'c4', ['tag', 'pen'], ['M', 'F', 'M', 'F', 'F', 'F']).fine).toEqual([]);
    expect(fineOf('employees', 'c4', ['first_name', 'email'], ['M', 'F', 'M', 'F', 'F', 'F']).fine).toContain('gender');
  });

  it('has an owner who has', () => {
    expect(fineOf('dogs', 'owner_phone', ['breed', 'sire']).fine).toContain('phone');
    expect(fineOf('dog_owners', 'date_of_birth', ['first_name']).fine).toContain('date_of_birth');
    expect(fineOf('dog_walkers', 'date_of_birth', ['first_name']).fine).toContain('date_of_birth');
  });
});

describe('who acted', () => {
  it.each(['created_by', 'last_modified_by', 'approved_by_user', 'erfasst_von'])(
    'is a person where user names stand: %s',
    (column) => {
      expect(fineOf('invoices', column, ['amount', 'due'], logins).classes).toContain('PII');
    },
  );

  it.each(['created_by', 'driver_ref', 'customer_reference'])(
    'is left to a person where nothing was seen: %s',
    (column) => {
      expect(fineOf('invoices', column, ['amount', 'due']).abstain).toBe(true);
    },
  );

  it.each(['powered_by', 'sorted_by', 'gueltig_von'])('is not what drives or sorts: %s', (column) => {
    expect(fineOf('invoices', column, ['amount', 'due']).fine).toEqual([]);
  });
});

describe('what a header of a request carries', () => {
  it.each(['auth_header', 'authorization_header', 'cookie_header'])('is a secret: %s', (column) => {
    expect(fineOf('requests', column, ['method', 'path']).fine).not.toEqual([]);
  });

  it.each(['content_type_header', 'header_count', 'auth_type'])('unless it carries none: %s', (column) => {
    expect(fineOf('requests', column, ['method', 'path']).fine).toEqual([]);
  });
});

describe('an authorization', () => {
  it('is a secret where the rows are requests', () => {
    expect(fineOf('captured', 'authorization', ['method', 'path', 'user_agent']).fine).toContain('credentials');
  });

  it.each([
    ['claims', ['member_id', 'diagnosis_code']],
    ['payments', ['card_last4', 'amount']],
  ])('and none among %s', (table, beside) => {
    expect(fineOf(table, 'authorization', beside).fine).not.toContain('credentials');
  });
});

describe('pay', () => {
  it.each(['gross', 'net_amt', 'brutto', 'overtime_amt'])('is told by the rows of employees: %s', (column) => {
    expect(fineOf('payslips', column, ['employee_no', 'pay_run']).fine).toContain('salary');
  });

  it.each(['gross', 'net_amt', 'brutto', 'gross_weight'])('and not by those of goods: %s', (column) => {
    expect(fineOf('shipments', column, ['pallets', 'carrier']).fine).toEqual([]);
  });

  it.each([
    ['kist_satz', 'religion'],
    ['religion_id', 'religion'],
    ['fehltage_krank', 'health_condition'],
    ['veteran_status', 'occupation'],
  ])('and its file knows more of them: %s', (column, fine) => {
    expect(fineOf('employees', column, ['first_name', 'last_name']).fine).toContain(fine);
  });
});

describe('a time or a key of care', () => {
  it.each([
    ['subject.reference', 'medical_record_number'],
    ['period.start', 'admission_date'],
    ['SV101_proc_cd', 'procedure'],
    ['note[0].text', 'clinical_note'],
  ])('is told by its path: %s', (column, fine) => {
    expect(fineOf('fhir_encounter', column, ['subject.display', 'diagnosis.code', 'patient_id']).fine).toContain(fine);
  });

  it.each(['period.start', 'proc_cd', 'subject'])('and is none in a report: %s', (column) => {
    expect(fineOf('kpi_report', column, ['metric', 'target', 'owner_team']).fine).toEqual([]);
  });
});

describe('an address of a machine', () => {
  it.each([
    ['load_balancers', 'upstream_addr'],
    ['subnets', 'gateway'],
    ['switches', 'mgmt_ip'],
    ['scans', 'target_ip'],
  ])('is of nobody: %s.%s', (table, column) => {
    expect(fineOf(table, column, ['vlan', 'port'], addresses).fine).toEqual([]);
  });

  it('is told by the table, unless that records who came', () => {
    expect(fineOf('subnets', 'ip', ['vlan', 'mask'], addresses).fine).toEqual([]);
    expect(fineOf('server_access_log', 'ip', ['path', 'status'], addresses).fine).toContain('ip_address');
  });

  it.each(['client_ip', 'remote_addr', 'login_ip'])('as opposed to that of a visitor: %s', (column) => {
    expect(fineOf('web_hits', column, ['path', 'status'], addresses).fine).toContain('ip_address');
  });
});

describe('what is called by names of persons', () => {
  const names = ['Erin Brockovich', 'Jerry Maguire', 'Billy Elliot', 'Mary Rose', 'James Cook', 'Rosa Parks'];

  it.each([
    ['films', 'title'],
    ['ships', 'vessel_name'],
    ['cosmetics', 'product'],
    ['roads', 'road_name'],
  ])('is a thing where the rows are things: %s.%s', (table, column) => {
    expect(fineOf(table, column, ['year', 'length'], names).fine).toEqual([]);
  });

  it.each([
    ['films', 'director'],
    ['staff', 'label'],
    ['t', 'c1'],
  ])('is a person elsewhere: %s.%s', (table, column) => {
    expect(fineOf(table, column, ['year', 'length'], names).fine).toContain('person_name');
  });
});

describe('a very wide table', () => {
  const beside = (count: number) => Array.from({ length: count }, (_, i) => `reading_${i}`);

  it('is taken with more than 10,000 columns, and refused beyond 100,000', () => {
    const row = { id: 1, table: 'wide', column: 'email' };
    expect(classifyLine({ ...row, table_columns: beside(12_000) }, classifier).fine).toContain('email');
    expect(() => classifyLine({ ...row, table_columns: beside(100_001) }, classifier)).toThrow(/table_columns/);
  });
});
