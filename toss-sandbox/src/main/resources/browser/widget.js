// A widget inside a page of a shop, or the window of both widgets over it: says how high it is, and what is chosen.
(() => {
  'use strict';
  const SENDER = 'wonflow-toss-sandbox';
  const { shop, refused } = document.body.dataset;
  const say = (message) => window.parent.postMessage({ sender: SENDER, ...message }, shop);

  if (refused) {
    say({ event: 'refused', code: refused });
    return;
  }

  const form = document.querySelector('form');
  const kind = form.dataset.widget;
  const isWindow = kind === 'payment-window';

  /** Shows what else has to be said of the chosen method, and leaves the rest out of the form. */
  function showMore() {
    const more = form.querySelector('input[name="method"]:checked')?.dataset.more;
    for (const part of form.querySelectorAll('[data-more-of]')) {
      part.hidden = part.disabled = part.dataset.moreOf !== more;
    }
  }

  function chosenMethod() {
    const chosen = form.querySelector('input[name="method"]:checked');
    const { method, easyPay, more } = chosen.dataset;
    const state = { code: chosen.value, method: method ?? null };
    if (easyPay) state.easyPay = easyPay;
    if (more === 'card') {
      const months = form.elements.cardInstallmentPlan;
      state.card = {
        cardCompany: form.elements.cardCompany.value || null,
        cardInstallmentPlan: months.closest('[hidden]') ? 0 : Number(months.value),
      };
    }
    if (more === 'refund') {
      const fields = ['bankCode', 'accountNumber', 'holderName'].map((name) => form.elements[name]);
      const isComplete = fields.every((field) => field.checkValidity());
      state.refundAccount = isComplete ? Object.fromEntries(fields.map(({ name, value }) => [name, value])) : null;
    }
    return state;
  }

  function agreement() {
    const agreements = [...form.querySelectorAll('input[data-term]')].map((box) => ({
      term: { id: box.dataset.term, required: box.required },
      agreed: box.checked,
    }));
    return { agreedRequiredTerms: agreements.every(({ term, agreed }) => agreed || !term.required), agreements };
  }

  function state() {
    if (isWindow) return { method: chosenMethod(), agreement: agreement() };
    return kind === 'agreement' ? agreement() : chosenMethod();
  }

  let lastSaid = '';

  function sayState() {
    const now = state();
    if (JSON.stringify(now) === lastSaid) return;
    lastSaid = JSON.stringify(now);
    say({ event: 'changed', state: now });
  }

  // While a person types there is input only, and some programs that fill in forms make changes only.
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);

  function changed(event) {
    const boxes = [...form.querySelectorAll('input[data-term]')];
    const all = form.querySelector('input[data-all]');
    if (event.target === all) {
      boxes.forEach((box) => { box.checked = all.checked; });
    } else if (all) {
      all.checked = boxes.every((box) => box.checked);
    }
    showMore();
    sayState();
  }

  function showAmount(value) {
    const instalments = form.querySelector('.instalments');
    if (instalments) instalments.hidden = value < Number(instalments.dataset.from);
    for (const part of document.querySelectorAll('[data-words]')) {
      const digits = Number(part.dataset.decimals);
      part.textContent = part.dataset.words.replace('#', value.toLocaleString('en', { minimumFractionDigits: digits }));
    }
  }

  /** The shop works on a request; until it is done there is no second one. */
  function setBusy(isBusy) {
    const button = form.querySelector('button.primary');
    if (button) button.disabled = isBusy;
  }

  form.addEventListener('submit', (event) => {
    // Only where everything required is filled in; otherwise the browser says what is missing.
    event.preventDefault();
    if (!isWindow) return;
    setBusy(true);
    sayState();
    say({ event: 'requested' });
  });

  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== shop || event.data?.sender !== SENDER) return;
    switch (event.data.event) {
      case 'amount':
        showAmount(event.data.value);
        sayState();
        break;
      case 'idle':
        setBusy(false);
        break;
      default: // A script newer than this page may say more.
    }
  });

  if (isWindow) {
    const close = () => say({ event: 'closed' });
    document.querySelector('[data-close]').addEventListener('click', close);
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') close();
    });
    // A page that comes back from the browser's cache has left its request behind.
    window.addEventListener('pageshow', () => setBusy(false));
  } else {
    new ResizeObserver(() => say({ event: 'resized', height: Math.ceil(document.body.getBoundingClientRect().height) }))
      .observe(document.body);
  }
  showMore();
  sayState();
})();
