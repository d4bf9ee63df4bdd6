// Suggestions while somebody types into a box with data-suggest. Without this file the box is a plain form.
const wait = 120; // milliseconds without a key before anything is asked

function attach(input, number) {
  const list = document.createElement('ul');
  list.className = 'suggestions';
  list.id = `suggestions-${number}`;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', input.dataset.label);
  list.hidden = true;
  input.closest('form').append(list);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-expanded', 'false');
  let timer = 0;
  let asked = null;
  let chosen = -1;
  let of = ''; // the words that the list is of
  let keys = []; // that were pressed for the list of the words in the box, before it was there

  const choose = (at) => {
    chosen = at;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', i === at ? 'true' : 'false'));
    if (at >= 0) input.setAttribute('aria-activedescendant', list.children[at].id);
    else input.removeAttribute('aria-activedescendant');
  };
  const move = (key) => {
    const last = list.children.length - 1;
    if (key === 'ArrowDown') choose(chosen < last ? chosen + 1 : -1);
    else choose(chosen < 0 ? last : chosen - 1);
  };
  const follow = () => location.assign(list.children[chosen].dataset.url);
  const close = () => {
    asked?.abort();
    keys = [];
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    choose(-1);
  };
  const show = (suggestions, words) => {
    of = words;
    list.replaceChildren(...suggestions.map((each, i) => {
      const item = document.createElement('li');
      item.id = `${list.id}-${i}`;
      item.setAttribute('role', 'option');
      item.setAttribute('aria-selected', 'false');
      const text = document.createElement('span');
      text.textContent = each.text;
      text.dir = 'auto';
      const kind = document.createElement('span');
      kind.className = 'meta';
      kind.textContent = each.kind_label;
      item.append(text, kind);
      item.addEventListener('pointerdown', (event) => {
        event.preventDefault();
        location.assign(each.url);
      });
      item.dataset.url = each.url;
      return item;
    }));
    list.hidden = suggestions.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    choose(-1);
    answerKeys();
  };
  const answerKeys = () => {
    const pressed = keys;
    keys = [];
    for (const key of pressed) {
      if (key !== 'Enter') move(key);
      else if (chosen >= 0) follow();
      else input.form.requestSubmit();
    }
  };
  const ask = async () => {
    clearTimeout(timer);
    asked?.abort();
    const mine = new AbortController();
    asked = mine;
    const words = input.value;
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(words)}`, {signal: mine.signal});
      show(answer.ok ? (await answer.json()).suggestions : [], words);
    } catch {
      // Somebody typed on, or the server is away: the box stays a plain form.
      if (!mine.signal.aborted) show([], words);
    }
  };
  // A key that comes before the list of these words waits for it: it never acts on an older one.
  const waitFor = (key) => {
    if (keys.length === 0) ask();
    keys.push(key);
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    keys = [];
    choose(-1);
    if (input.value.trim().length < 2) close();
    else timer = setTimeout(ask, wait);
  });
  input.addEventListener('keydown', (event) => {
    const arrow = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    const old = of !== input.value;
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((arrow && !list.hidden && old) || (event.key === 'Enter' && keys.length > 0)) {
      event.preventDefault();
      waitFor(event.key);
    } else if (arrow && !list.hidden && list.children.length > 0) {
      event.preventDefault();
      move(event.key);
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      follow();
    }
  });
  input.addEventListener('blur', () => {
    clearTimeout(timer);
    close();
  });
}

document.querySelectorAll('input[data-suggest]').forEach(attach);
