import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { times, type TableRows } from './table-rows.ts';

export const orderCount = 900;
const productCount = 60;
const goods = [
  'Trail Mug',
  'Rain Cape',
  'Travel Pillow',
  'First Aid Kit',
  'Mosquito Net',
  'Water Filter',
  'Sun Hat',
  'Patch Set',
];
const remarks = [
  'too small',
  'arrived late',
  'Please call me, my number is in the account',
  'wrong colour',
  'as described',
];

export function shopRows(random: Random, people: readonly Person[]): readonly TableRows[] {
  const anyone = () => random.int(1, people.length);
  return [
    {
      table: 'shop.customers',
      rows: people.map((person, i) => ({
        customer_id: i + 1,
        first_name: person.first,
        last_name: person.last,
        email: person.email,
        phone: random.chance(0.9) ? person.phone : null,
        date_of_birth: random.chance(0.7) ? person.born : null,
        language_code: person.country === 'DE' ? 'de' : person.country === 'FR' ? 'fr' : 'en',
        loyalty_level: random.int(0, 3),
        created_at: random.instant(2021, 2025),
      })),
    },
    {
      table: 'shop.customer_addresses',
      rows: people.map((person, i) => ({
        address_id: i + 1,
        customer_id: i + 1,
        label: 'home',
        address: {
          street: person.street,
          postal_code: person.postalCode,
          city: person.city,
          country_code: person.country,
        },
        geo_lat: (50 + random.next() * 3).toFixed(6),
        geo_lon: (8 + random.next() * 5).toFixed(6),
      })),
    },
    {
      table: 'shop.suppliers',
      rows: times(8, (n) => ({
        supplier_id: n,
        company_name: `Example Goods ${n} Ltd`,
        contact_person: `${random.pick(people).first} ${random.pick(people).last}`,
        contact_email: `sales${n}@example.net`,
        vat_number: `DE${random.digits(9)}`,
      })),
    },
    {
      table: 'shop.categories',
      rows: ['Outdoor', 'Travel health', 'Clothing', 'Kitchen'].map((name, i) => ({ category_id: i + 1, name })),
    },
    {
      table: 'shop.products',
      rows: times(productCount, (n) => ({
        product_id: n,
        category_id: random.int(1, 4),
        supplier_id: random.int(1, 8),
        name: `${random.pick(goods)} ${n}`,
        patient_friendly: random.chance(0.3),
        ean: ean13(`200${String(n).padStart(9, '0')}`),
        list_price: random.int(500, 12_000) / 100,
        weight_grams: random.int(50, 4000),
      })),
    },
    {
      table: 'shop.stock',
      rows: times(productCount, (n) => ({
        product_id: n,
        warehouse_code: `WH-${random.int(1, 3)}`,
        on_hand: random.int(0, 400),
      })),
    },
    {
      table: 'shop.coupons',
      rows: ['WELCOME10', 'SUMMER15', 'SORRY20'].map((coupon_code, i) => ({
        coupon_code,
        percent_off: 10 + i * 5,
        valid_until: '2026-12-31',
      })),
    },
    {
      table: 'shop.orders',
      rows: times(orderCount, (n) => ({
        order_id: n,
        customer_id: anyone(),
        ordered_at: random.instant(2024, 2025),
        status: random.pick(['paid', 'shipped', 'shipped', 'cancelled']),
        coupon_code: random.chance(0.1) ? 'WELCOME10' : null,
        total: random.int(900, 30_000) / 100,
        currency_code: random.pick(['EUR', 'EUR', 'USD', 'GBP']),
        gift_message: random.chance(0.1)
          ? `Happy birthday, ${random.pick(people).first}! Love, ${random.pick(people).first}`
          : null,
      })),
    },
    {
      table: 'shop.order_items',
      rows: times(orderCount * 2, (n) => ({
        order_id: Math.ceil(n / 2),
        line_no: n % 2 === 1 ? 1 : 2,
        product_id: random.int(1, productCount),
        quantity: random.int(1, 4),
        unit_price: random.int(500, 12_000) / 100,
      })),
    },
    {
      table: 'shop.shipments',
      rows: times(500, (n) => {
        const person = random.pick(people);
        return {
          shipment_id: n,
          order_id: n,
          carrier: random.pick(['Parcel One', 'Swift Post']),
          tracking_number: `PO${random.digits(12)}`,
          recipient: `${person.first} ${person.last}`,
          ship_to: `${person.street}, ${person.postalCode} ${person.city}`,
          shipped_at: random.instant(2024, 2025),
        };
      }),
    },
    {
      table: 'shop.returns',
      rows: times(60, (n) => ({
        return_id: n,
        order_id: random.int(1, orderCount),
        reason_code: random.pick(['R1', 'R2', 'R9']),
        remarks: random.pick(remarks),
      })),
    },
    {
      table: 'shop.reviews',
      rows: times(150, (n) => ({
        review_id: n,
        product_id: random.int(1, productCount),
        customer_id: random.chance(0.8) ? anyone() : null,
        stars: random.int(1, 5),
        body: random.pick(remarks),
        nickname: `${random.pick(['happy', 'quick', 'green'])}_${random.pick(['otter', 'wren', 'fox'])}${random.int(1, 99)}`,
      })),
    },
    {
      table: 'shop.carts',
      rows: times(80, () => ({
        cart_id: random.uuid(),
        customer_id: anyone(),
        contents: { items: [{ product: random.int(1, productCount), quantity: random.int(1, 3) }], note: null },
        updated_at: random.instant(2025, 2025),
      })),
    },
  ];
}

/** Twelve digits and their GS1 check digit. */
function ean13(twelve: string): string {
  const sum = Array.from(twelve).reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return `${twelve}${(10 - (sum % 10)) % 10}`;
}
