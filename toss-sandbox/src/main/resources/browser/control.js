// The control page does nothing by itself: its buttons call the control API, and it shows again what is there then.

const said = document.getElementById('said');

function say(text, good) {
  said.textContent = text;
  said.className = text ? 'notice ' + (good ? 'good' : 'bad') : '';
}

// Values of a form as JSON: what is left empty is left out, and numbers are numbers.
function bodyOf(form) {
  const body = JSON.parse(form.dataset.body || '{}');
  for (const field of form.elements) {
    if (!field.name || field.value === '' || (field.type === 'checkbox' && !field.checked)) {
      continue;
    }
    let value = field.value;
    if (field.type === 'number') {
      value = Number(value);
    } else if (field.dataset.unit) {
      value = field.dataset.unit.replace('#', value);
    } else if (field.type === 'datetime-local') {
      value = new Date(value + '+09:00').toISOString();
    } else if (field.dataset.list !== undefined) {
      value = value.split(',').map((part) => part.trim()).filter(Boolean);
    }
    let into = body;
    const path = field.name.split('.');
    for (const part of path.slice(0, -1)) {
      into = into[part] ??= {};
    }
    into[path.at(-1)] = value;
  }
  return body;
}

async function call(method, path, body, key) {
  const headers = { 'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang };
  if (key) {
    headers.Authorization = 'Basic ' + btoa(key + ':');
  }
  const answer = await fetch(path, { method, headers, body: method === 'POST' ? JSON.stringify(body || {}) : undefined });
  const text = await answer.text();
  let json = null;
  try {
    json = text ? JSON.parse(text) : null;
  } catch {
    // An empty or plain answer; its status tells enough.
  }
  if (!answer.ok) {
    throw new Error(answer.status + ' ' + (json ? (json.code || '') + ' ' + (json.message || '') : ''));
  }
  return json;
}

async function act(element, body) {
  const [method, path] = element.dataset.call.split(' ');
  const question = element.dataset.ask;
  if (question && !confirm(question)) {
    return;
  }
  try {
    const answer = await call(method, path, body, element.dataset.key);
    await refresh();
    say(element.dataset.done || answer?.redirectUrl || document.body.dataset.done, true);
  } catch (error) {
    await refresh();
    say(error.message, false);
  }
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.call) {
    event.preventDefault();
    act(form, bodyOf(form));
  } else if (form.dataset.trigger !== undefined) {
    event.preventDefault();
    trigger(form);
  }
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-call]');
  if (button && button.type === 'button') {
    act(button, JSON.parse(button.dataset.body || '{}'));
  }
});

// ---- Showing what is there now --------------------------------------------------------------------------------------

let refreshing = Promise.resolve();

function refresh() {
  refreshing = refreshing.then(async () => {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (!answer.ok) {
      return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of document.querySelectorAll('[data-live]')) {
      const replacement = fresh.getElementById(part.id);
      if (!replacement) {
        continue;
      }
      const open = new Set([...part.querySelectorAll('details[open][id]')].map((details) => details.id));
      const focused = part.contains(document.activeElement) ? document.activeElement.id : '';
      for (const details of replacement.querySelectorAll('details[id]')) {
        details.open = details.open || open.has(details.id);
      }
      part.replaceWith(replacement);
      if (focused) {
        document.getElementById(focused)?.focus();
      }
    }
  }).catch(() => {});
  return refreshing;
}

// Somebody who is filling in a form is not to lose it.
function busy() {
  return Boolean(document.activeElement?.closest('[data-live] form'));
}

let soon = null;

function refreshSoon() {
  soon ??= setTimeout(() => {
    soon = null;
    if (!busy() && !document.hidden) {
      refresh();
    }
  }, 400);
}

let feed = null;
let polling = null;

function follow() {
  if (feed || document.hidden) {
    return;
  }
  feed = new EventSource('/control/webhooks/feed');
  feed.onopen = () => {
    clearInterval(polling);
    polling = null;
  };
  feed.addEventListener('sent', refreshSoon);
  feed.addEventListener('ended', refreshSoon);
  // While the stream is down the page asks.
  feed.onerror = () => {
    polling ??= setInterval(refreshSoon, 5000);
  };
}

if (document.querySelector('[data-follow]')) {
  follow();
  // A page nobody looks at gives its place at the stream to others.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      feed?.close();
      feed = null;
      clearInterval(polling);
      polling = null;
    } else {
      follow();
      refresh();
    }
  });
}

// ---- Making things happen -------------------------------------------------------------------------------------------

function newOrder() {
  return 'page-' + Date.now().toString(36) + '-' + Math.random().toString(36).slice(2, 8);
}

async function opened(key, method, amount) {
  const back = location.origin + '/';
  return call('POST', '/v1/payments', {
    method, amount, orderId: newOrder(), orderName: document.body.dataset.orderName, successUrl: back, failUrl: back,
  }, key);
}

