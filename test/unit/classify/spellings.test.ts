import { describe, expect, it } from 'vitest';
import { judgeFirst } from './column.ts';

const fineOf = (table: string, name: string, ...others: readonly string[]): readonly string[] =>
  judgeFirst(table, Object.fromEntries([name, ...others].map((one) => [one, null]))).fine;

describe('a number of something in one word', () => {
  it.each([
    ['mitarbeiter', 'sozialversicherungsnr', 'national_id'],
    ['mitarbeiter', 'rentenversicherungsnr', 'national_id'],
    ['patienten', 'krankenversicherungsnr', 'health_insurance_id'],
    ['mitarbeiter', 'personalausweisnr', 'national_id'],
    ['kunder', 'personnr', 'national_id'],
  ])('is cut short as others are: %s.%s', (table, name, fine) => {
    expect(fineOf(table, name, 'vorname')).toContain(fine);
  });

  it('names nothing where the long form names nothing', () => {
    expect(fineOf('bestellungen', 'bestellnr', 'menge')).toEqual([]);
  });
});

describe('weight and height of a patient', () => {
  it.each([
    ['patienten', 'gewicht_kg', 'aufnahmedatum'],
    ['patients', 'poids', 'nom'],
    ['pacientes', 'peso', 'nombre'],
    ['pacientes', 'altura', 'nome'],
    ['pazienti', 'altezza', 'nome'],
    ['patienten', 'lengte_cm', 'achternaam'],
    ['pacjenci', 'wzrost', 'nazwisko'],
    ['hastalar', 'boy_cm', 'soyadi'],
    ['пациенты', 'рост', 'фамилия'],
    ['電子カルテ', '体重', '診断名'],
    ['환자', '체중', '진단명'],
    ['患者', '身高', '诊断'],
    ['patienter', 'vikt', 'efternamn'],
    ['المرضى', 'الوزن', 'التشخيص'],
    ['pasien', 'berat_badan', 'nama'],
  ])('is health data in its language: %s.%s', (table, name, beside) => {
    expect(fineOf(table, name, beside)).toContain('lab_result');
  });

  it.each([
    ['artikel', 'gewicht', 'preis'],
    ['productos', 'talla', 'precio'],
    ['produits', 'taille', 'couleur'],
    ['товары', 'вес', 'цена'],
  ])('is none of a thing: %s.%s', (table, name, beside) => {
    expect(fineOf(table, name, beside)).toEqual([]);
  });
});

describe('Arabic and Russian in Latin letters', () => {
  it.each([
    ['muwazzafin', 'raqm_hawiya', 'national_id'],
    ['muwazzafin', 'tarikh_milad', 'date_of_birth'],
    ['muwazzafin', 'jawaz_safar', 'passport'],
    ['klienty', 'nomer_pasporta', 'passport'],
    ['patsienty', 'gruppa_krovi', 'health_condition'],
    ['patsienty', 'zhaloby', 'diagnosis'],
    ['sotrudniki', 'oklad', 'salary'],
  ])('names what it names in its own: %s.%s', (table, name, fine) => {
    expect(fineOf(table, name, 'imya', 'ism')).toContain(fine);
  });
});
