/*
 * The first version of the browser SDK, in place of https://js.tosspayments.com/v1, /v1/payment and /v1/payment-widget, in
 * terms of the second, which the server puts before it. It offers what the types of @tosspayments/payment-sdk 1.9.3 and
 * @tosspayments/payment-widget-sdk 0.12.2 describe. Written for this project; it contains nothing of the original.
 */
(() => {
  'use strict';

  const second = window.TossPayments;

  const METHODS = {
    카드: 'CARD', 가상계좌: 'VIRTUAL_ACCOUNT', 계좌이체: 'TRANSFER', 휴대폰: 'MOBILE_PHONE',
    문화상품권: 'CULTURE_GIFT_CERTIFICATE', 도서문화상품권: 'BOOK_GIFT_CERTIFICATE', 게임문화상품권: 'GAME_GIFT_CERTIFICATE',
    해외간편결제: 'FOREIGN_EASY_PAY', 토스페이: 'TOSSPAY', 토스결제: 'TOSSPAY', 미선택: 'CARD', '': 'CARD',
  };

  /** What the first version says of an order, and the second as well. */
  const ORDER = [
    'orderId', 'orderName', 'successUrl', 'failUrl', 'customerName', 'customerEmail', 'customerMobilePhone',
    'taxFreeAmount', 'windowTarget', 'metadata',
  ];
  const ESCROW = ['useEscrow', 'escrowProducts'];

  /** Where the second version keeps what the first says of a method beside the order. */
  const DETAILS = {
    CARD: ['card', [
      'cardCompany', 'cardInstallmentPlan', 'maxCardInstallmentPlan', 'freeInstallmentPlans', 'useCardPoint',
      'useAppCardOnly', 'useInternationalCardOnly', 'flowMode', 'easyPay', 'appScheme', 'language',
    ]],
    VIRTUAL_ACCOUNT: ['virtualAccount', [...ESCROW, 'cashReceipt', 'validHours', 'dueDate']],
    TRANSFER: ['transfer', [...ESCROW, 'cashReceipt']],
    FOREIGN_EASY_PAY: ['foreignEasyPay', ['provider', 'country', 'products', 'shipping', 'paymentMethodOptions']],
  };

  function some(from, names) {
    return Object.fromEntries(names.filter((name) => (from[name] ?? null) !== null).map((name) => [name, from[name]]));
  }

  function part(name, of) {
    return Object.keys(of).length > 0 ? { [name]: of } : {};
  }

  /** An order of the first version in the words of the second. */
  function translated(named, order) {
    const direct = METHODS[named] === 'TOSSPAY' || named === 'TOSSPAY';
    const method = direct ? 'CARD' : METHODS[named] ?? named;
    const said = direct ? { ...order, flowMode: 'DIRECT', easyPay: '토스페이' } : order;
    const [name, names] = DETAILS[method] ?? ['', []];
    const details = some({ ...said, cashReceipt: said.cashReceipt ?? said.cashReceiptInfo }, names);
    return {
      method,
      amount: { currency: order.currency ?? 'KRW', value: order.amount },
      ...some(order, ORDER),
      ...part(name, details),
    };
  }

  /** The first version tells an amount as a number. */
  function told(result) {
    return result?.amount ? { ...result, amount: result.amount.value } : result;
  }

  function TossPayments(clientKey) {
    let open = null;

    function payment(customerKey) {
      open = second(clientKey).payment({ customerKey });
      return open;
    }

    return {
      async requestPayment(methodOrOrder, order) {
        const request = typeof methodOrOrder === 'string' ? translated(methodOrOrder, order ?? {}) : translated('카드', methodOrOrder ?? {});
        return told(await payment(second.ANONYMOUS).requestPayment(request));
      },
      async requestBillingAuth(method, params) {
        return payment(params?.customerKey).requestBillingAuth({
          method: METHODS[method] ?? method,
          ...some(params ?? {}, ['successUrl', 'failUrl', 'customerName', 'customerEmail', 'windowTarget']),
        });
      },
      async cancelPayment() {
        await open?.destroy();
      },
    };
  }

  function PaymentWidget(clientKey, customerKey) {
    const widgets = second(clientKey).widgets({ customerKey });
    let methods = null;
    let agreement = null;

    return {
      // What is rendered here answers at once, and is there later.
      renderPaymentMethods(selector, amount, options) {
        const { value, currency = 'KRW' } = typeof amount === 'object' && amount !== null ? amount : { value: amount };
        let selected = null;
        methods = (async () => {
          await widgets.setAmount({ currency, value });
          const widget = await widgets.renderPaymentMethods({ selector, ...some(options ?? {}, ['variantKey']) });
          selected = await widget.getSelectedPaymentMethod();
          widget.on('paymentMethodSelect', (method) => {
            selected = method;
          });
        })();
        return {
          UPDATE_REASON: { COUPON: 'COUPON', POINT: 'POINT' },
          async updateAmount(newValue) {
            await methods;
            await widgets.setAmount({ currency, value: newValue });
          },
          on(event, listener) {
            if (event === 'ready') methods.then(() => listener());
          },
          getSelectedPaymentMethod: () => ({ type: 'NORMAL', method: selected?.code }),
        };
      },
      renderAgreement(selector, options) {
        const listeners = [];
        let status = { agreedRequiredTerms: false, terms: [] };
        agreement = (async () => {
          const widget = await widgets.renderAgreement({ selector, ...some(options ?? {}, ['variantKey']) });
          widget.on('agreementStatusChange', (changed) => {
            status = { terms: [], ...changed };
            listeners.forEach((listener) => listener(status));
          });
        })();
        return {
          on: (event, listener) => listeners.push(listener),
          getAgreementStatus: () => status,
        };
      },
      async requestPayment(order) {
        await Promise.all([methods, agreement]);
        const escrow = some(order, ESCROW);
        return told(await widgets.requestPayment({
          ...some(order, ORDER),
          ...part('card', some(order, ['taxExemptionAmount', 'appScheme'])),
          ...part('virtualAccount', escrow),
          ...part('transfer', escrow),
        }));
      },
    };
  }

  PaymentWidget.ANONYMOUS = second.ANONYMOUS;
  window.TossPayments = TossPayments;
  window.PaymentWidget = PaymentWidget;
})();
