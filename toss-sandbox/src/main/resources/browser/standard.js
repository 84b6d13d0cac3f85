/*
 * The browser SDK of the sandbox, in place of https://js.tosspayments.com/v2/standard. It offers what the types of
 * @tosspayments/tosspayments-sdk 2.8.1 describe, and finds its server by its own address. Written for this project;
 * it contains nothing of the original.
 */
(() => {
  'use strict';

  const ANONYMOUS = '@@ANONYMOUS';
  /** Who speaks, in every message between this script and the pages of the sandbox. */
  const SENDER = 'wonflow-toss-sandbox';
  const SERVER = document.currentScript.src.replace(/\/(?:v2\/standard|v1)(?:[/?#].*)?$/, '');
  const SERVER_ORIGIN = new URL(SERVER).origin;
  /** What the sandbox is set to; its server fills them in. */
  const SETTINGS = /* settings */ {};

  const METHODS = [
    'CARD', 'VIRTUAL_ACCOUNT', 'TRANSFER', 'MOBILE_PHONE',
    'CULTURE_GIFT_CERTIFICATE', 'BOOK_GIFT_CERTIFICATE', 'GAME_GIFT_CERTIFICATE', 'FOREIGN_EASY_PAY',
  ];
  /** How many digits a currency has behind the point. */
  const DECIMALS = { KRW: 0, USD: 2, JPY: 0 };
  /** The currency each provider overseas takes. */
  const OVERSEAS = {
    PAYPAL: 'USD', ALIPAY: 'USD', ALIPAYHK: 'USD', GCASH: 'USD', TOUCHNGO: 'USD', DANA: 'USD', TRUEMONEY: 'USD',
    RABBIT_LINE_PAY: 'USD', BOOST: 'USD', BPI: 'USD', BILLEASE: 'USD', PAYPAY: 'JPY',
  };
  const BILLING_METHODS = ['CARD', 'TRANSFER'];
  const LONGEST_VALID_HOURS = 2160;
  /** How long a widget may take to appear. */
  const WIDGET_PATIENCE_MILLIS = 30_000;

  /** What every code says, in Korean and in English; a detail is put behind it. */
  const MESSAGES = {
    AGREEMENT_WIDGET_ALREADY_RENDERED: ['이미 약관 위젯이 렌더링되었습니다.', 'The agreement widget is already rendered.'],
    BELOW_ZERO_AMOUNT: ['금액은 0보다 커야 합니다.', 'The amount must be greater than zero.'],
    CUSTOM_PAYMENT_METHOD_UNABLE_TO_PAY: ['커스텀 결제수단으로는 결제할 수 없습니다.', 'A method of the shop itself cannot be paid by here.'],
    EXCEED_MAX_DUE_DATE: ['가상계좌의 최대 유효만료 기간을 초과했습니다.', 'The due date of the account is too far away.'],
    INCORRECT_FAIL_URL_FORMAT: ['잘못된 failUrl 입니다. 오리진을 포함한 전체 주소여야 합니다.', 'failUrl must be a complete address with its origin.'],
    INCORRECT_SUCCESS_URL_FORMAT: ['잘못된 successUrl 입니다. 오리진을 포함한 전체 주소여야 합니다.', 'successUrl must be a complete address with its origin.'],
    INSECURE_KEY_USAGE: ['시크릿 키는 브라우저에서 사용할 수 없습니다.', 'A secret key must never be used in a browser.'],
    INVALID_AMOUNT_CURRENCY: ['결제 금액의 통화가 유효하지 않습니다.', 'The currency of the amount is not valid.'],
    INVALID_AMOUNT_VALUE: ['결제 금액이 유효하지 않습니다.', 'The value of the amount is not valid.'],
    INVALID_CLIENT_KEY: ['잘못된 클라이언트 키입니다.', 'The client key is not valid.'],
    INVALID_CUSTOMER_KEY: ['잘못된 customerKey 입니다. 영문 대소문자, 숫자, 특수문자(-, _, =, ., @)로 2자 이상 50자 이하여야 합니다.', 'customerKey must be 2 to 50 letters, digits or characters of - _ = . @.'],
    INVALID_METADATA: ['잘못된 metadata 입니다. 5개 이하, 키는 [ ] 없이 40자 이하, 값은 2000자 이하의 문자열이어야 합니다.', 'metadata takes up to 5 entries: keys of up to 40 characters without [ ], values of up to 2000 characters.'],
    INVALID_METHOD_TRANSACTION: ['이미 다른 작업이 진행 중입니다.', 'Another request is still open.'],
    INVALID_PARAMETER: ['허용하지 않는 이벤트이거나 올바르지 않은 콜백 함수입니다.', 'There is no such event, or no function to call.'],
    INVALID_PARAMETERS: ['잘못된 파라미터입니다.', 'A parameter is not valid.'],
    INVALID_SELECTOR: ['selector에 해당하는 요소가 없습니다.', 'No element matches the selector.'],
    INVALID_VARIANT_KEY: ['잘못된 variantKey 입니다.', 'The variantKey is not valid.'],
    NEED_AGREEMENT_WITH_REQUIRED_TERMS: ['필수 약관에 동의해주세요.', 'The required terms are not agreed to.'],
    NEED_CARD_PAYMENT_DETAIL: ['카드사를 선택해주세요.', 'No card company is chosen.'],
    NEED_REFUND_ACCOUNT_DETAIL: ['환불계좌 정보를 모두 입력해주세요.', 'The refund account is not complete.'],
    NO_ACTIVE_PAYMENT_REQUEST: ['진행 중인 결제 요청이 없습니다.', 'No payment request is open.'],
    NOT_SELECTED_PAYMENT_METHOD: ['결제수단이 선택되지 않았습니다.', 'No payment method is selected.'],
    NOT_SETUP_AMOUNT: ['결제 금액이 설정되지 않았습니다.', 'The amount has not been set.'],
    NOT_SUPPORTED_API_INDIVIDUAL_KEY: ['API 개별 연동 키는 지원하지 않습니다. 결제위젯 연동 키를 사용해주세요.', 'This takes a widget client key (test_gck_), not an individual one.'],
    NOT_SUPPORTED_METHOD: ['지원하지 않는 결제수단입니다.', 'The payment method is not supported.'],
    NOT_SUPPORTED_PROMISE: ['Promise 방식을 지원하지 않는 환경입니다. successUrl과 failUrl을 설정해주세요.', 'Promises work in a frame on a PC only; give successUrl and failUrl.'],
    NOT_SUPPORTED_WIDGET_KEY: ['결제위젯 연동 키는 지원하지 않습니다. API 개별 연동 키를 사용해주세요.', 'This takes an individual client key (test_ck_), not a widget one.'],
    PAYMENT_METHODS_WIDGET_ALREADY_RENDERED: ['이미 결제수단 위젯이 렌더링되었습니다.', 'The payment methods widget is already rendered.'],
    PAYMENT_REQUEST_ABORTED: ['결제 요청이 중단되었습니다.', 'The payment request was destroyed.'],
    PAYMENT_WINDOW_ALREADY_RENDERED: ['이미 결제창이 렌더링되었습니다.', 'The payment window is already rendered.'],
    UNKNOWN: ['알 수 없는 오류가 발생했습니다.', 'An unknown error occurred.'],
    USER_CANCEL: ['취소되었습니다.', 'The buyer closed the window.'],
    V1_METHOD_NOT_SUPPORTED: ['v1 메서드는 v2 SDK에서 사용할 수 없습니다.', 'Methods of version 1 do not exist in version 2.'],
  };

  class TossPaymentsError extends Error {
    constructor(code, message) {
      super(message);
      this.name = 'TossPaymentsError';
      this.code = code;
    }
  }

  function speaksKorean() {
    return (navigator.language || 'ko').toLowerCase().startsWith('ko');
  }

  function refusal(code, detail) {
    const message = (MESSAGES[code] ?? MESSAGES.UNKNOWN)[speaksKorean() ? 0 : 1];
    return new TossPaymentsError(code, detail ? `${message} (${detail})` : message);
  }

  function isMobile() {
    return navigator.userAgentData?.mobile === true || /Android|iPhone|iPad|iPod|Mobile/.test(navigator.userAgent);
  }

  // What a merchant gives us.

  function checkKeys(clientKey, customerKey, family) {
    if (typeof clientKey !== 'string') throw refusal('INVALID_CLIENT_KEY', `clientKey: ${clientKey}`);
    if (isSecretKey(clientKey)) throw refusal('INSECURE_KEY_USAGE', 'clientKey');
    if (clientKey.startsWith('live_')) throw refusal('INVALID_CLIENT_KEY', 'a sandbox takes test keys only');
    if (!/^test_g?ck_\w+$/.test(clientKey)) throw refusal('INVALID_CLIENT_KEY', `clientKey: ${clientKey}`);
    const isWidgetKey = clientKey.startsWith('test_gck_');
    if (family === 'payment' && isWidgetKey) throw refusal('NOT_SUPPORTED_WIDGET_KEY');
    if (family === 'widgets' && !isWidgetKey) throw refusal('NOT_SUPPORTED_API_INDIVIDUAL_KEY');
    if (isSecretKey(customerKey)) throw refusal('INSECURE_KEY_USAGE', 'customerKey');
    if (customerKey !== ANONYMOUS && !/^[\w=.@-]{2,50}$/.test(typeof customerKey === 'string' ? customerKey : '')) {
      throw refusal('INVALID_CUSTOMER_KEY', `customerKey: ${customerKey}`);
    }
  }

  function isSecretKey(key) {
    return typeof key === 'string' && /^(test|live)_g?sk_/.test(key);
  }

  function checkAmount(amount, currencies) {
    if (amount === null || typeof amount !== 'object') throw refusal('INVALID_PARAMETERS', 'amount: { currency, value } is missing');
    if (!currencies.includes(amount.currency)) {
      throw refusal('INVALID_AMOUNT_CURRENCY', `amount.currency: ${amount.currency}, expected: ${currencies.join(' or ')}`);
    }
    if (!isAmount(amount.value, amount.currency)) {
      const digits = DECIMALS[amount.currency];
      throw refusal('INVALID_AMOUNT_VALUE',
        `amount.value: ${amount.value}, expected: ${digits === 0 ? 'a whole number' : `a number with up to ${digits} decimals`}`);
    }
  }

  function isAmount(value, currency) {
    if (typeof value !== 'number') return false;
    const scale = 10 ** DECIMALS[currency];
    const units = Math.round(value * scale);
    return Number.isSafeInteger(units) && units / scale === value;
  }

  // What the types of the official package say of each parameter.

  const kind = (expected, fits) => ({ expected, fits });
  const needed = (what) => ({ ...what, needed: true });
  const text = (pattern, expected) => kind(expected, (value) => typeof value === 'string' && pattern.test(value));
  const oneOf = (...words) => kind(words.join(' or '), (value) => words.includes(value));
  const listOf = (each) => ({ ...kind('a list', Array.isArray), each });
  const objectOf = (fields) => ({ ...kind('an object', isObject), fields });

  const ANYTHING = kind('anything', () => true);
  const TEXT = kind('a text', (value) => typeof value === 'string');
  const FLAG = kind('true or false', (value) => typeof value === 'boolean');
  const NUMBER = kind('a number', Number.isFinite);
  const NAME = text(/^[^]{1,100}$/, '1 to 100 characters');
  /** Of a buyer who left no address there is an empty one. */
  const PERSON = text(/^[^]{0,100}$/, 'up to 100 characters');
  const COUNTRY = text(/^[A-Z]{2}$/, 'two letters of ISO 3166');
  const MONEY = kind('a number of 0 or more', (value) => Number.isFinite(value) && value >= 0);
  const WON = kind('a whole number of 0 or more', (value) => Number.isSafeInteger(value) && value >= 0);
  const MONTHS = kind('0 or 2 to 12', (value) => value === 0 || (Number.isInteger(value) && value >= 2 && value <= 12));
  const HOURS = kind(`1 to ${LONGEST_VALID_HOURS}`, (value) => Number.isInteger(value) && value >= 1);
  const DATE_TIME = text(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/, 'yyyy-MM-ddTHH:mm:ss');
  const FLOW_MODE = oneOf('DEFAULT', 'DIRECT');

  const ESCROW_PRODUCTS = listOf(objectOf({ id: TEXT, name: TEXT, code: TEXT, unitPrice: NUMBER, quantity: NUMBER }));
  const CASH_RECEIPT = objectOf({ type: needed(oneOf('소득공제', '지출증빙', '미발행')) });
  const DEADLINE = { validHours: HOURS, dueDate: DATE_TIME };
  const THREE_DS = objectOf({ challengeMode: oneOf('CHALLENGE_REQUIRED') });

  /** The provider is said where no widget asks the buyer for it. */
  const FOREIGN_EASY_PAY = {
    country: needed(COUNTRY),
    products: listOf(objectOf({
      name: needed(NAME), quantity: needed(NUMBER), unitAmount: needed(NUMBER), currency: needed(TEXT), description: needed(TEXT),
    })),
    shipping: objectOf({
      fullName: TEXT,
      address: objectOf({
        country: needed(COUNTRY), line1: TEXT, line2: TEXT, area1: TEXT, area2: needed(TEXT), postalCode: TEXT,
      }),
    }),
    paymentMethodOptions: objectOf({ paypal: objectOf({ setTransactionContext: ANYTHING }) }),
  };

  const CUSTOMER = {
    customerName: PERSON, customerEmail: PERSON, customerMobilePhone: text(/^\d{8,15}$/, '8 to 15 digits'),
    windowTarget: oneOf('self', 'iframe'),
    // These have codes of their own.
    successUrl: ANYTHING, failUrl: ANYTHING,
  };
  const ORDER = {
    ...CUSTOMER,
    orderId: needed(text(/^[\w=-]{6,64}$/, '6 to 64 letters, digits or characters of - _ =')),
    orderName: needed(NAME),
    taxFreeAmount: MONEY,
    metadata: ANYTHING,
    pendingUrl: TEXT, sandbox: objectOf({ paymentResult: oneOf('SUCCESS', 'FAIL') }), subOrders: listOf(ANYTHING),
  };
  const WIDGET_ORDER = {
    ...ORDER,
    subMerchantSetting: ANYTHING,
    foreignEasyPay: objectOf(FOREIGN_EASY_PAY),
    card: objectOf({ taxExemptionAmount: WON, appScheme: TEXT, threeDS: THREE_DS }),
    transfer: objectOf({ useEscrow: FLAG, escrowProducts: ESCROW_PRODUCTS, isCulturalExpenses: FLAG }),
    virtualAccount: objectOf({
      useEscrow: FLAG, escrowProducts: ESCROW_PRODUCTS, cashReceipt: CASH_RECEIPT, isCulturalExpenses: FLAG, ...DEADLINE,
    }),
  };
  const PAYMENT_ORDER = {
    ...ORDER,
    method: ANYTHING, amount: ANYTHING, orderProductCode: TEXT,
    foreignEasyPay: objectOf({ provider: needed(oneOf(...Object.keys(OVERSEAS))), ...FOREIGN_EASY_PAY }),
    card: objectOf({
      useEscrow: FLAG, escrowProducts: ESCROW_PRODUCTS, taxExemptionAmount: WON, flowMode: FLOW_MODE, cardCompany: TEXT,
      easyPay: TEXT, cardInstallmentPlan: MONTHS, maxCardInstallmentPlan: MONTHS,
      freeInstallmentPlans: listOf(objectOf({ company: needed(TEXT), months: needed(listOf(MONTHS)) })),
      useCardPoint: FLAG, useAppCardOnly: FLAG, useInternationalCardOnly: FLAG, discountCode: TEXT, ...DEADLINE,
      language: oneOf('KO', 'EN', 'JA', 'ZH'), showEstimatedAmount: FLAG, threeDS: THREE_DS, appScheme: TEXT,
      keyin: objectOf({ selectableCardTypes: listOf(oneOf('PERSONAL', 'CORPORATE', 'FOREIGN')) }),
      showMobileAppHeader: FLAG, affiliateCards: listOf(ANYTHING), dividedSettlements: listOf(ANYTHING),
    }),
    virtualAccount: objectOf({
      taxExemptionAmount: WON, cashReceipt: CASH_RECEIPT, useEscrow: FLAG, escrowProducts: ESCROW_PRODUCTS, ...DEADLINE,
      isCulturalExpenses: FLAG, showCustomerMobilePhone: FLAG,
      refundReceiveAccount: objectOf({ bankCode: needed(TEXT), accountNumber: needed(TEXT), holderName: needed(TEXT) }),
    }),
    transfer: objectOf({
      taxExemptionAmount: WON, cashReceipt: CASH_RECEIPT, useEscrow: FLAG, escrowProducts: ESCROW_PRODUCTS, ...DEADLINE,
      isCulturalExpenses: FLAG, encryptedCustomerCi: TEXT, showSecuritiesAccount: FLAG,
      provider: oneOf('OPENBANKING', 'BANKPAY'), dividedSettlements: listOf(ANYTHING),
    }),
    mobilePhone: objectOf({ mobileCarriers: listOf(oneOf('KT', 'LGU', 'SKT', 'HELLO', 'KCT', 'SK7')) }),
  };
  const BILLING_AUTH = {
    ...CUSTOMER,
    method: ANYTHING, selectableCardTypes: listOf(oneOf('PERSONAL', 'CORPORATE')), flowMode: FLOW_MODE,
    easyPay: oneOf('토스페이', 'TOSSPAY', '네이버페이', 'NAVERPAY'), cardCompany: TEXT,
    transfer: objectOf({ encryptedCustomerCi: TEXT }),
  };
  // These have codes of their own, too.
  const RENDERED = { selector: ANYTHING, variantKey: ANYTHING };
  const WINDOW = { variantKey: objectOf({ paymentMethod: ANYTHING, agreement: ANYTHING }) };

  /** Refuses what is missing, unknown, or of another kind. What is null is as good as not there. */
  function check(value, as, name) {
    if (!as.fits(value)) throw refusal('INVALID_PARAMETERS', `${name}: ${shown(value)}, expected: ${as.expected}`);
    if (as.each) value.forEach((one, index) => check(one, as.each, `${name}[${index}]`));
    if (as.fields) checkFields(value, as.fields, `${name}.`);
  }

  function checkFields(request, fields, prefix) {
    if (!isObject(request)) throw refusal('INVALID_PARAMETERS', 'an object is expected');
    for (const [name, as] of Object.entries(fields)) {
      const value = request[name] ?? null;
      if (value !== null) check(value, as, prefix + name);
      else if (as.needed) throw refusal('INVALID_PARAMETERS', `${prefix}${name} is missing`);
    }
    const unknown = Object.keys(request).find((name) => !Object.hasOwn(fields, name) && request[name] !== undefined);
    if (SETTINGS.unknownParameterRefused && unknown !== undefined) {
      throw refusal('INVALID_PARAMETERS', `${prefix}${unknown}: there is no such parameter`);
    }
  }

  function shown(value) {
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  function checkOrder(request, fields, amount) {
    checkFields(request, fields, '');
    const taxFree = request.taxFreeAmount ?? 0;
    if (taxFree > amount.value || !isAmount(taxFree, amount.currency)) {
      throw refusal('INVALID_PARAMETERS', `taxFreeAmount: ${taxFree}, expected: 0 to ${amount.value}`);
    }
    checkMetadata(request.metadata);
    checkCard(request.card ?? {});
    for (const name of ['card', 'virtualAccount', 'transfer']) checkDeadline(request[name] ?? {}, name);
  }

  function checkMetadata(metadata) {
    if (metadata === undefined || metadata === null) return;
    if (typeof metadata !== 'object' || Array.isArray(metadata)) throw refusal('INVALID_METADATA');
    const entries = Object.entries(metadata);
    const fits = ([key, value]) => /^[^[\]]{1,40}$/.test(key) && typeof value === 'string' && value.length <= 2000;
    if (entries.length > 5 || !entries.every(fits)) throw refusal('INVALID_METADATA');
  }

  function checkCard(card) {
    if ((card.cardInstallmentPlan ?? null) !== null && (card.maxCardInstallmentPlan ?? null) !== null) {
      throw refusal('INVALID_PARAMETERS', 'card.cardInstallmentPlan and card.maxCardInstallmentPlan exclude each other');
    }
    if (card.flowMode === 'DIRECT' && !card.cardCompany && !card.easyPay) {
      throw refusal('INVALID_PARAMETERS', 'card.flowMode: DIRECT needs card.cardCompany or card.easyPay');
    }
  }

  function checkDeadline(of, name) {
    const hours = of.validHours ?? null;
    if (hours !== null && of.dueDate) {
      throw refusal('INVALID_PARAMETERS', `${name}.validHours and ${name}.dueDate exclude each other`);
    }
    if (hours > LONGEST_VALID_HOURS) throw refusal('EXCEED_MAX_DUE_DATE', `${name}.validHours: ${hours}`);
  }

  /** The direct flow is that of an easy-pay provider, and nothing but that flow knows one. */
  function checkBillingFlow(request) {
    const isDirect = request.flowMode === 'DIRECT';
    if (isDirect && !request.easyPay) throw refusal('INVALID_PARAMETERS', 'flowMode: DIRECT needs easyPay');
    for (const name of ['easyPay', 'cardCompany']) {
      if (!isDirect && (request[name] ?? null) !== null) throw refusal('INVALID_PARAMETERS', `${name} needs flowMode: DIRECT`);
    }
  }

  /** Answers whether the buyer is to be sent to an address; without addresses the outcome is a promise. */
  function checkUrls(request, required) {
    const has = (name) => (request[name] ?? null) !== null;
    if (!required && !has('successUrl') && !has('failUrl')) return false;
    if (!isAddress(request.successUrl)) throw refusal('INCORRECT_SUCCESS_URL_FORMAT', `successUrl: ${request.successUrl}`);
    if (!isAddress(request.failUrl)) throw refusal('INCORRECT_FAIL_URL_FORMAT', `failUrl: ${request.failUrl}`);
    return true;
  }

  function isAddress(text) {
    if (typeof text !== 'string' || !/^https?:\/\//i.test(text)) return false;
    try {
      return new URL(text).hostname !== '';
    } catch {
      return false;
    }
  }

  function isObject(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
  }

  // Talking to the sandbox.

  async function post(path, body) {
    let response;
    try {
      response = await fetch(SERVER + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Accept-Language': speaksKorean() ? 'ko' : 'en' },
        body: JSON.stringify(body),
        credentials: 'omit',
      });
    } catch (e) {
      throw refusal('UNKNOWN', `no answer from ${SERVER}${path}: ${e.message}`);
    }
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    throw new TossPaymentsError(answer.code ?? 'UNKNOWN', answer.message ?? `HTTP ${response.status}`);
  }

  /** A frame of the sandbox, and what it says. */
  function frame(address, title, heard) {
    const element = document.createElement('iframe');
    const listener = (event) => {
      if (event.source !== element.contentWindow || event.origin !== SERVER_ORIGIN) return;
      if (event.data?.sender === SENDER) heard(event.data);
    };
    window.addEventListener('message', listener);
    element.src = address;
    element.title = title;
    return {
      element,
      tell(message) {
        element.contentWindow?.postMessage({ sender: SENDER, ...message }, SERVER_ORIGIN);
      },
      /** The same page, asked for with other parameters. */
      reload(query) {
        const other = new URL(element.src);
        for (const [name, value] of Object.entries(query)) other.searchParams.set(name, value);
        element.src = other.href;
      },
      remove() {
        window.removeEventListener('message', listener);
        element.remove();
      },
    };
  }

  function styled(element, style) {
    // Through the object model, so that a shop's Content-Security-Policy for styles does not matter.
    Object.assign(element.style, style);
    return element;
  }

  /** What lies over the shop, the lowest first. */
  const overlays = [];

  /** Lays a page of the sandbox over the shop; answers how to speak to it, and how to take it away again. */
  function overlay(address, heard) {
    const focusedBefore = document.activeElement;
    const overflowBefore = document.documentElement.style.overflow;
    const backdrop = styled(document.createElement('div'), {
      position: 'fixed', inset: '0', zIndex: '2147483647', display: 'flex', alignItems: 'center',
      justifyContent: 'center', background: 'rgba(0, 0, 0, .5)', colorScheme: 'light',
    });
    const page = frame(address, speaksKorean() ? '결제창' : 'Payment window', heard);
    const fills = window.innerWidth <= 480;
    styled(page.element, {
      width: '100%', maxWidth: '480px', height: '100%', maxHeight: fills ? '100%' : '760px', border: '0',
      borderRadius: fills ? '0' : '16px', background: '#fff',
    });
    backdrop.dataset.tosspaymentsWindow = '';
    backdrop.setAttribute('role', 'dialog');
    backdrop.setAttribute('aria-modal', 'true');
    backdrop.setAttribute('aria-label', page.element.title);
    // The page in the frame hears the key while it has the focus, and says so; otherwise this one does.
    const onKey = (event) => {
      if (event.key === 'Escape' && overlays.at(-1) === backdrop) heard({ event: 'closed' });
    };
    overlays.push(backdrop);
    document.addEventListener('keydown', onKey);
    backdrop.append(page.element);
    document.body.append(backdrop);
    document.documentElement.style.overflow = 'hidden';
    page.element.focus();
    return {
      tell: page.tell,
      reload: page.reload,
      close() {
        if (!overlays.includes(backdrop)) return;
        overlays.splice(overlays.indexOf(backdrop), 1);
        document.removeEventListener('keydown', onKey);
        page.remove();
        backdrop.remove();
        document.documentElement.style.overflow = overflowBefore;
        focusedBefore?.focus?.();
      },
    };
  }

  /** One request at a time, from its checks to the outcome. */
  function openings() {
    let active = null;

    // A page that comes back from the browser's cache has left its window behind.
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) active = null;
    });

    function begin() {
      if (active !== null) throw refusal('INVALID_METHOD_TRANSACTION');
      active = { abort: null };
      return active;
    }

    function end(transaction) {
      if (active === transaction) active = null;
    }

    function whereTo(request, isPromise) {
      const target = request.windowTarget ?? 'iframe';
      if (isPromise && (isMobile() || target === 'self')) throw refusal('NOT_SUPPORTED_PROMISE');
      return isMobile() ? 'self' : target;
    }

    function outcome(transaction, windowUrl, target) {
      return new Promise((resolve, reject) => {
        transaction.abort = reject;
        if (target === 'self') {
          window.location.assign(windowUrl);
          return;
        }
        const layer = overlay(windowUrl, (message) => {
          switch (message.event) {
            case 'redirected':
              // The promise stays open: the page is on its way to another address.
              layer.close();
              end(transaction);
              window.location.assign(message.url);
              break;
            case 'resolved':
              settle(() => resolve(message.result));
              break;
            case 'rejected':
              settle(() => reject(new TossPaymentsError(message.error.code, message.error.message)));
              break;
            case 'closed':
              settle(() => reject(refusal('USER_CANCEL')));
              break;
            default: // A page newer than this script may say more.
          }
        });
        const settle = (then) => {
          layer.close();
          end(transaction);
          then();
        };
        transaction.abort = (why) => settle(() => reject(why));
      });
    }

    return {
      /** Opens a window and answers what comes of it. */
      async run(prepare) {
        const transaction = begin();
        try {
          const { request, isPromise, open } = prepare();
          const target = whereTo(request, isPromise);
          const { windowUrl } = await open(target);
          if (active !== transaction) throw refusal('PAYMENT_REQUEST_ABORTED');
          return await outcome(transaction, windowUrl, target);
        } finally {
          end(transaction);
        }
      },
      destroy() {
        const transaction = active;
        if (transaction === null && SETTINGS.destroyOfNothingFails) throw refusal('NO_ACTIVE_PAYMENT_REQUEST');
        active = null;
        transaction?.abort?.(refusal('PAYMENT_REQUEST_ABORTED'));
      },
    };
  }

  /** What the server is told of an order; what it does not know is left out. */
  function opening(clientKey, customerKey, request, method, amount, target, choice) {
    return {
      clientKey,
      customerKey: customerKey === ANONYMOUS ? null : customerKey,
      method,
      currency: amount.currency,
      amount: amount.value,
      orderId: request.orderId,
      orderName: request.orderName,
      successUrl: request.successUrl ?? null,
      failUrl: request.failUrl ?? null,
      customerName: request.customerName || null,
      customerEmail: request.customerEmail || null,
      customerMobilePhone: request.customerMobilePhone ?? null,
      taxFreeAmount: request.taxFreeAmount ?? null,
      metadata: request.metadata ?? null,
      windowTarget: target,
      language: request.card?.language ?? null,
      card: request.card ?? null,
      virtualAccount: request.virtualAccount ?? null,
      transfer: request.transfer ?? null,
      foreignEasyPay: request.foreignEasyPay ?? null,
      ...choice,
    };
  }

  // The payment window (결제창).

  /** What the provider takes; what any of them takes, if there is no such provider. */
  function currenciesOf(foreignEasyPay) {
    const provider = foreignEasyPay?.provider;
    return Object.hasOwn(OVERSEAS, String(provider)) ? [OVERSEAS[provider]] : [...new Set(Object.values(OVERSEAS))];
  }

  function payment(clientKey, customerKey) {
    const windows = openings();
    return {
      requestPayment(request) {
        return windows.run(() => {
          if (!isObject(request)) throw refusal('INVALID_PARAMETERS', 'an object is expected');
          if (!METHODS.includes(request.method)) throw refusal('NOT_SUPPORTED_METHOD', `method: ${request.method}`);
          const isOverseas = request.method === 'FOREIGN_EASY_PAY';
          checkAmount(request.amount, isOverseas ? currenciesOf(request.foreignEasyPay) : ['KRW']);
          if (request.amount.value <= 0) throw refusal('BELOW_ZERO_AMOUNT', `amount.value: ${request.amount.value}`);
          if (isOverseas && !isObject(request.foreignEasyPay)) throw refusal('INVALID_PARAMETERS', 'foreignEasyPay is missing');
          checkOrder(request, PAYMENT_ORDER, request.amount);
          const isPromise = !checkUrls(request, false);
          if (isOverseas && isPromise) throw refusal('NOT_SUPPORTED_PROMISE');
          return {
            request,
            isPromise,
            open: (target) =>
              post('/sdk/payments', opening(clientKey, customerKey, request, request.method, request.amount, target)),
          };
        });
      },
      requestBillingAuth(request) {
        return windows.run(() => {
          if (!isObject(request)) throw refusal('INVALID_PARAMETERS', 'an object is expected');
          if (!BILLING_METHODS.includes(request.method)) throw refusal('NOT_SUPPORTED_METHOD', `method: ${request.method}`);
          if (customerKey === ANONYMOUS) throw refusal('INVALID_CUSTOMER_KEY', 'a billing key belongs to someone, not to ANONYMOUS');
          checkFields(request, BILLING_AUTH, '');
          checkBillingFlow(request);
          checkUrls(request, true);
          return {
            request,
            isPromise: false,
            open: (target) =>
              post('/sdk/billing-authorizations', {
                clientKey,
                customerKey,
                method: request.method,
                successUrl: request.successUrl,
                failUrl: request.failUrl,
                customerName: request.customerName || null,
                customerEmail: request.customerEmail || null,
                windowTarget: target,
              }),
          };
        });
      },
      async destroy() {
        windows.destroy();
      },
    };
  }

  // The widgets (결제위젯).

  function listenTo(events, event, listener) {
    if (!events.includes(event)) throw refusal('INVALID_PARAMETER', `event: ${event}, expected: ${events.join(' or ')}`);
    if (typeof listener !== 'function') throw refusal('INVALID_PARAMETER', `${typeof listener}, expected: a function`);
  }

  function widgets(clientKey, customerKey) {
    const windows = openings();
    let amount = null;
    let methods = null;
    let agreement = null;
    let paymentWindow = null;

    /** A widget: its frame, its latest word, and who wants to hear of it. */
    async function rendered(params, path, eventName, title, query) {
      const place = params.selector ? placeOf(params.selector) : null;
      if (place === null) throw refusal('INVALID_SELECTOR', `selector: ${params.selector}`);
      const listeners = [];
      const widget = { said: null };
      await new Promise((resolve, reject) => {
        const page = frame(pageOf(path, query), title, (message) => {
          switch (message.event) {
            case 'resized':
              page.element.style.height = `${message.height}px`;
              break;
            case 'changed':
              changed(widget, message.state);
              resolve();
              break;
            case 'refused':
              page.remove();
              reject(refusal(message.code, message.detail));
              break;
            default:
          }
        });
        widget.page = page;
        setTimeout(() => {
          if (widget.said === null) {
            page.remove();
            reject(refusal('UNKNOWN', `no answer from ${SERVER}${path}`));
          }
        }, WIDGET_PATIENCE_MILLIS);
        styled(page.element, { display: 'block', width: '100%', height: '0', border: '0', colorScheme: 'light' });
        place.append(page.element);
      });

      function changed(of, state) {
        const isFirst = of.said === null;
        of.said = state;
        // The first state is what the widget begins with; listeners hear of it too, as soon as they are there.
        if (!isFirst) listeners.forEach((listener) => listener(state));
      }

      widget.on = (event, listener) => {
        listenTo([eventName], event, listener);
        listeners.push(listener);
        queueMicrotask(() => listener(widget.said));
      };
      return widget;
    }

    function pageOf(path, query) {
      return `${SERVER}${path}?${new URLSearchParams({
        ...query, clientKey, origin: window.location.origin, lang: speaksKorean() ? 'ko' : 'en',
      })}`;
    }

    function placeOf(selector) {
      try {
        return document.querySelector(selector);
      } catch {
        return null;
      }
    }

    function variantOf(key) {
      const variantKey = key ?? 'DEFAULT';
      if (typeof variantKey !== 'string' || !/^[\w-]{1,100}$/.test(variantKey)) {
        throw refusal('INVALID_VARIANT_KEY', `variantKey: ${variantKey}`);
      }
      return variantKey;
    }

    /** Both widgets and a button in one, over the shop: what it says, and who wants to hear of it. */
    async function openPaymentWindow(params) {
      checkFields(params, WINDOW, '');
      const paymentMethod = variantOf(params.variantKey?.paymentMethod);
      const agreementKey = variantOf(params.variantKey?.agreement);
      if (amount === null) throw refusal('NOT_SETUP_AMOUNT');
      if (paymentWindow !== null) throw refusal('PAYMENT_WINDOW_ALREADY_RENDERED');
      const mine = { said: null, listeners: { paymentRequest: [], cancel: [] } };
      paymentWindow = mine;
      await new Promise((resolve, reject) => {
        const layer = overlay(
          pageOf('/sdk/widgets/payment-window', { ...amountQuery(), paymentMethod, agreement: agreementKey }),
          (message) => {
            switch (message.event) {
              case 'changed':
                mine.said = message.state;
                resolve();
                break;
              case 'requested':
                tellEverybody(mine.listeners.paymentRequest, { paymentMethod: { code: mine.said.method.code } })
                  .then(() => mine.tell({ event: 'idle' }));
                break;
              case 'closed':
                mine.close();
                reject(refusal('USER_CANCEL'));
                tellEverybody(mine.listeners.cancel);
                break;
              case 'refused':
                mine.close();
                reject(refusal(message.code));
                break;
              default:
            }
          });
        setTimeout(() => {
          if (mine.said !== null || paymentWindow !== mine) return;
          mine.close();
          reject(refusal('UNKNOWN', `no answer from ${SERVER}`));
        }, WIDGET_PATIENCE_MILLIS);
        mine.tell = layer.tell;
        mine.reload = layer.reload;
        mine.close = () => {
          layer.close();
          if (paymentWindow === mine) paymentWindow = null;
        };
      });
      return mine;
    }

    /** Waits for all; what goes wrong in a function of the shop is the shop's to see. */
    function tellEverybody(listeners, ...what) {
      return Promise.all(listeners.map(async (listener) => {
        try {
          await listener(...what);
        } catch (e) {
          reportError(e);
        }
      }));
    }

    /** What the buyer chose, and agreed to: in the window, if it is open. */
    function chosen() {
      return paymentWindow?.said ?? { method: methods?.said ?? null, agreement: agreement?.said ?? null };
    }

    function requestPayment(request) {
      return windows.run(() => {
        if (!isObject(request)) throw refusal('INVALID_PARAMETERS', 'an object is expected');
        if (amount === null) throw refusal('NOT_SETUP_AMOUNT');
        const { method: selected, agreement: agreed } = chosen();
        if (selected === null) throw refusal('NOT_SELECTED_PAYMENT_METHOD', 'renderPaymentMethods comes first');
        if (!agreed?.agreedRequiredTerms) throw refusal('NEED_AGREEMENT_WITH_REQUIRED_TERMS');
        checkAboveZero();
        if (selected.method === null) throw refusal('CUSTOM_PAYMENT_METHOD_UNABLE_TO_PAY', selected.code);
        if (selected.card && !selected.card.cardCompany) throw refusal('NEED_CARD_PAYMENT_DETAIL');
        if (selected.refundAccount === null) throw refusal('NEED_REFUND_ACCOUNT_DETAIL');
        const isPromise = checkWidgetOrder(request);
        const choice = selected.method === 'FOREIGN_EASY_PAY'
          ? { foreignEasyPay: { ...request.foreignEasyPay, provider: selected.easyPay } }
          : { easyPay: selected.easyPay ?? null, card: { ...request.card, ...selected.card } };
        if (selected.refundAccount) {
          choice.virtualAccount = { ...request.virtualAccount, refundReceiveAccount: selected.refundAccount };
        }
        return {
          request,
          isPromise,
          open: (target) =>
            post('/sdk/payments', opening(clientKey, customerKey, request, selected.method, amount, target, choice)),
        };
      });
    }

    function checkAboveZero() {
      if (amount.value <= 0) throw refusal('BELOW_ZERO_AMOUNT', `amount.value: ${amount.value}`);
    }

    /** Answers whether the outcome is a promise. */
    function checkWidgetOrder(request) {
      checkOrder(request, WIDGET_ORDER, amount);
      return !checkUrls(request, false);
    }

    function setAmount(value) {
      checkAmount(value, Object.keys(DECIMALS));
      const before = amount?.currency;
      amount = { currency: value.currency, value: value.value };
      for (const of of [methods?.page, paymentWindow]) {
        // Overseas there is nothing of Korea on offer, and the other way round.
        if (before !== amount.currency) of?.reload?.(amountQuery());
        else of?.tell?.({ event: 'amount', value: amount.value });
      }
    }

    function amountQuery() {
      return { amount: amount.value, currency: amount.currency };
    }

    return {
      async setAmount(value) {
        setAmount(value);
      },

      async renderPaymentMethods(params) {
        checkFields(params, RENDERED, '');
        const variantKey = variantOf(params.variantKey);
        if (amount === null) throw refusal('NOT_SETUP_AMOUNT');
        if (methods !== null) throw refusal('PAYMENT_METHODS_WIDGET_ALREADY_RENDERED');
        methods = { said: null };
        try {
          methods = await rendered(params, '/sdk/widgets/payment-methods', 'paymentMethodSelect',
            speaksKorean() ? '결제 방법' : 'Payment methods', { ...amountQuery(), variantKey });
        } catch (e) {
          methods = null;
          throw e;
        }
        const mine = methods;
        return {
          on(event, listener) {
            mine.on(event, (state) => listener({ code: state.code }));
          },
          async getSelectedPaymentMethod() {
            return { code: mine.said.code };
          },
          async destroy() {
            mine.page.remove();
            if (methods === mine) methods = null;
          },
        };
      },

      async renderAgreement(params) {
        checkFields(params, RENDERED, '');
        const variantKey = variantOf(params.variantKey);
        if (agreement !== null) throw refusal('AGREEMENT_WIDGET_ALREADY_RENDERED');
        agreement = { said: null };
        try {
          agreement = await rendered(params, '/sdk/widgets/agreement', 'agreementStatusChange',
            speaksKorean() ? '이용 약관' : 'Terms', { variantKey });
        } catch (e) {
          agreement = null;
          throw e;
        }
        const mine = agreement;
        return {
          on: mine.on,
          async destroy() {
            mine.page.remove();
            if (agreement === mine) agreement = null;
          },
        };
      },

      async renderPaymentWindow(params) {
        const mine = await openPaymentWindow(params ?? {});
        return {
          on(event, listener) {
            listenTo(Object.keys(mine.listeners), event, listener);
            mine.listeners[event].push(listener);
          },
          async destroy() {
            mine.close();
          },
        };
      },

      /** The window and the request in one, as they were before there was renderPaymentWindow. */
      async requestPaymentWindow(request, options) {
        if (!isObject(request)) throw refusal('INVALID_PARAMETERS', 'an object is expected');
        const { amount: asked, ...order } = request;
        setAmount(asked);
        checkAboveZero();
        const isPromise = checkWidgetOrder(order);
        if (isPromise && isMobile()) throw refusal('NOT_SUPPORTED_PROMISE');
        const mine = await openPaymentWindow(options ?? {});
        return new Promise((resolve, reject) => {
          mine.listeners.cancel.push(() => reject(refusal('USER_CANCEL')));
          mine.listeners.paymentRequest.push(async () => {
            try {
              resolve(await requestPayment(order));
              mine.close();
            } catch (e) {
              // Who leaves a card company's page may choose another one.
              if (e.code === 'USER_CANCEL') return;
              mine.close();
              reject(e);
            }
          });
        });
      },

      requestPayment,
    };
  }

  function TossPayments(clientKey) {
    const v1 = (name) => () => {
      throw refusal('V1_METHOD_NOT_SUPPORTED', name);
    };
    return {
      payment(params) {
        checkKeys(clientKey, params?.customerKey, 'payment');
        return payment(clientKey, params.customerKey);
      },
      widgets(params) {
        checkKeys(clientKey, params?.customerKey, 'widgets');
        return widgets(clientKey, params.customerKey);
      },
      brandpay(params) {
        checkKeys(clientKey, params?.customerKey, 'payment');
        throw refusal('NOT_SUPPORTED_METHOD', 'the sandbox has no brandpay');
      },
      requestPayment: v1('requestPayment'),
      requestBillingAuth: v1('requestBillingAuth'),
      cancelPayment: v1('cancelPayment'),
    };
  }

  TossPayments.ANONYMOUS = ANONYMOUS;
  window.TossPayments = TossPayments;
})();
