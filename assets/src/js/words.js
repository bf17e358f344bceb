// Sentences that scripts show, given by the page in its own language: <body data-word-…="…">.
export function word(name, values = {}) {
  const text = document.body.dataset[`word${name[0].toUpperCase()}${name.slice(1)}`] || name;
  return Object.entries(values).reduce((all, [key, value]) => all.replace(`{${key}}`, value), text);
}

// Each element is enlivened once, however often its fragment is looked at.
export function fresh(root, selector, mark) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches && root.matches(selector)) found.unshift(root);
  return found.filter((element) => {
    if (element[mark]) return false;
    element[mark] = true;
    return true;
  });
}
