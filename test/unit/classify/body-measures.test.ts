import { describe, expect, it } from 'vitest';
import { judgeFirst } from './column.ts';

function beside(first: string, ...others: readonly string[]): Record<string, null> {
  return Object.fromEntries([first, ...others].map((name) => [name, null]));
}

describe('a weight, a height or a pulse', () => {
  it.each([
    ['patients', 'weight_kg', ['patient_id', 'height_cm']],
    ['vitals', 'weight', ['mrn', 'pulse']],
    ['customers', 'height_cm', ['first_name', 'last_name']],
    ['measurements', 'weight_kg', ['bmi', 'blood_pressure']],
    ['t4', 'patient_weight', ['color', 'price']],
    ['t4', 'body_weight', ['c1', 'c2']],
  ])('of a person is health data: %s.%s', (table, column, others) => {
    expect(judgeFirst(table, beside(column, ...others)).classes).toContain('PHI');
  });

  it.each([
    ['stools', 'weight_kg', ['id', 'color', 'legs']],
    ['kayaks', 'height_cm', ['id', 'width_cm', 'depth_cm']],
    ['t4', 'weight_kg', ['id', 'price', 'sku']],
    ['schraenke', 'weight_kg', ['id', 'breite', 'hersteller']],
    ['network_nodes', 'pulse', ['node', 'port', 'uptime']],
    ['car_models', 'weight_kg', ['model_name', 'engine_code']],
  ])('of a thing is none: %s.%s', (table, column, others) => {
    expect(judgeFirst(table, beside(column, ...others))).toMatchObject({ classes: ['NONE'], abstain: false });
  });

  it.each([
    ['t4', 'weight_kg', ['id', 'c1', 'c2']],
    ['readings', 'pulse', ['id', 'taken', 'c2']],
    ['t4', 'height_cm', []],
  ])('is left to a person where nobody knows of what: %s.%s', (table, column, others) => {
    expect(judgeFirst(table, beside(column, ...others))).toMatchObject({ classes: [], abstain: true });
  });
});

describe('what is found in a matter', () => {
  it.each([
    ['soil_samples', 'glucose'],
    ['wastewater_plants', 'treatment'],
    ['feed_tests', 'creatinine'],
    ['milk_controls', 'dose_mg'],
  ])('is no finding of a patient: %s.%s', (table, column) => {
    expect(judgeFirst(table, beside(column, 'id', 'plant_no', 'ph'))).toMatchObject({ classes: ['NONE'] });
  });

  it.each([
    ['soil_exposure', 'glucose', ['patient_id', 'soil_type']],
    ['lab_values', 'glucose', ['mrn', 'creatinine']],
  ])('is one beside a patient: %s.%s', (table, column, others) => {
    expect(judgeFirst(table, beside(column, ...others)).classes).toContain('PHI');
  });
});
