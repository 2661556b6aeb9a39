import { describe, expect, it } from 'vitest';
import { judgeFirst } from './column.ts';

/** Columns of one table by their names alone; the first is judged. */
const judge = (table: string, first: string, ...others: readonly string[]) =>
  judgeFirst(table, Object.fromEntries([first, ...others].map((name) => [name, null])));

describe('short forms of care, by what stands beside them', () => {
  it.each([
    ['dx', ['dy'], ['pat_id', 'visit_dt']],
    ['px', ['py'], ['pat_id', 'cpt']],
    ['rx', ['tx_bytes', 'iface'], ['patient_id', 'refills']],
    ['tx', ['block', 'gas'], ['mrn', 'diagnosis']],
    ['hr', ['min', 'dow'], ['patient_id', 'spo2']],
    ['bp', ['bid', 'ask'], ['mrn', 'temp_c']],
  ] as const)('%s is nothing of care beside %j and something beside %j', (form, elsewhere, inCare) => {
    const other = judge('t_data', form, 'id', ...elsewhere);
    expect(other.fine).toEqual([]);
    expect(other.classes).toEqual(['NONE']);
    expect(judge('clinic_visits', form, ...inCare).classes).toContain('PHI');
  });

  it('pt is a point among coordinates and a patient in a record of care', () => {
    expect(judge('shapes', 'pt', 'x', 'y', 'srid').classes).toEqual(['NONE']);
    expect(judge('encounters', 'pt', 'admit_date', 'dx').classes).toContain('PHI');
  });
});

describe('names of standards', () => {
  it.each([
    ['patient', 'deceasedBoolean', 'date_of_death'],
    ['patient', 'deceasedboolean', 'date_of_death'],
    ['adt_feed', 'pid_5', 'person_name'],
    ['adt_feed', 'pid7', 'date_of_birth'],
    ['adt_feed', 'pid_19', 'national_id'],
    ['person', 'race_source_value', 'race_ethnicity'],
    ['death', 'cause_source_value', 'diagnosis'],
    ['observation_fact', 'nval_num', 'lab_result'],
    ['carrier_claims', 'prncpal_dgns_cd', 'diagnosis'],
    ['carrier_claims', 'at_physn_npi', 'provider_npi'],
    ['pharmacy_claims', 'qty_dispensed', 'medication'],
    ['payments', 'dbtr_iban', 'iban'],
    ['payroll', 'fica_wages', 'salary'],
  ])('%s.%s names %s', (table, column, fine) => {
    expect(judge(table, column, 'person_id', 'mrn').fine).toContain(fine);
  });

  it('a type of record in OMOP says where the record came from, not what it holds', () => {
    expect(judge('drug_exposure', 'drug_type_concept_id', 'person_id', 'sig').classes).toEqual(['NONE']);
    expect(judge('drug_exposure', 'drug_concept_id', 'person_id', 'sig').fine).toContain('medication');
  });
});

describe('parts of a record of care', () => {
  it('speak in rows of patients and nowhere else', () => {
    expect(judge('prescriptions', 'route', 'patient_id', 'drug_name').fine).toContain('medication');
    expect(judge('bus_network', 'route', 'stop', 'line').classes).toEqual(['NONE']);
    expect(judge('lab_results', 'flag', 'patient_id', 'loinc_code').fine).toContain('lab_result');
    expect(judge('feature_switches', 'flag', 'owner', 'rollout').fine).toEqual([]);
  });

  it("are a patient's where the rows hold drugs, each with the key of a person", () => {
    expect(judge('drugs', 'sig', 'person_id', 'ndc').classes).toContain('PHI');
    expect(judge('drugs', 'strength', 'drug_id', 'ndc', 'drug_name', 'manufacturer').classes).toEqual(['NONE']);
  });
});

describe('keys of patients', () => {
  it('an identifier in the rows of patients is theirs, elsewhere a key of anything', () => {
    expect(judge('patient', 'identifier', 'birthDate', 'gender').fine).toContain('medical_record_number');
    expect(judge('device', 'identifier', 'model', 'firmware').classes).toEqual(['NONE']);
  });

  it('a key called like the table is that of its rows, unless these have one of their own', () => {
    expect(judge('pat_enc_dx', 'dx_id', 'pat_id', 'line').classes).toEqual(['NONE']);
    expect(judge('pat_enc_dx', 'dx_id', 'id', 'pat_id', 'line').fine).toContain('diagnosis');
  });

  it('pid is a patient beside a visit and a process among machines', () => {
    expect(judge('form_dictation', 'dictation', 'id', 'pid', 'encounter').classes).toContain('PHI');
    expect(judge('host_stats', 'temp', 'pid', 'ppid', 'cpu').classes).not.toContain('PHI');
  });

  it('a number behind a kind of person is a key of one, behind contact a telephone', () => {
    expect(judge('immunizations', 'route', 'demographic_no', 'vaccine_code').classes).toContain('PHI');
    expect(judge('patients', 'contact_no', 'mrn').fine).toContain('phone');
  });
});

describe('names that are half known', () => {
  it("are open in a person's row, whatever the last word makes of them", () => {
    for (const column of ['zqv_type', 'zqv_status', 'zqv_cd', 'zqv_id'])
      expect(judge('patients', column, 'mrn', 'last_name').abstain, column).toBe(true);
  });

  it('are nothing where they count, cost or display something, or where the rows are no persons', () => {
    expect(judge('patients', 'zqv_count', 'mrn', 'last_name').classes).toEqual(['NONE']);
    expect(judge('product_catalogue', 'zqv_type', 'sku', 'brand').classes).toEqual(['NONE']);
  });

  it('are settled by values in which nothing is found', () => {
    const words = 'oak plank wide batch crate glued beech board thin stack'.split(' ');
    const values = words.flatMap((one, i) => [`${one} ${words[(i + 3) % 10] ?? ''} 4`, `9 ${one} of 12`]);
    const judged = judgeFirst('patients', { zqv_type: values, mrn: null, last_name: null });
    expect(judged.classes).toEqual(['NONE']);
  });

  it('are not settled by numbers: they may be of anything', () => {
    const values = Array.from({ length: 20 }, (_, i) => i % 4);
    const judged = judgeFirst('patients', { zqv_type: values, mrn: null, last_name: null });
    expect(judged).toMatchObject({ abstain: true });
  });
});
