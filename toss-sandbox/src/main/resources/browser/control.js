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

// A form that is being filled in is not to be lost.
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

async function trigger(form) {
  const { event, ...wish } = bodyOf(form);
  try {
    const outcome = await call('POST', '/control/triggers/' + event, wish);
    await refresh();
    say(event + ': ' + outcome.summary, true);
  } catch (error) {
    await refresh();
    say(event + ': ' + error.message, false);
  }
}
