// Draws a text with its entities. Offsets are UTF-16 units, as JavaScript counts. Data becomes text nodes only.

const TAGS = { bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', blockquote: 'blockquote' };

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

// Only addresses that a messenger opens; anything else is no link.
export function safeUrl(address) {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`);
    return ['http:', 'https:', 'mailto:', 'tg:'].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

// `act` answers clicks: act.command(text), act.mention(text), act.start(payload), act.copy(text); act.bot is the bot's username.
export function draw(text, entities, act) {
  return part(text, (entities ?? []).map((e) => ({ ...e, end: e.offset + e.length })), 0, text.length, act);
}

function part(text, entities, from, to, act) {
  const drawn = document.createDocumentFragment();
  let at = from;
  let afterBlock = false;
  const words = (start, end, beforeBlock) => {
    let piece = text.slice(start, end);
    // A block stands on lines of its own: the line breaks around it are already drawn.
    if (afterBlock && piece.startsWith('\n')) piece = piece.slice(1);
    if (beforeBlock && piece.endsWith('\n')) piece = piece.slice(0, -1);
    if (piece) drawn.append(piece);
  };
  const order = (a, b) => a.offset - b.offset || b.end - a.end || isBlock(b) - isBlock(a);
  let queue = [...entities].sort(order);
  while (queue.length) {
    const entity = queue.shift();
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.end, to);
    if (end <= start) continue;
    words(at, start, isBlock(entity));
    const inside = queue.filter((other) => other.offset < end);
    const beyond = inside.filter((other) => other.end > end).map((other) => ({ ...other, offset: end }));
    queue = queue.filter((other) => other.offset >= end).concat(beyond).sort(order);
    drawn.append(wrap(entity, text.slice(start, end), part(text, inside, start, end, act), act));
    at = end;
    afterBlock = isBlock(entity);
  }
  words(at, to, false);
  return drawn;
}

const isBlock = (entity) => ['blockquote', 'expandable_blockquote', 'pre'].includes(entity.type);

function wrap(entity, text, inside, act) {
  if (TAGS[entity.type]) return element(TAGS[entity.type], {}, inside);
  const button = (onclick, label) => element('button', { class: 'linklike', type: 'button', onclick, 'aria-label': label }, inside);
  switch (entity.type) {
    case 'expandable_blockquote': return expandable(inside);
    case 'spoiler': return spoiler(inside);
    case 'code': return element('code', { title: '点按复制 Copy', onclick: () => act.copy(text) }, inside);
    case 'pre': return element('pre', {}, element('code', {}, inside));
    case 'bot_command': return button(() => act.command(text));
    case 'mention': return button(() => act.mention(text));
    case 'url': return link(text, inside, act);
    case 'text_link': return link(entity.url, inside, act);
    case 'email': return link(`mailto:${text}`, inside, act);
    case 'hashtag': case 'cashtag': case 'text_mention': case 'phone_number': return element('span', { class: 'linklike' }, inside);
    default: return inside;
  }
}

function link(address, inside, act) {
  const url = safeUrl(address ?? '');
  if (!url) return inside;
  const own = ['t.me', 'telegram.me'].includes(url.hostname) && url.pathname.slice(1).toLowerCase() === act.bot.toLowerCase();
  if (own && url.searchParams.has('start')) {
    return element('button', { class: 'linklike', type: 'button', onclick: () => act.start(url.searchParams.get('start')) }, inside);
  }
  return element('a', { href: url.href, title: url.href, target: '_blank', rel: 'noopener noreferrer' }, inside);
}

function expandable(inside) {
  const quote = element('blockquote', {
    class: 'expandable', role: 'button', tabindex: '0', 'aria-expanded': 'false', title: '展开或收起 Expand or collapse',
  }, element('span', { class: 'inside' }, inside));
  const toggle = () => quote.setAttribute('aria-expanded', String(quote.getAttribute('aria-expanded') === 'false'));
  quote.addEventListener('click', (event) => {
    if (!event.target.closest('a, button, .spoiler') && !String(getSelection())) toggle();
  });
  quote.addEventListener('keydown', (event) => {
    if (event.target === quote && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); toggle(); }
  });
  // What fits into the three lines needs no unfolding.
  requestAnimationFrame(() => {
    const whole = quote.firstChild;
    if (quote.isConnected && whole.scrollHeight <= whole.clientHeight + 2) quote.classList.add('short');
  });
  return quote;
}

function spoiler(inside) {
  const show = () => hidden.classList.add('shown');
  const hidden = element('span', { class: 'spoiler', role: 'button', tabindex: '0', 'aria-label': '剧透,点按显示 Spoiler', onclick: show, onkeydown: (event) => event.key === 'Enter' && show() }, inside);
  return hidden;
}
