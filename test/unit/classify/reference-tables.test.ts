import { describe, expect, it } from 'vitest';
import { judgeTable } from './column.ts';

/** Which columns of a table are called sensitive. */
function sensitive(table: string, columns: string): readonly string[] {
  const { columns: judged } = judgeTable(table, Object.fromEntries(columns.split(' ').map((name) => [name, null])));
  return judged.filter(({ classes }) => classes.some((one) => one !== 'NONE')).map(({ id }) => id);
}

describe('a table of what holds for everybody', () => {
  it.each([
    ['assay_catalog', 'assay_code assay_name specimen_type turnaround_days'],
    ['analyte_reference', 'analyte loinc_code unit normal_low normal_high'],
    ['lab_panels', 'panel_code panel_name loinc_code processing_hours'],
    ['drug_interactions', 'drug_a drug_b severity'],
    ['drug_strength', 'drug_concept_id amount_value box_size valid_start_date'],
    ['cell_towers', 'cell_id height operator'],
    ['warehouses', 'warehouse_id service_address'],
    ['shipments', 'shipment_id carrier service_code'],
    ['oborudovanie', 'naznachenie_platezha summa status'],
    ['vaccine_contraindications', 'vaccine contraindication'],
    ['registered_trials', 'nct_number condition intervention recruitment_status'],
    ['observational_studies', 'study_title condition sponsor phase'],
    ['job_titles', 'job_title min_salary max_salary'],
    ['sms_templates', 'template_key subject body locale'],
    ['mail_vorlagen', 'subject body'],
    ['banks', 'bic bank_name country'],
    ['ifsc_directory', 'ifsc_code bank branch'],
    ['switches', 'mac_address rack port_count'],
    ['wifi_access_points', 'mac_address ssid floor'],
  ])('%s holds nothing sensitive', (table, columns) => {
    expect(sensitive(table, columns)).toEqual([]);
  });

  it.each([
    ['assay_results', 'patient_id assay_name specimen_type', 'assay_name'],
    ['trial_participants', 'patient_id condition phase', 'condition'],
    ['radiology_studies', 'patient_id condition findings', 'condition'],
    ['employees', 'employee_id job_title salary', 'job_title'],
    ['emails', 'subject body sender_email', 'body'],
    ['customer_accounts', 'iban bic account_holder', 'bic'],
    ['user_devices', 'user_id mac_address', 'mac_address'],
    ['prescriptions', 'patient_id drug_strength', 'drug_strength'],
    ['call_detail_records', 'a_number imsi cell_id duration', 'cell_id'],
    ['smart_meters', 'meter_id premise_address customer_no', 'premise_address'],
    ['claims', 'claim_id member_id service_code diagnosis_code', 'service_code'],
    ['claims', 'claim_id member_id service_code diagnosis_code', 'member_id'],
    ['mardaa', 'tashkhis fasilat_dam hasasiya', 'fasilat_dam'],
    ['pacienty', 'zhaloby naznachenie vrach', 'naznachenie'],
  ])('unlike %s (%s)', (table, columns, named) => {
    expect(sensitive(table, columns)).toContain(named);
  });
});
