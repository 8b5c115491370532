/* The reading control of localized pages. A page reads without it; it asks for nothing elsewhere. */
(() => {
  "use strict";
  const root = document.documentElement, WAYS = ["translation", "both", "english"];
  const INLINE = /^(A|ABBR|B|BDI|BR|CITE|CODE|DEL|DFN|EM|I|IMG|INS|KBD|MARK|Q|S|SAMP|SMALL|SPAN|STRONG|SUB|SUP|U|VAR|WBR)$/;
  const SENTENCE = "[data-ttu-id]", EITHER = SENTENCE + ",[data-stu-id]";
  const asked = new URLSearchParams(location.search);
  let bar, article, popup, shown, cursor, links, pairs = [], isLinked;
  const all = (selector, from = article) => [...from.querySelectorAll(selector)];
  const on = (node, name, act) => node.addEventListener(name, act);
  const one = (selector) => bar.querySelector(selector);
  const top = (node) => node.getBoundingClientRect().top;
  const way = () => root.dataset.bitextWay;
  const make = (name, suffix, text) => {
    const node = document.createElement(name);
    if (suffix) node.className = "bitext-" + suffix;
    if (text) node.textContent = text;
    return node;
  };

  /* Memory: a shared address first, for this visit; then the reader's own choice. */
  const recall = (store, key) => { try { return window[store].getItem("bitext-" + key); } catch { return null; } };
  const keep = (store, key, value) => { try { window[store].setItem("bitext-" + key, value); } catch { /* without memory */ } };
  const forVisit = "sessionStorage", forLife = "localStorage";
  const known = [asked.get("reading"), recall(forVisit, "way"), recall(forLife, "way"), WAYS[0]];
  root.dataset.bitextWay = known.find((name) => WAYS.includes(name));
  if (WAYS.includes(known[0])) keep(forVisit, "way", known[0]);

  const tell = () => {
    const url = new URL(location);
    if (way() === WAYS[0]) url.searchParams.delete("reading");
    else url.searchParams.set("reading", way());
    try { history.replaceState(history.state, "", url); } catch { /* a file has no query */ }
  };
  const englishOf = (sentence) => {
    const next = sentence.nextElementSibling;
    return next?.className === "sxs-lookup" ? next.firstElementChild : null;
  };

  /* The English looks as the translation does, and links where that does. */
  const link = () => {
    if (isLinked) return;
    isLinked = true;
    for (const code of all(".sxs-lookup code")) code.className = "docutils literal";
    for (const span of all(".sxs-lookup [data-link]")) {
      const own = span.closest(".sxs-lookup").previousElementSibling;
      const same = all("a[href]:not(.footnote-reference)", own)[span.dataset.link];
      if (!same || span.closest("a")) continue;
      /* a link that has no words of its own says the title of its target, in this language */
      const isBare = !span.firstChild, copy = same.cloneNode(isBare);
      if (isBare) copy.lang = root.lang;
      copy.removeAttribute("id");
      copy.append(...span.childNodes);
      span.replaceWith(copy);
    }
  };

  /* Side by side: each run of inline nodes that holds sentences, beside its English. */
  const isInline = (node) => node.nodeType > 1 || (INLINE.test(node.nodeName) && !node.matches(".headerlink"));
  const copyEnglish = (node) => {
    if (node.nodeType === 3) return node.data;
    if (node.nodeType > 1 || node.matches(".sxs-lookup,.headerlink,.bitext-tag,.footnote-reference,.bitext-hidden")) return "";
    const own = node.dataset.ttuId, other = own && englishOf(node);
    if (other) return other.cloneNode(true);
    const copy = node.cloneNode(false);
    for (const name of ["id", "tabindex", "data-ttu-id"]) copy.removeAttribute(name);
    if (own) copy.dataset.stuId = own;
    copy.append(...[...node.childNodes].map(copyEnglish));
    return copy;
  };
  const findRuns = () => {
    const runs = [], seen = new Set();
    for (let node of all(SENTENCE)) {
      while (isInline(node.parentNode)) node = node.parentNode;
      if (seen.has(node)) continue;
      while (node.previousSibling && isInline(node.previousSibling)) node = node.previousSibling;
      const run = [];
      for (; node && isInline(node); node = node.nextSibling) run.push(node);
      run.forEach((part) => seen.add(part));
      runs.push(run);
    }
    return runs;
  };
  const pair = () => {
    const lang = one("[value=english]+span").lang;
    for (const run of pairs.length ? [] : findRuns()) {
      const whole = make("span", "pair"), own = make("span", "own"), other = make("span", "other");
      Object.assign(other, { lang, dir: "ltr" }).append(...run.map(copyEnglish));
      run[0].before(whole);
      own.append(...run);
      whole.append(own, other);
      whole.classList.toggle("is-long", /[!-\u2e7f]{21}/.test(whole.textContent));
      pairs.push(whole);
    }
  };
  const unpair = () => {
    for (const whole of pairs) whole.replaceWith(...whole.firstChild.childNodes);
    pairs = [];
  };
  /* What the reader looks at stays where it is. */
  const show = (name) => {
    close();
    light();
    const seen = scrollY > 9 && all("p,li,h1,h2,h3,h4,pre,tr").find((block) => top(block) > 60);
    const before = seen && top(seen);
    root.dataset.bitextWay = name;
    if (name !== WAYS[0]) link();
    if (name === "both") pair(); else unpair();
    one(`[value=${name}]`).checked = true;
    tell();
    if (seen) scrollBy({ top: top(seen) - before, behavior: "instant" });
  };

  /* The lit sentence, on both sides. */
  const light = (sentence) => {
    for (const other of all(".bitext-lit")) other.classList.remove("bitext-lit");
    const id = sentence && CSS.escape(sentence.dataset.ttuId || sentence.dataset.stuId);
    if (!id || way() === "english") return;
    for (const other of all(`[data-ttu-id=${id}],[data-stu-id=${id}]`)) other.classList.add("bitext-lit");
  };

  /* One sentence's English. */
  const open = (sentence) => {
    close();
    if (!englishOf(sentence) || way() !== WAYS[0]) return;
    link();
    shown = sentence;
    popup = make("div", "lookup");
    popup.id = "bitext-lookup";
    popup.role = "status";
    popup.append(make("span", "hidden", bar.dataset.original + ": "), englishOf(sentence).cloneNode(true));
    document.body.append(popup);
    sentence.setAttribute("aria-describedby", popup.id);
    light(sentence);
    place();
  };
  const place = () => {
    const lines = [...shown.getClientRects()], line = lines.at(-1);
    if (!line) return close();
    popup.style.left = popup.style.top = 0;
    const zero = popup.getBoundingClientRect();
    const isBelow = line.bottom + 4 + zero.height < innerHeight || lines[0].top < zero.height + 4;
    const left = Math.max(8, Math.min(line.left, root.clientWidth - zero.width - 8));
    popup.style.left = left - zero.left + "px";
    popup.style.top = (isBelow ? line.bottom + 4 : lines[0].top - zero.height - 4) - zero.top + "px";
  };
  const close = () => {
    if (!popup) return false;
    popup.remove();
    shown.removeAttribute("aria-describedby");
    popup = shown = null;
    light();
    return true;
  };
  const toggle = (sentence) => sentence === shown ? close() : open(sentence);

  /* Keys: the article is one stop of the Tab key; arrows go from sentence to sentence. */
  const steer = (sentence) => {
    cursor?.removeAttribute("tabindex");
    cursor = sentence;
    if (cursor) cursor.tabIndex = 0;
  };
  const step = (by) => {
    const sentences = all(SENTENCE).filter((other) => other.getClientRects().length);
    const next = sentences[sentences.indexOf(cursor) + by];
    if (!next) return;
    const wasOpen = close();
    steer(next);
    next.focus();
    if (wasOpen) open(next);
  };
  const press = (event) => {
    const key = event.key, languages = one("details[open]");
    if (key === "Escape") {
      if (languages) {
        languages.open = false;
        languages.firstElementChild.focus();
      } else if (popup) close(); else if (article) light();
    } else if (event.target === cursor && !event.altKey && !event.ctrlKey && !event.metaKey) {
      if (key === "ArrowDown") step(1);
      else if (key === "ArrowUp") step(-1);
      else if (key === "Enter" || key === " ") toggle(cursor);
      else return;
      event.preventDefault();
    }
  };
  const click = ({ target }) => {
    if (target.closest(".bitext-lookup")) return;
    if (target.closest("a,button,input,label,select,summary,textarea,video,audio")) return close();
    if (!getSelection().isCollapsed) return;
    const sentence = target.closest(EITHER);
    if (!sentence || !article.contains(sentence)) return close();
    if (way() === "both") return light(sentence);
    if (!sentence.dataset.ttuId) return;
    steer(sentence);
    toggle(sentence);
  };

  /* Review: ID, state and origin behind each sentence, with a link to its entry. */
  const review = () => {
    const wanted = asked.get("review") ?? recall(forVisit, "review");
    keep(forVisit, "review", wanted || 0);
    if (!+wanted) return;
    const states = JSON.parse(bar.dataset.states), pattern = bar.dataset.review;
    for (const sentence of all(SENTENCE)) {
      const { ttuId: id, ttuState, ttuOrigin, line, article } = sentence.dataset;
      const state = states[ttuState || (sentence.lang ? "untranslated" : "translated")];
      const values = { id, line, article };
      const tag = make(pattern && !sentence.closest("a") ? "a" : "span", "tag", [id, state, ttuOrigin].filter(Boolean).join(" · "));
      tag.href = pattern?.replace(/\{(id|line|article)\}/g, (_, name) => encodeURI(values[name]));
      (englishOf(sentence)?.parentNode ?? sentence).after(tag);
    }
  };

  /* Languages: the same heading there; the reader's own offered once, never forced. */
  const aim = () => {
    const passed = scrollY < 50 ? [] : all("section[id],:is(h1,h2,h3,h4)[id]", bar.parentNode).filter((part) => top(part) < innerHeight / 3);
    const hash = passed.length ? "#" + passed.at(-1).id : scrollY < 50 ? location.hash : "";
    for (const other of links) {
      other.hash = hash;
      if (!article) other.search = location.search;
    }
  };
  const offer = () => {
    if (recall(forLife, "language")) return;
    const base = (tag) => tag.split("-")[0];
    for (const wanted of navigator.languages) {
      if (base(root.lang) === base(wanted)) return;
      const fitting = links.filter((other) => base(other.hreflang) === base(wanted));
      const found = fitting.find((other) => other.hreflang === wanted) || fitting[0];
      if (found) return suggest(found);
    }
  };
  const suggest = ({ href, hreflang, dir, dataset }) => {
    if (!dataset.offer) return;
    const line = make("p", "offer"), no = make("button", "", "×");
    const other = Object.assign(make("a", "", dataset.offer), { href, hreflang, dir, lang: hreflang });
    no.type = "button";
    no.ariaLabel = one("details").dataset.close;
    no.onclick = () => { keep(forLife, "language", root.lang); line.remove(); };
    links.push(other);
    line.append(other, no);
    bar.prepend(line);
  };

  /* Scrolled away, the control comes back at the bottom when the reader scrolls up. */
  const watch = () => {
    let last = scrollY;
    const mark = (name, is) => bar.classList.toggle("is-" + name, is);
    new IntersectionObserver(([{ isIntersecting, boundingClientRect: box }]) => {
      const isAway = !isIntersecting && box.top < 0;
      bar.style.minHeight = isAway ? box.height + "px" : "";
      mark("away", isAway);
      mark("down", isAway);
    }).observe(bar);
    addEventListener("scroll", () => {
      if (Math.abs(scrollY - last) < 8) return;
      if (!one("details[open]")) mark("down", scrollY > last);
      last = scrollY;
    }, { passive: true });
  };

  document.addEventListener("DOMContentLoaded", () => {
    bar = document.querySelector(".bitext-bar");
    if (!bar) return;
    /* What Sphinx leaves out: how deep its captions are, and code that only a mouse can scroll. */
    for (const caption of all("[role=heading]:not([aria-level])", document)) caption.ariaLevel = 2;
    for (const code of all("pre", document)) if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
    links = all("a[hreflang]:not([aria-current])", bar);
    offer();
    watch();
    on(document, "keydown", press);
    for (const name of ["pointerdown", "focusin", "click"]) on(bar, name, aim);
    on(document, "click", ({ target }) => {
      const languages = one("details[open]"), to = target.closest(".bitext-bar a[hreflang]");
      if (languages && !languages.contains(target)) languages.open = false;
      if (to) keep(forLife, "language", to.hreflang);
    });
    if (!one("fieldset")) return;
    article = bar.parentNode;
    on(bar, "change", ({ target }) => {
      for (const store of [forVisit, forLife]) keep(store, "way", target.value);
      show(target.value);
    });
    on(document, "click", click);
    const follow = ({ target, pointerType }) => {
      if (!shown && pointerType !== "touch" && (way() === "both" || !pointerType)) light(target.closest(EITHER));
    };
    on(article, "pointerover", follow);
    on(article, "focusin", follow);
    on(article, "pointerleave", () => shown || light());
    new ResizeObserver(() => {
      const width = bar.clientWidth;
      if (!width) return;
      article.style.setProperty("--bx-width", width + "px");
      article.classList.toggle("is-narrow", width < 480);
      if (popup) place();
    }).observe(bar);
    review();
    steer(article.querySelector(SENTENCE + ":not([lang])"));
    show(way());
  });
})();