const authenticate = (payment) => call('POST', '/control/payments/' + payment.paymentKey + '/authenticate', {});

const confirmed = (key, payment) => call('POST', '/v1/payments/confirm', {
  paymentKey: payment.paymentKey, orderId: payment.orderId, amount: payment.totalAmount,
}, key);

async function paid(key, method, amount) {
  const payment = await opened(key, method, amount);
  await authenticate(payment);
  return confirmed(key, payment);
}

const cancelled = (key, payment, more) => call(
    'POST', '/v1/payments/' + payment.paymentKey + '/cancel', { cancelReason: document.body.dataset.reason, ...more }, key);

const deposited = (payment) => call('POST', '/control/payments/' + payment.paymentKey + '/deposit', {});

async function registered(key) {
  return call('POST', '/v1/billing/authorizations/card', {
    customerKey: 'customer-of-the-control-page', cardNumber: '9410001234567890', cardExpirationYear: '40',
    cardExpirationMonth: '12', customerIdentityNumber: '900101',
  }, key);
}

async function approvedSeller(key) {
  const seller = await call('POST', '/v2/sellers', {
    refSellerId: newOrder(), businessType: 'INDIVIDUAL',
    individual: { name: '이데모', email: 'demo@example.com', phone: '01000000000' },
    account: { bankCode: '092', accountNumber: '1000000000001', holderName: '이데모' },
  }, key);
  await call('POST', '/control/sellers/' + seller.entityBody.id + '/status', { status: 'PARTIALLY_APPROVED' });
  return seller.entityBody.id;
}

const triggers = {
  'payment.done': (key, amount) => paid(key, 'CARD', amount),
  'payment.declined': async (key, amount) => {
    const payment = await opened(key, 'CARD', amount);
    await authenticate(payment);
    await call('POST', '/control/faults', {
      operation: 'confirm', kind: 'DECLINE', code: 'REJECT_CARD_COMPANY', orderId: payment.orderId, times: 1,
    });
    await confirmed(key, payment).catch(() => {});
    return payment;
  },
  'payment.canceled': async (key, amount) => cancelled(key, await paid(key, 'CARD', amount)),
  'payment.partially-canceled': async (key, amount) =>
    cancelled(key, await paid(key, 'CARD', amount), { cancelAmount: Math.max(1, Math.floor(amount / 3)) }),
  'payment.expired': async (key, amount) => {
    const payment = await opened(key, 'CARD', amount);
    await call('POST', '/control/clock/advance', { by: 'PT31M' });
    return payment;
  },
  'va.issued': (key, amount) => paid(key, 'VIRTUAL_ACCOUNT', amount),
  'va.deposit': async (key, amount) => deposited(await paid(key, 'VIRTUAL_ACCOUNT', amount)),
  'va.reversal': async (key, amount) => {
    const payment = await deposited(await paid(key, 'VIRTUAL_ACCOUNT', amount));
    return call('POST', '/control/payments/' + payment.paymentKey + '/reverse-deposit', {});
  },
  'va.canceled': async (key, amount) => cancelled(key, await paid(key, 'VIRTUAL_ACCOUNT', amount)),
  'billing.issued': (key) => registered(key),
  'billing.charged': async (key, amount) => {
    const billing = await registered(key);
    return call('POST', '/v1/billing/' + encodeURIComponent(billing.billingKey), {
      customerKey: billing.customerKey, amount, orderId: newOrder(), orderName: document.body.dataset.orderName,
    }, key);
  },
  'billing.deleted': async (key) => {
    const billing = await registered(key);
    await call('DELETE', '/v1/billing/' + encodeURIComponent(billing.billingKey), null, key);
    return billing;
  },
  'seller.changed': (key) => approvedSeller(key),
  'payout.changed': async (key, amount) => {
    const payouts = await call('POST', '/v2/payouts', [{
      refPayoutId: newOrder(), destination: await approvedSeller(key), scheduleType: 'EXPRESS',
      amount: { currency: 'KRW', value: amount }, transactionDescription: '정산',
    }], key);
    const id = payouts.entityBody.items[0].id;
    await call('POST', '/control/payouts/' + id + '/status', { status: 'IN_PROGRESS' });
    await call('POST', '/control/payouts/' + id + '/status', { status: 'COMPLETED' });
    return id;
  },
};

async function trigger(form) {
  const values = bodyOf(form);
  try {
    const made = await triggers[values.event](values.key, values.amount);
    await refresh();
    say(values.event + ': ' + (made?.orderId || made?.billingKey || made || document.body.dataset.done), true);
  } catch (error) {
    await refresh();
    say(values.event + ': ' + error.message, false);
  }
}
