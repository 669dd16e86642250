// Keeps the page live. Without it everything can be read just as well; one loads the page again to see what is new.
(() => {
  'use strict';

  const here = location.pathname.replace(/\/+$/, '');
  const SLEEP_AFTER = 60_000;   // hidden for so long, a page needs no connection
  const SILENCE = 65_000;       // three heartbeats: the connection is dead, whatever the browser believes
  const POLL = 60_000;          // when the server has no room for one more open page
  const FRESHEN = 300_000;      // days turn while a page is open

  let stream, sleeping, watchdog, polling, fetching = false, again = false;

  const story = () => document.getElementById('story');

  function connect() {
    if (stream || document.hidden) return;
    stream = new EventSource(here + '/events');
    stream.addEventListener('version', event => { alive(); if (event.data !== story().dataset.version) refresh(); });
    stream.addEventListener('change', () => { alive(); refresh(); });
    stream.addEventListener('beat', alive);
    stream.onerror = () => {
      live(false);
      if (stream && stream.readyState === EventSource.CLOSED) {
        disconnect();
        polling = setTimeout(() => { refresh(); connect(); }, POLL * (0.75 + Math.random() / 2));
      }
    };
  }

  function disconnect() {
    clearTimeout(watchdog);
    clearTimeout(polling);
    if (stream) stream.close();
    stream = undefined;
    live(false);
  }

  function alive() {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => { disconnect(); connect(); }, SILENCE);
    live(true);
    showTime();
  }

  function live(on) {
    const line = story().querySelector('.as-of');
    line.classList.toggle('is-live', on);
    line.querySelector('.live').hidden = !on;
  }

  // What the page shows is as of now: the server has just said that nothing else is known.
  function showTime() {
    const line = story().querySelector('.as-of');
    const options = { timeZone: line.dataset.zone };
    const language = document.documentElement.lang + '-u-nu-latn';
    const now = new Date();
    const time = line.querySelector('time');
    if (sameDay(new Date(time.dateTime), now, options)) {
      line.querySelector('.clock').textContent = clock(language, time, now, options);
      time.dateTime = now.toISOString();
    } else {
      refresh();
    }
  }

  // As the server wrote it: 24 hours, unless there was a word for the half of the day.
  function clock(language, time, now, options) {
    const before = time.querySelector('.clock').textContent;
    return new Intl.DateTimeFormat(language,
      { ...options, hour: 'numeric', minute: '2-digit', hour12: /[^\d\s:.]/.test(before) }).format(now);
  }

  function sameDay(one, other, options) {
    const day = new Intl.DateTimeFormat('en-CA', options);
    return day.format(one) === day.format(other);
  }

  async function refresh() {
    if (fetching) { again = true; return; }
    fetching = true;
    try {
      const answer = await fetch(here + '/story', { cache: 'no-store' });
      if (answer.ok) show(await answer.text());
      else if (answer.status === 404) location.reload();
    } catch (offline) {
      // The next heartbeat or the next look brings it.
    } finally {
      fetching = false;
      if (again) { again = false; refresh(); }
    }
  }

  function show(html) {
    const next = new DOMParser().parseFromString(html, 'text/html').getElementById('story');
    const now = story();
    if (!next || next.dataset.version === now.dataset.version) return;
    const news = next.dataset.news !== now.dataset.news;
    markFresh(now, next);
    keepFocus(() => now.replaceWith(document.adoptNode(next)));
    live(Boolean(stream));
    document.title = next.dataset.title;
    if (news) document.getElementById('news').textContent = next.dataset.news;
  }

  // What was not there before arrives gently, so that the eye finds it.
  function markFresh(now, next) {
    for (const item of next.querySelectorAll('.chapters > ol > li.done, .event, .letters li')) {
      const known = [...now.querySelectorAll(selectorOf(item))].some(old => old.textContent === item.textContent);
      if (!known) item.classList.add('fresh');
    }
    if (now.dataset.news !== next.dataset.news) next.querySelector('.now').classList.add('fresh');
  }

  function selectorOf(item) {
    return item.matches('.event') ? '.event' : item.matches('.letters li') ? '.letters li' : '.chapters > ol > li.done';
  }

  function keepFocus(change) {
    const links = () => [...story().querySelectorAll('a')];
    const place = links().indexOf(document.activeElement);
    change();
    if (place >= 0 && links()[place]) links()[place].focus({ preventScroll: true });
  }

  document.addEventListener('visibilitychange', () => {
    clearTimeout(sleeping);
    if (document.hidden) {
      sleeping = setTimeout(disconnect, SLEEP_AFTER);
    } else if (!stream) {
      connect();
    }
  });
  window.addEventListener('pagehide', disconnect);
  window.addEventListener('pageshow', event => { if (event.persisted) connect(); });
  setInterval(() => { if (!document.hidden) refresh(); }, FRESHEN);

  connect();
})();
