// What one types: text, answers and edits, commands from the bot's menu, inline mode, files.

import { element } from './text.js';
import { sender, summary } from './message.js';

const $ = (id) => document.getElementById(id);
const INLINE_PAUSE_MS = 250;

// `app` gives post(path, body), toast(text), chat, person, bot, commands.
export function composer(app) {
  const input = $('input');
  const popup = $('popup');
  let context = null; // { kind: 'reply' | 'edit', message }
  let chosen = -1;
  let typed = 0; // grows with every change: a late answer to an old inline query is thrown away
  let timer = 0;

  const show = (...options) => {
    popup.replaceChildren(...options);
    popup.hidden = options.length === 0;
    $('menu').setAttribute('aria-expanded', String(!popup.hidden));
    chosen = -1;
  };
  const grow = () => {
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight + 2}px`;
    $('send').disabled = !input.value.trim();
  };
  const set = (text) => { input.value = text; grow(); look(); input.focus(); };

  const setContext = (next) => {
    context = next;
    $('context').hidden = !next;
    if (!next) return;
    $('contexttitle').textContent = next.kind === 'edit' ? '编辑 Edit' : `回复 Reply · ${sender(next.message)}`;
    $('contexttext').textContent = summary(next.message);
    if (next.kind === 'edit') set(next.message.text);
    input.focus();
  };

  const option = (name, words, run, extra = '') => element('button', {
    class: `option ${extra}`, type: 'button', role: 'option', 'aria-selected': 'false', onclick: run,
  }, element('b', {}, name), words ? element('span', {}, words) : null);

  const commands = (begin) => app.commands.filter((c) => c.command.startsWith(begin)).map((c) =>
    option(`/${c.command}`, c.description, () => { show(); input.value = ''; grow(); app.sendText(app.chat.kind === 'private' ? `/${c.command}` : `/${c.command}@${app.bot.username}`); }));

  // What the text so far calls for: the menu, cards, or nothing.
  function look() {
    typed += 1;
    clearTimeout(timer);
    const text = input.value;
    const command = /^\/([a-z0-9_]*)$/i.exec(text);
    if (command && context?.kind !== 'edit') return show(...commands(command[1].toLowerCase()));
    const inline = /^@(\w+)\s([^]*)$/.exec(text);
    if (inline && inline[1].toLowerCase() === app.bot.username.toLowerCase()) {
      timer = setTimeout(() => cards(inline[2], '', typed), INLINE_PAUSE_MS);
      return undefined;
    }
    const at = /(^|\s)@(\w*)$/.exec(text);
    if (at && app.bot.username.toLowerCase().startsWith(at[2].toLowerCase()) && app.chat.kind !== 'private') {
      return show(option(`@${app.bot.username}`, app.bot.first_name, () => set(`${text.slice(0, text.length - at[2].length)}${app.bot.username} `)));
    }
    return show();
  }

  async function cards(query, offset, at) {
    if (!offset) show(element('p', { class: 'hint', role: 'status' }, '正在查找… Searching…'));
    const { body } = await app.post('inline', { query, offset });
    if (at !== typed) return;
    const old = offset ? [...popup.querySelectorAll('.card')] : [];
    if (!body.answer) { show(element('p', { class: 'hint' }, '机器人没有回答 The bot did not answer')); return; }
    const results = body.answer.results.map((result) => option(result.title, result.description, async () => {
      show();
      set('');
      await app.post('choose', { query_id: body.query_id, result_id: result.id });
    }, 'card'));
    const more = body.answer.next_offset
      ? [option('更多 More', '', () => cards(query, body.answer.next_offset, typed))] : [];
    show(...old, ...results, ...more);
    if (!popup.childElementCount) show(element('p', { class: 'hint' }, '没有结果,回车可作为消息发送 No results; Enter sends it as a message'));
  }

  const move = (step) => {
    const options = [...popup.querySelectorAll('.option')];
    if (popup.hidden || !options.length) return false;
    options[chosen]?.setAttribute('aria-selected', 'false');
    chosen = (chosen + step + options.length) % options.length;
    options[chosen].setAttribute('aria-selected', 'true');
    options[chosen].scrollIntoView({ block: 'nearest' });
    return true;
  };

  async function submit() {
    const text = input.value.trim();
    if (!text) return;
    const was = context;
    show();
    typed += 1;
    input.value = '';
    setContext(null);
    grow();
    clearTimeout(timer);
    if (was?.kind === 'edit') {
      if (text !== was.message.text) await app.post('edit', { message_id: was.message.message_id, text });
    } else {
      await app.sendText(text, was?.message.message_id);
    }
  }

  async function sendFile(file) {
    if (!file) return;
    const query = new URLSearchParams({ person: app.person, name: file.name });
    if (context?.kind === 'reply') query.set('reply_to', context.message.message_id);
    setContext(null);
    const response = await fetch(`/chat/${app.chat.id}/file?${query}`, { method: 'POST', body: file, headers: { 'Content-Type': file.type || 'application/octet-stream' } });
    if (!response.ok) app.toast('文件发不出去(最大 50 MB)The file could not be sent');
  }

  input.addEventListener('input', () => { grow(); look(); });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return; // the Enter that ends a Chinese word is no message
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (move(event.key === 'ArrowDown' ? 1 : -1)) event.preventDefault();
      else if (event.key === 'ArrowUp' && !input.value) { const own = app.lastOwn(); if (own) { event.preventDefault(); setContext({ kind: 'edit', message: own }); } }
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      const option = popup.hidden ? null : popup.querySelectorAll('.option')[chosen];
      if (option) option.click(); else submit();
    } else if (event.key === 'Tab' && !popup.hidden && popup.querySelector('.option')) {
      event.preventDefault();
      (popup.querySelectorAll('.option')[Math.max(chosen, 0)]).click();
    } else if (event.key === 'Escape') {
      if (!popup.hidden) show(); else if (context) { if (context.kind === 'edit') { input.value = ''; grow(); } setContext(null); }
    }
  });
  input.addEventListener('paste', (event) => { if (event.clipboardData.files.length) { event.preventDefault(); sendFile(event.clipboardData.files[0]); } });
  $('send').addEventListener('click', submit);
  $('contextclose').addEventListener('click', () => { if (context?.kind === 'edit') { input.value = ''; grow(); } setContext(null); });
  $('menu').addEventListener('click', () => {
    if (!popup.hidden) { show(); return; }
    const all = commands('');
    show(...(all.length ? all : [element('p', { class: 'hint' }, '机器人还没有登记命令 No commands yet')]));
    input.focus();
  });
  $('attach').addEventListener('click', () => $('file').click());
  $('file').addEventListener('change', () => { sendFile($('file').files[0]); $('file').value = ''; });
  $('mention').addEventListener('click', () => set(`@${app.bot.username} ${input.value.trimStart()}`));
  document.addEventListener('click', (event) => { if (!event.target.closest('#composer')) show(); });

  return {
    reply: (message) => setContext({ kind: 'reply', message }),
    edit: (message) => setContext({ kind: 'edit', message }),
    fill: set,
    reset: () => { input.value = ''; setContext(null); show(); grow(); },
  };
}
