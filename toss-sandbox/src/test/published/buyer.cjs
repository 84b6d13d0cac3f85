/*
 * Pays with a client of Toss that was written elsewhere, and prints what came of it as JSON. The client is told the host
 * and the key, as it would be told those of Toss.
 * Usage: node buyer.cjs HOST SECRET_KEY ORDER_PREFIX
 */
const { functional: { v1 } } = require('toss-payments-server-api');

const [host, secretKey, prefix] = process.argv.slice(2);
const toss = { host, headers: { Authorization: `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}` } };
const card = { cardNumber: '9410001234567890', cardExpirationYear: '40', cardExpirationMonth: '07', customerIdentityNumber: '881212' };

/** What the client throws is a result as well. */
const refusal = (call) => call.then(
  (answer) => { throw new Error(`not refused: ${JSON.stringify(answer)}`); },
  (error) => ({ status: error.status, ...JSON.parse(error.message) }));

/** What happens at the host, and not through the client. */
const post = (path, body) => fetch(`${host}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...toss.headers }, body: JSON.stringify(body) });

async function buy() {
  const order = { orderId: `${prefix}-window`, amount: 33000 };
  const opened = await (await post('/v1/payments', { method: 'CARD', orderName: '머그컵', successUrl: 'https://shop.example/success', failUrl: 'https://shop.example/fail', ...order })).json();
  await post(`/control/payments/${opened.paymentKey}/authenticate`, {});
  const approved = await v1.payments.approve(toss, opened.paymentKey, order);

  const keyedIn = await v1.payments.key_in(toss, { method: 'card', ...card, orderId: `${prefix}-card`, orderName: '머그컵', amount: 33000 });
  const found = await v1.payments.at(toss, keyedIn.paymentKey);
  const cancelledInPart = await v1.payments.cancel(toss, keyedIn.paymentKey, { paymentKey: keyedIn.paymentKey, cancelReason: '옵션 변경', cancelAmount: 13000 });
  const cancelledTooMuch = await refusal(v1.payments.cancel(toss, keyedIn.paymentKey, { paymentKey: keyedIn.paymentKey, cancelReason: '변심', cancelAmount: 33000 }));

  const account = await v1.virtual_accounts.create(toss, { method: 'virtual-account', orderId: `${prefix}-account`, orderName: '머그컵', bank: '신한', customerName: '김하늘', amount: 20000 });
  await post(`/control/payments/${account.paymentKey}/deposit`, {});
  const deposited = await v1.payments.at(toss, account.paymentKey);

  const customerKey = `${prefix}-customer`;
  const billing = await v1.billing.authorizations.card.create(toss, { customerKey, ...card });
  const charge = { method: 'billing', billingKey: billing.billingKey, customerKey, orderId: `${prefix}-bill`, orderName: '구독', amount: 4900 };
  const charged = await v1.billing.pay(toss, billing.billingKey, charge);
  const chargedTwice = await refusal(v1.billing.pay(toss, billing.billingKey, charge));

  const receipt = await v1.cash_receipts.create(toss, { type: '소득공제', paymentKey: account.paymentKey, orderId: `${prefix}-receipt`, orderName: '머그컵', registrationNumber: '01012345678', amount: 20000 });
  const receiptCancelled = await v1.cash_receipts.cancel(toss, receipt.receiptKey, { amount: 20000 });

  const unknown = await refusal(v1.payments.at(toss, 'nobody'));
  const stranger = await refusal(v1.payments.at({ ...toss, headers: { Authorization: 'Basic bm9ib2R5Og==' } }, keyedIn.paymentKey));
  return { opened, approved, keyedIn, found, cancelledInPart, cancelledTooMuch, account, deposited, billing, charged, chargedTwice, receipt, receiptCancelled, unknown, stranger };
}

buy().then((outcome) => console.log(JSON.stringify(outcome)), (error) => {
  console.error(error);
  process.exitCode = 1;
});
