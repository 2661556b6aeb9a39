import { describe, expect, it } from 'vitest';
import { judgeFirst } from './column.ts';

const many = <T>(each: (i: number) => T): readonly T[] => Array.from({ length: 30 }, (_, i) => each(i));
const families = 'smith jones miller garcia taylor wilson brown nowak fischer keller wagner lopez'.split(' ');
const logins = many((i) => `${'abcdej'.charAt(i % 6)}${families[i % 12]}`);

describe('user names of an initial and a family name', () => {
  it.each([
    'requester',
    'assignee',
    'approver',
    'actor',
    'author',
    'owner',
    'reviewer',
    'cashier',
    'src_user',
    'run_by',
  ])('under %s are never said to be nothing', (column) => {
    for (const values of [logins, logins.map((login) => `CORP\\${login}`)]) {
      const { classes } = judgeFirst('work_orders', { [column]: values, id: null, status: null });
      expect(classes).not.toContain('NONE');
    }
  });

  it('are told from words that begin like them, and from accounts of services', () => {
    const words = 'swing bright black green cyan white eking smiles portal admin build deploy'.split(' ');
    expect(judgeFirst('jobs', { queue: words, id: null }).classes).toEqual(['NONE']);
    const accounts = many((i) => `CORP\\svc_${['sql', 'web', 'bkp'][i % 3] ?? ''}${i}`);
    expect(judgeFirst('services', { service_account: accounts, id: null }).fine).toEqual([]);
  });
});

describe('adr', () => {
  it.each(['adr_livraison', 'adr_facturation', 'adr_postale', 'adr_dest', 'adr_liv'])(
    'is an address in %s',
    (column) => {
      for (const table of ['commandes', 'patients', 'expeditions'])
        expect(judgeFirst(table, { [column]: null, id: null, ville: null }).fine).toEqual(['street_address']);
    },
  );

  it('alone is never said to be nothing, nor health data', () => {
    for (const table of ['commandes', 'patients', 'clients']) {
      const { classes, fine } = judgeFirst(table, { adr: null, nom: null, ville: null });
      expect(classes).not.toContain('NONE');
      expect(fine).not.toContain('allergy');
    }
  });

  it('is an adverse reaction beside a word of care', () => {
    expect(judgeFirst('visits', { adr_severity: null, patient_id: null, drug: null }).fine).toEqual(['allergy']);
  });
});

describe('numbers, dates and a few codes in the row of a person', () => {
  const decimals = many((i) => 1 + i / 10);
  it.each([
    ['schueler', 'notenschnitt', decimals],
    ['kunden', 'blorfwert', many((i) => 12_345.5 + i * 977)],
    ['students', 'blorf', ['BRO', 'BLU', 'GRN']],
  ])('prove nothing of a name that nobody knows: %s.%s', (table, column, values) => {
    expect(judgeFirst(table, { [column]: values, email: null, vorname: null })).toMatchObject({ abstain: true });
  });

  it('are nothing under a name that is known, and in rows of things', () => {
    expect(judgeFirst('customers', { order_count: many((i) => i), email: null }).classes).toEqual(['NONE']);
    expect(judgeFirst('products', { blorf: decimals, sku: null, price: null }).classes).toEqual(['NONE']);
  });
});

describe('parts of words in scripts without blanks', () => {
  it.each([
    ['客户', '风险等级', ['低风险', '中风险', '高风险']],
    ['projects', 'risk', ['低风险', '中低风险', '中风险', '中高风险', '高风险']],
    ['posts', '제목', ['연결핵심 기술', '신제품', '연결핵심 부품', '할인', '이벤트', '공지']],
  ])('%s.%s speaks of no disease', (table, column, values) => {
    expect(judgeFirst(table, { [column]: values, 姓名: null, 手机号: null }).fine).toEqual([]);
  });

  it('are diseases where they are the whole value', () => {
    expect(judgeFirst('患者', { 备注: ['中风', '肺炎', '糖尿病', '高血压', '哮喘'], 姓名: null }).classes).toContain(
      'PHI',
    );
  });
});

