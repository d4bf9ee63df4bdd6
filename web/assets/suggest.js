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

  const choose = (at) => {
    chosen = at;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', i === at ? 'true' : 'false'));
    if (at >= 0) input.setAttribute('aria-activedescendant', list.children[at].id);
    else input.removeAttribute('aria-activedescendant');
  };
  const close = () => {
    asked?.abort();
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    choose(-1);
  };
  const show = (suggestions) => {
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
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`, {signal: asked.signal});
      if (answer.ok) show((await answer.json()).suggestions);
    } catch {
      // Somebody typed on, or the server is away: the box stays a plain form.
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) close();
    else timer = setTimeout(ask, wait);
  });
  input.addEventListener('keydown', (event) => {
    const last = list.children.length - 1;
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === 'ArrowDown' && !list.hidden) {
      event.preventDefault();
      choose(chosen < last ? chosen + 1 : -1);
    } else if (event.key === 'ArrowUp' && !list.hidden) {
      event.preventDefault();
      choose(chosen < 0 ? last : chosen - 1);
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    }
  });
  input.addEventListener('blur', () => {
    clearTimeout(timer);
    close();
  });
}

document.querySelectorAll('input[data-suggest]').forEach(attach);
