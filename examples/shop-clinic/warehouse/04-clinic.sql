-- The small clinic behind the shop: travel medicine and vaccinations.
create schema clinic;
comment on schema clinic is 'Patient records';

create type clinic.blood_group as enum ('0+', '0-', 'A+', 'A-', 'B+', 'B-', 'AB+', 'AB-');

create table clinic.patients (
  patient_id bigint primary key,
  customer_id bigint references shop.customers,
  mrn text not null unique,
  given_name text not null,
  family_name text not null,
  birth_date date not null,
  sex char(1),
  blood_group clinic.blood_group,
  emergency_contact text,
  insurance_member_no text
);
comment on column clinic.patients.mrn is 'Medical record number';

create table clinic.practitioners (
  practitioner_id int primary key,
  full_name text not null,
  speciality text not null,
  npi char(10),
  hired_on date
);

create table clinic.appointments (
  appointment_id bigint primary key,
  patient_id bigint not null references clinic.patients,
  practitioner_id int not null references clinic.practitioners,
  starts_at timestamptz not null,
  reason text,
  no_show boolean not null default false
);

create table clinic.diagnoses (
  diagnosis_id bigint primary key,
  patient_id bigint not null references clinic.patients,
  icd10 text not null references ref.icd_codes,
  diagnosed_on date not null,
  certainty text
);

create table clinic.prescriptions (
  prescription_id bigint primary key,
  patient_id bigint not null references clinic.patients,
  practitioner_id int not null references clinic.practitioners,
  atc_code text not null references ref.medications,
  dosage text not null,
  issued_on date not null
);

create table clinic.lab_results (
  result_id bigint primary key,
  patient_id bigint not null references clinic.patients,
  loinc text not null,
  value_numeric numeric(10, 3),
  unit text,
  taken_at timestamptz not null
);

create table clinic.allergies (
  patient_id bigint not null references clinic.patients,
  substance text not null,
  severity text,
  primary key (patient_id, substance)
);

create table clinic.clinical_notes (
  note_id bigint primary key,
  patient_id bigint not null references clinic.patients,
  written_by int not null references clinic.practitioners,
  written_at timestamptz not null,
  note text not null
);

create table clinic.insurance_policies (
  policy_no text primary key,
  patient_id bigint not null references clinic.patients,
  insurer text not null,
  valid_to date
);

create table clinic.rooms (room_id int primary key, name text not null, floor smallint not null);

alter table clinic.clinical_notes enable row level security;
