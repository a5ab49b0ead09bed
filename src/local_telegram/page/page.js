// The chat page: chats, the open chat, and what happens in them, told by the server as it happens.

import { composer } from './composer.js';
import { clock, drawMessage, event as told, summary, tint } from './message.js';
import { element } from './text.js';

const $ = (id) => document.getElementById(id);
const LANGUAGES = { 'zh-hans': '简', 'zh-hant': '繁', en: 'EN' };
const TYPING_MS = 5000;
const CALLBACK_MS = 15000;

const app = { chats: [], chat: null, person: 0, bot: { username: '', first_name: '' }, commands: [], messages: [], post, toast, sendText, lastOwn };
const unread = new Map();
const typing = new Map();
const waiting = new Map(); // callback query id → pressed key
let toastTimer = 0;
let heard = 0; // events so far

async function post(deed, body) {
  try {
    const response = await fetch(`/chat/${app.chat.id}/${deed}`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ person: app.person, ...body }),
    });
    return { ok: response.ok, body: await response.json() };
  } catch {
    toast('本地 Telegram 没有回应 The local Telegram does not answer');
    return { ok: false, body: {} };
  }
}

async function sendText(text, replyTo) {
  await post('send', { text, reply_to: replyTo });
  scrollDown();
}

function lastOwn() {
  return app.messages.findLast((m) => !m.by_bot && m.from?.id === app.person && m.text && !m.via_bot);
}

function toast(text) {
  $('toast').textContent = text;
  $('toast').classList.add('shown');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $('toast').classList.remove('shown'), 3500);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast('已复制 Copied');
  } catch {
    $('alerttext').textContent = text;
    $('alert').showModal();
  }
}

// ── the list ────────────────────────────────────────────────────────────────────────────────────

function drawChats() {
  $('chats').replaceChildren(...app.chats.map((chat) => {
    const language = chat.kind === 'private' ? LANGUAGES[chat.people[0]?.language] : '群 group';
    const preview = typing.has(chat.id) ? '机器人正在输入… typing…' : summary(chat.last) || '还没有消息 No messages yet';
    const count = unread.get(chat.id);
    return element('li', {}, element('button', {
      type: 'button', 'aria-current': String(chat.id === app.chat?.id), 'data-chat': chat.id, onclick: () => open(chat, true),
    },
    element('span', { class: `avatar tint${tint(chat.id)} ${chat.kind === 'private' ? '' : 'group'}`, 'aria-hidden': 'true' }, [...chat.title][0]),
    element('span', { class: 'names' },
      element('b', {}, chat.title, language ? element('span', { class: 'tag' }, language) : null, chat.last ? element('time', {}, clock(chat.last.date)) : null),
      element('p', {}, preview)),
    count ? element('span', { class: 'count', 'aria-label': `${count} 条未读 unread` }, String(count)) : null));
  }));
}

// ── the open chat ───────────────────────────────────────────────────────────────────────────────

async function open(chat, byHand) {
  const other = app.chat?.id !== chat.id;
  app.chat = chat;
  if (!chat.people.some((person) => person.id === app.person)) app.person = chat.people[0]?.id ?? 0;
  if (chat.kind === 'private') app.person = chat.id;
  unread.delete(chat.id);
  if (byHand) $('app').dataset.view = 'chat';
  if (other) typist.reset();
  try { localStorage.setItem('chat', chat.id); } catch { /* private windows have no storage */ }
  const isGroup = chat.kind !== 'private';
  $('avatar').className = `avatar tint${isGroup ? tint(chat.id) : 0} ${isGroup ? 'group' : ''}`;
  $('avatar').textContent = [...(isGroup ? chat.title : app.bot.first_name)][0] ?? '';
  $('title').textContent = isGroup ? chat.title : app.bot.first_name;
  $('as').hidden = !isGroup;
  $('mention').textContent = `@${app.bot.username}`;
  $('person').replaceChildren(...chat.people.map((person) =>
    element('option', { value: person.id, selected: person.id === app.person }, `${person.name} · ${LANGUAGES[person.language] ?? ''}`)));
  $('messages').lang = { 'zh-hant': 'zh-Hant', en: 'en' }[chat.people[0]?.language] ?? 'zh-Hans';
  drawStatus();
  drawChats();
  await load(chat);
  if (byHand && matchMedia('(hover: hover)').matches) $('input').focus();
}