describe('names that mean one thing of persons and another of things', () => {
  it.each(['telemetry', 'ovens', 'batteries', 'device_log'])('temp_c of %s is no health data', (table) => {
    expect(judgeFirst(table, { temp_c: null, id: null, ts: null }).fine).toEqual([]);
  });

  it('is a temperature of the body in rows of patients', () => {
    expect(judgeFirst('vitals', { temp_c: null, patient_id: null, bp_sys: null }).fine).toEqual(['lab_result']);
  });

  it.each(['nom_titulaire', 'nome_titular', 'nombre_titular', 'nome_titolare'])(
    '%s is the holder of a card only beside one',
    (column) => {
      expect(judgeFirst('comptes', { [column]: null, iban: null, solde: null }).classes).toEqual(['PII']);
      expect(judgeFirst('cartes', { [column]: null, card_number: null, cvv: null }).classes).toContain('PCI');
    },
  );

  it.each([
    ['permits', 'permit_no', 'valuation'],
    ['almacen', 'clave', 'existencia'],
    ['batteries', 'cell_id', 'voltage'],
  ])('%s.%s alone tells nothing of a person', (table, column, beside) => {
    expect(judgeFirst(table, { [column]: null, [beside]: null, descripcion: null }).fine).toEqual([]);
  });

  it('is open at most where a device is known by its owner', () => {
    expect(judgeFirst('iot_telemetry', { temp_c: null, device_id: null, humidity: null, rssi: null }).fine).toEqual([]);
  });

  it.each(['warranty_claims', 'repair_claims'])('what is repaired is no patient: %s', (table) => {
    const beside = { diagnosis: null, procedure: null, vehicle: null };
    expect(judgeFirst(table, { member_id: null, ...beside }).fine).toEqual([]);
    expect(judgeFirst(table, { labor_hours: null, ...beside }).fine).toEqual([]);
    expect(judgeFirst(table, { diagnosis: null, part: null, vehicle: null }).fine).toEqual([]);
  });

  it('are names of goods and shops, whoever bears such a name', () => {
    const goods = ['白酒', '黄油', '石材', '高粱', '马桶', '江米', '金龙鱼', '龙井', '雷蛇', '熊猫'];
    expect(judgeFirst('orders', { 商品名称: goods, id: null }).fine).toEqual([]);
    expect(
      judgeFirst('orders', { 客户姓名: ['王小明', '李伟', '张丽', '刘强', '陈静', '杨洋', '赵敏', '黄磊'] }).fine,
    ).toEqual(['person_name']);
  });
});

describe('given names with another word behind them', () => {
  const given = 'Olivia Emma Ruby Amber Lucy Oscar Jasper Stella Bella Clara Hugo Leo'.split(' ');
  const goods = 'Tote Recliner Ottoman Sideboard Sofa Barstool Bookcase Clutch Loafers Hoodie Lamp Desk'.split(' ');

  it('may be goods: a person decides, whichever goods they are', () => {
    const values = given.map((name, i) => `${name} ${goods[i] ?? ''}`);
    const furniture = ['Florence Chair', 'Austin Table', 'Victoria Lamp', 'Madison Desk'];
    for (const c7 of [values, furniture]) expect(judgeFirst('t', { c7 })).toMatchObject({ abstain: true });
    expect(judgeFirst('products', { name: values, sku: null, price: null }).classes).toEqual(['NONE']);
  });

  it('are persons where family names stand there, also those that are nouns, and in small letters', () => {
    const nouns = 'Pan Carson Bell Carpenter Box Stone Gabriel Austen Wei Hardy Miller Smith'.split(' ');
    for (const families of [nouns, nouns.map((name) => name.toLowerCase())]) {
      const values = given.map((name, i) => `${name} ${families[i] ?? ''}`);
      expect(judgeFirst('t', { c7: values }).fine).toContain('person_name');
    }
  });

  it('are persons in rows of persons', () => {
    const values = given.map((name, i) => `${name} ${goods[i] ?? ''}`);
    expect(judgeFirst('customers', { contact: values, email: null }).fine).toContain('person_name');
  });
});
