import { describe, expect, it } from 'vitest';
import { judgeFirst, judgeTable } from './column.ts';

const named = (names: readonly string[]): Readonly<Record<string, null>> =>
  Object.fromEntries(names.map((name) => [name, null]));
const first = (table: string, names: readonly string[]) => judgeFirst(table, named(names));

describe('addresses and telephones of things beside persons', () => {
  it.each([
    ['customers', 'store_address'],
    ['customers', 'store_phone'],
    ['orders', 'warehouse_zip'],
    ['orders', 'warehouse_city'],
    ['employees', 'branch_phone'],
    ['users', 'hotel_address'],
    ['users', 'server_ip'],
    ['patients', 'pharmacy_phone'],
  ])('%s.%s is the thing’s', (table, column) => {
    expect(first(table, [column, 'customer_id', 'first_name', 'last_name']).classes).toEqual(['NONE']);
  });

  it.each(['store_email', 'branch_email'])('%s may be the mailbox of somebody: open', (column) => {
    expect(first('orders', [column, 'customer_id', 'customer_email'])).toMatchObject({ abstain: true });
  });

  it.each([
    ['customers', 'home_address'],
    ['customers', 'phone'],
    ['employees', 'office_phone'],
    ['stores', 'owner_phone'],
    ['stores', 'store_manager_phone'],
    ['stores', 'store_contact_email'],
    ['orders', 'shipping_address'],
    ['users', 'vendor_email'],
  ])('%s.%s is a person’s', (table, column) => {
    expect(first(table, [column, 'customer_id', 'first_name', 'last_name']).classes).toContain('PII');
  });

  it('a server’s address stays its own beside who minds it, and a client’s does not', () => {
    expect(first('servers', ['ip_address', 'hostname', 'admin_email']).classes).toEqual(['NONE']);
    expect(first('servers', ['client_ip', 'hostname', 'admin_email']).classes).toContain('PII');
    expect(first('server_logins', ['ip_address', 'username', 'email']).classes).toContain('PII');
  });
});

describe('account numbers', () => {
  it.each([
    ['gl_accounts', 'account_number'],
    ['ledger', 'account_number'],
    ['chart_of_accounts', 'account_no'],
    ['house_banks', 'iban'],
    ['nostro_accounts', 'iban'],
    ['our_bank_accounts', 'iban'],
  ])('%s.%s is of the books or of those who keep the data', (table, column) => {
    expect(first(table, [column, 'currency', 'balance']).classes).toEqual(['NONE']);
  });

  it('of a company are left open: it may be a sole trader', () => {
    expect(first('company_bank_accounts', ['iban', 'bank_name', 'currency'])).toMatchObject({ abstain: true });
  });

  it.each([
    ['customers', 'iban', ['customer_id', 'name']],
    ['employees', 'iban', ['employee_id', 'last_name']],
    ['accounts', 'account_number', ['account_holder', 'balance']],
    ['customer_ledger', 'account_number', ['customer_id', 'balance']],
    ['ledger', 'account_number', ['customer_name', 'balance']],
    ['accounts', 'iban', ['balance', 'opened_at']],
  ])('%s.%s beside %j is somebody’s', (table, column, beside) => {
    expect(first(table, [column, ...beside]).classes).toContain('PII');
  });
});

describe('the number of an insurance', () => {
  it.each([
    ['patients', ['insurance_id', 'patient_id', 'amount']],
    ['claims', ['insurance_id', 'diagnosis', 'amount']],
    ['members', ['health_insurance_id', 'name', 'amount']],
  ])('in %s is that of health: %j', (table, names) => {
    expect(first(table, names).classes).toContain('PHI');
  });

  it.each(['cars', 'shipments', 'orders'])('in %s is not, and is left open', (table) => {
    expect(first(table, ['insurance_id', 'id', 'amount'])).toMatchObject({ abstain: true, classes: [] });
  });

  it('of a customer is an account of theirs', () => {
    expect(first('customers', ['insurance_id', 'customer_id', 'email'])).toMatchObject({
      classes: ['PII'],
      category: 'user.financial.account_number',
    });
  });
});

describe('roles and flags', () => {
  it.each([
    ['branches', 'branch_manager'],
    ['stores', 'area_manager'],
    ['projects', 'product_owner'],
    ['projects', 'sponsor'],
    ['policies', 'broker'],
    ['policies', 'agent'],
    ['policies', 'nominee'],
    ['matches', 'referee'],
    ['matches', 'captain'],
    ['schools', 'principal'],
  ])('%s.%s names somebody perhaps: open', (table, column) => {
    expect(first(table, [column, 'id', 'name', 'city'])).toMatchObject({ abstain: true });
  });

  it('a manager of files is a program', () => {
    expect(first('tasks', ['file_manager', 'id', 'version']).classes).toEqual(['NONE']);
    expect(first('tasks', ['task_manager', 'id', 'version']).classes).toEqual(['NONE']);
  });

  it('a flag of a person with a word that nobody knows is open, one of known words is not', () => {
    expect(first('customers', ['is_pep', 'customer_id', 'name'])).toMatchObject({ abstain: true });
    expect(first('customers', ['pep_flag', 'customer_id', 'name'])).toMatchObject({ abstain: true });
    expect(first('customers', ['is_active', 'customer_id', 'name']).classes).toEqual(['NONE']);
    expect(first('pipelines', ['is_zqv', 'step', 'version']).classes).toEqual(['NONE']);
  });

  it('a role with names of persons in it holds them', () => {
    const names = ['Anna Schmidt', 'Peter Miller', 'Maria Garcia', 'John Smith', 'Laura Meyer'];
    const { columns } = judgeTable('projects', { project_manager: names, id: null, budget: null });
    expect(columns[0]?.classes).toEqual(['PII']);
  });
});