async function load(chat) {
  let read;
  let before;
  do {
    before = heard;
    read = await (await fetch(`/chat/${chat.id}/messages?person=${app.person}`)).json();
    if (app.chat !== chat) return;
    // What was heard meanwhile may not be in what was read.
  } while (before !== heard);
  app.messages = read.messages;
  app.commands = read.commands;
  $('description').textContent = read.description ?? '';
  $('description').hidden = !read.description;
  drawMessages();
  scrollDown();
}

function drawMessages() {
  const isGroup = app.chat.kind !== 'private';
  const nothing = app.messages.length === 0;
  $('empty').hidden = !nothing;
  const person = app.chat.people.find((one) => one.id === app.person);
  $('emptytitle').textContent = isGroup ? app.chat.title : app.bot.first_name;
  $('emptyhint').textContent = isGroup
    ? `在群里要提到 @${app.bot.username} 或回复它,它才会回答。\nIn a group, mention the bot or reply to it.`
    : `你现在是${person?.name ?? ''}。按“开始”,然后像在 Telegram 里一样提问。\nYou are ${person?.name ?? ''}. Press Start, then ask away.`;
  $('start').firstChild.textContent = isGroup ? '提到它 ' : '开始 ';
  $('start').lastElementChild.textContent = isGroup ? 'Mention it' : 'Start';
  let day = '';
  let from = '';
  const drawn = [];
  for (const message of app.messages) {
    const date = new Date(message.date * 1000).toLocaleDateString('zh-Hans', { month: 'long', day: 'numeric' });
    if (date !== day) { drawn.push(element('div', { class: 'day' }, date)); from = ''; }
    const made = drawMessage(message, act());
    const now = told(message) ? '' : made.dataset.from;
    if (now && now === from) made.classList.add('near');
    drawn.push(made);
    [day, from] = [date, now];
  }
  $('messages').replaceChildren(...drawn);
}

const find = (id) => $('messages').querySelector(`[data-id="${Number(id)}"]`);

function added(message) {
  // What was read may hold it already.
  if (app.messages.some((one) => one.message_id === message.message_id)) { changed(message); return; }
  const last = app.messages.at(-1);
  app.messages.push(message);
  const wasDown = isDown();
  if (!last || new Date(last.date * 1000).toDateString() !== new Date(message.date * 1000).toDateString()) {
    drawMessages();
  } else {
    const made = drawMessage(message, act());
    if (!told(message) && find(last.message_id)?.dataset.from === made.dataset.from) made.classList.add('near');
    $('messages').append(made);
  }
  if (wasDown || message.from?.id === app.person) scrollDown(); else $('down').hidden = false;
}

function changed(message) {
  const at = app.messages.findIndex((one) => one.message_id === message.message_id);
  if (at < 0) return;
  app.messages[at] = message;
  const old = find(message.message_id);
  const wasDown = isDown();
  const made = drawMessage(message, act());
  if (old.classList.contains('near')) made.classList.add('near');
  made.style.animation = 'none';
  const focused = old.contains(document.activeElement) && [...old.querySelectorAll('button, a')].indexOf(document.activeElement);
  old.replaceWith(made);
  if (focused !== false && focused >= 0) made.querySelectorAll('button, a')[focused]?.focus({ preventScroll: true });
  if (wasDown) scrollDown();
}

function removed(id) {
  app.messages = app.messages.filter((message) => message.message_id !== id);
  drawMessages();
}

const isDown = () => $('scroll').scrollHeight - $('scroll').scrollTop - $('scroll').clientHeight < 120;
function scrollDown() {
  $('scroll').scrollTop = $('scroll').scrollHeight;
  $('down').hidden = true;
}

function drawStatus() {
  const busy = typing.has(app.chat?.id);
  $('status').classList.toggle('busy', busy);
  const people = app.chat?.people ?? [];
  $('status').textContent = busy ? '正在输入… typing…'
    : app.chat?.kind === 'private' ? `机器人 bot · 与${people[0]?.name ?? ''}的聊天` : `${people.length} 位成员和机器人 members and the bot`;
}

// ── what one can do with a message ──────────────────────────────────────────────────────────────

