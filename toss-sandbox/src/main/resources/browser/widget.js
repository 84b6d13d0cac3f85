// A widget inside a page of a shop: says how high it is and what is chosen.
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

  function chosenMethod() {
    const chosen = form.querySelector('input[name="method"]:checked');
    if (!chosen) return null;
    const { method, easyPay } = chosen.dataset;
    const state = { code: chosen.value, method };
    if (easyPay) state.easyPay = easyPay;
    if (chosen.dataset.card !== undefined) {
      const months = form.elements.cardInstallmentPlan;
      state.card = {
        cardCompany: form.elements.cardCompany.value || null,
        cardInstallmentPlan: months.closest('[hidden]') ? 0 : Number(months.value),
      };
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

  const isAgreement = form.dataset.widget === 'agreement';
  const sayState = () => say({ event: 'changed', state: isAgreement ? agreement() : chosenMethod() });

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', (event) => {
    const boxes = [...form.querySelectorAll('input[data-term]')];
    const all = form.querySelector('input[data-all]');
    if (event.target === all) {
      boxes.forEach((box) => { box.checked = all.checked; });
    } else if (all) {
      all.checked = boxes.every((box) => box.checked);
    }
    sayState();
  });

  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== shop || event.data?.sender !== SENDER) return;
    if (event.data.event === 'amount') {
      const instalments = form.querySelector('.instalments');
      if (instalments) instalments.hidden = event.data.value < Number(instalments.dataset.from);
      sayState();
    }
  });

  new ResizeObserver(() => say({ event: 'resized', height: Math.ceil(document.body.getBoundingClientRect().height) }))
    .observe(document.body);
  sayState();
})();