function act() {
  return {
    me: app.person, group: app.chat.kind !== 'private', bot: app.bot.username, copy, toast,
    command: (text) => sendText(text),
    mention: (text) => typist.fill(`${text} `),
    start: (payload) => sendText(`/start ${payload}`),
    inline: (query) => typist.fill(`@${app.bot.username} ${query}`),
    reply: (message) => typist.reply(message),
    edit: (message) => typist.edit(message),
    remove: (message) => post('delete', { message_id: message.message_id }),
    jump: (id) => {
      const to = find(id);
      to?.scrollIntoView({ block: 'center', behavior: 'smooth' });
      to?.querySelector('.bubble')?.classList.remove('flash');
      requestAnimationFrame(() => to?.querySelector('.bubble')?.classList.add('flash'));
    },
    press: async (message, row, column, key) => {
      key.classList.add('busy');
      const { ok, body } = await post('press', { message_id: message.message_id, row, column });
      if (!ok) { key.classList.remove('busy'); toast('这个按钮已失效 This button is gone'); return; }
      const early = waiting.get(body.query_id);
      if (early) { waiting.delete(body.query_id); key.classList.remove('busy'); return; }
      waiting.set(body.query_id, key);
      setTimeout(() => { if (waiting.delete(body.query_id)) key.classList.remove('busy'); }, CALLBACK_MS);
    },
  };
}

// ── what happens ────────────────────────────────────────────────────────────────────────────────

const happen = {
  hello: refresh,
  message({ chat, message }) {
    const found = app.chats.find((one) => one.id === chat);
    if (!found) return;
    found.last = message;
    if (message.by_bot) stopTyping(chat);
    if (chat === app.chat?.id) added(message); else if (message.by_bot) unread.set(chat, (unread.get(chat) ?? 0) + 1);
    if (chat === app.chat?.id) $('empty').hidden = true;
    drawChats();
  },
  edit({ chat, message }) {
    const found = app.chats.find((one) => one.id === chat);
    if (found?.last?.message_id === message.message_id) { found.last = message; drawChats(); }
    if (chat === app.chat?.id) changed(message);
  },
  delete({ chat, message_id }) { if (chat === app.chat?.id) removed(message_id); },
  action({ chat }) {
    clearTimeout(typing.get(chat));
    typing.set(chat, setTimeout(() => stopTyping(chat), TYPING_MS));
    drawStatus();
    drawChats();
  },
  callback({ id, person, text, alert, url }) {
    const key = waiting.get(id);
    key?.classList.remove('busy');
    // The answer may be here before the page knows the query's id.
    if (key) waiting.delete(id); else waiting.set(id, true);
    if (person !== app.person) return;
    if (text && alert) { $('alerttext').textContent = text; $('alert').showModal(); } else if (text) toast(text);
    const payload = url && new URL(url).searchParams.get('start');
    if (payload) sendText(`/start ${payload}`);
  },
  commands() { if (app.chat) load(app.chat); },
};

function stopTyping(chat) {
  clearTimeout(typing.get(chat));
  if (typing.delete(chat)) { drawStatus(); drawChats(); }
}

async function refresh() {
  const read = await (await fetch('/chat/state')).json();
  app.bot = read.bot;
  app.chats = read.chats;
  let remembered = null;
  try { remembered = Number(localStorage.getItem('chat')); } catch { /* no storage, no memory */ }
  const asked = Number(new URLSearchParams(location.search).get('chat'));
  const wanted = [app.chat?.id, asked, remembered].map((id) => app.chats.find((chat) => chat.id === id)).find(Boolean);
  await open(wanted ?? app.chats[0], false);
}

function listen() {
  const source = new EventSource('/chat/events');
  source.onopen = () => { $('offline').hidden = true; };
  source.onerror = () => {
    $('offline').hidden = false;
    // A browser gives up after a refused connection; then we try again.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
  source.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    heard += 1;
    happen[event.kind]?.(event);
  };
}

const typist = composer(app);
$('back').addEventListener('click', () => { $('app').dataset.view = 'list'; });
$('down').addEventListener('click', scrollDown);
$('scroll').addEventListener('scroll', () => { if (isDown()) $('down').hidden = true; });
$('start').addEventListener('click', () => {
  if (app.chat.kind === 'private') sendText('/start'); else typist.fill(`@${app.bot.username} `);
});
$('person').addEventListener('change', () => { app.person = Number($('person').value); drawMessages(); load(app.chat); });
listen();
