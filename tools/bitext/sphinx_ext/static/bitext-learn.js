// Tabs, zones and videos of Microsoft Learn's dialect. Without this script tabs and zones follow
// one another, and a video is a link.
(() => {
  "use strict";

  const YOUTUBE = "https://www.youtube-nocookie.com/embed/$1";
  const SOUNDS = /\.(?:aac|flac|m4a|mp3|oga|ogg|wav)$/i;
  const FILMS = /\.(?:3gp|avi|m4v|mov|mp4|mpe?g|ogv|webm|wmv)$/i;

  const groups = [];
  const choices = [];
  let zones = [];

  /** Move the words of `source` to `target`: the reading control knows their sentences there too. */
  function moveWords(source, target) {
    for (const link of source.querySelectorAll(".headerlink")) link.remove();
    for (const link of source.querySelectorAll("a")) link.replaceWith(...link.childNodes);
    target.append(...source.childNodes);
  }

  // Tabs

  /** Show the tab with this ID in each group that has one, and fit what depends on it. */
  function chooseTab(id) {
    for (const group of groups) {
      if (group.tabs.some((tab) => tab.dataset.id === id)) group.chosen = id;
      for (const tab of group.tabs) tab.hidden = tab.dataset.id !== group.chosen;
      for (const button of group.buttons) {
        const isChosen = button.dataset.id === group.chosen;
        button.setAttribute("aria-selected", String(isChosen));
        button.tabIndex = isChosen ? 0 : -1;
      }
    }
    const chosen = new Set(groups.map((group) => group.chosen));
    for (const group of groups) {
      const shown = group.tabs.filter((tab) => tab.dataset.id === group.chosen);
      if (shown.length < 2) continue;
      const fitting = shown.find((tab) => chosen.has(tab.dataset.condition)) || shown[0];
      for (const tab of shown) tab.hidden = tab !== fitting;
    }
  }

  /** Go to another tab with the keys that do so in any program. */
  function moveTo(event, buttons) {
    const place = buttons.indexOf(event.target.closest("button"));
    const isReversed = getComputedStyle(buttons[0]).direction === "rtl";
    const step = { ArrowRight: isReversed ? -1 : 1, ArrowLeft: isReversed ? 1 : -1 }[event.key];
    const count = buttons.length;
    const next = { Home: 0, End: count - 1 }[event.key] ?? (place + step + count) % count;
    if (place < 0 || Number.isNaN(next) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    buttons[next].focus();
    chooseTab(buttons[next].dataset.id);
  }

  function makeButton(tab, number) {
    const button = document.createElement("button");
    button.type = "button";
    button.id = `learn-tab-${number}`;
    button.dataset.id = tab.dataset.id;
    button.setAttribute("role", "tab");
    const title = tab.querySelector(":scope > .learn-tab-title");
    if (title) moveWords(title, button);
    button.addEventListener("click", () => chooseTab(tab.dataset.id));
    return button;
  }

  function makeTabs(element, place) {
    const tabs = [...element.querySelectorAll(":scope > .learn-tab")];
    const bar = document.createElement("div");
    bar.className = "learn-tab-buttons";
    bar.setAttribute("role", "tablist");
    const buttons = [];
    tabs.forEach((tab, number) => {
      let button = buttons.find((own) => own.dataset.id === tab.dataset.id);
      if (!button) buttons.push((button = makeButton(tab, `${place}-${number}`)));
      tab.setAttribute("role", "tabpanel");
      tab.setAttribute("aria-labelledby", button.id);
    });
    bar.append(...buttons);
    bar.addEventListener("keydown", (event) => moveTo(event, buttons));
    element.prepend(bar);
    element.classList.add("learn-ready");
    groups.push({ tabs, buttons, chosen: tabs.length ? tabs[0].dataset.id : "" });
  }

  // Zones

  const pivotsOf = (zone) => zone.dataset.pivot.split(",").map((name) => name.trim());

  /** Show the zones of what is chosen in each group, and those that are of no group. */
  function showZones() {
    for (const zone of zones) {
      const own = pivotsOf(zone);
      zone.hidden = choices.some(
        ({ pivots, chosen }) => own.some((name) => pivots.includes(name)) && !own.includes(chosen),
      );
    }
  }

  function choosePivot(choice, name) {
    choice.chosen = name;
    for (const input of choice.inputs) input.checked = input.value === name;
    showZones();
  }

  /** Remember what a reader chose: for other pages, and in the address, to be sent to others. */
  function rememberPivot(choice) {
    const address = new URL(location.href);
    address.searchParams.set("pivots", choices.map((own) => own.chosen).join(","));
    try {
      localStorage.setItem(`learn-pivot-${choice.group}`, choice.chosen);
      history.replaceState(history.state, "", address);
    } catch {
      // what cannot be remembered is chosen all the same
    }
  }

  function recallPivot(choice) {
    const asked = (new URL(location.href).searchParams.get("pivots") || "").split(",");
    let former = "";
    try {
      former = localStorage.getItem(`learn-pivot-${choice.group}`);
    } catch {
      // nothing is remembered
    }
    const { pivots } = choice;
    return pivots.find((name) => asked.includes(name)) || pivots.find((name) => name === former);
  }

  function makeChoice(element) {
    const group = element.dataset.group;
    const field = document.createElement("fieldset");
    const legend = document.createElement("legend");
    moveWords(element.querySelector(":scope > p"), legend);
    field.append(legend);
    const choice = { group, pivots: [], inputs: [], chosen: "" };
    for (const pivot of element.querySelectorAll(":scope > .learn-pivot")) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = "radio";
      input.name = `learn-pivot-${group}`;
      input.value = pivot.dataset.pivot;
      const words = document.createElement("span");
      moveWords(pivot.querySelector("p"), words);
      label.append(input, words);
      input.addEventListener("change", () => {
        choosePivot(choice, input.value);
        rememberPivot(choice);
      });
      field.append(label);
      choice.inputs.push(input);
      choice.pivots.push(input.value);
    }
    element.append(field);
    element.classList.add("learn-ready");
    choices.push(choice);
  }

  function makeZones() {
    document.querySelectorAll(".learn-pivots").forEach(makeChoice);
    zones = [...document.querySelectorAll(".learn-zone[data-pivot]")].filter((zone) =>
      choices.some(({ pivots }) => pivotsOf(zone).some((name) => pivots.includes(name))),
    );
    for (const zone of zones) zone.classList.add("learn-ready");
    for (const choice of choices) choosePivot(choice, recallPivot(choice) || choice.pivots[0]);
  }

  /** Show the zone and the tab in which the place is that the address names. */
  function reveal() {
    const place = document.querySelector(":target");
    let inner = place ? place.parentElement.closest("[hidden]") : null;
    if (!inner) return;
    while (inner) {
      if (inner.matches(".learn-tab")) chooseTab(inner.dataset.id);
      for (const choice of inner.matches(".learn-zone") ? choices : []) {
        const own = pivotsOf(inner);
        const name = choice.pivots.find((pivot) => own.includes(pivot));
        if (name && !own.includes(choice.chosen)) choosePivot(choice, name);
      }
      inner = inner.parentElement.closest("[hidden]");
    }
    place.scrollIntoView();
  }

  // Videos

  /** Return the address of what plays the video at an address in a page. */
  const playerOf = (address) =>
    address
      .replace(/^https:\/\/(?:(?:www|m)\.)?youtube\.com\/watch\?(?:.*&)?v=([\w-]+).*/, YOUTUBE)
      .replace(/^https:\/\/youtu\.be\/([\w-]+).*/, YOUTUBE)
      .replace(/^https:\/\/(?:www\.)?vimeo\.com\/(\d+).*/, "https://player.vimeo.com/video/$1");

  function makeFrame(link) {
    const frame = document.createElement("iframe");
    frame.src = playerOf(link.href);
    frame.title = link.textContent;
    frame.allowFullscreen = true;
    frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-presentation";
    return frame;
  }

  function makePlayer(link, kind) {
    const player = document.createElement(kind);
    player.src = link.href;
    player.controls = player.autoplay = true;
    player.setAttribute("aria-label", link.textContent);
    return player;
  }

  /** Play the video of a link in its place, or in that of `element`, once a reader asks for it. */
  function playVideo(link, element) {
    const { pathname, protocol } = new URL(link.href);
    const kind = SOUNDS.test(pathname) ? "audio" : FILMS.test(pathname) ? "video" : "";
    if (!kind && protocol !== "https:") return;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const player = kind ? makePlayer(link, kind) : makeFrame(link);
      player.className = "learn-player";
      element.replaceWith(player);
      player.tabIndex = -1;
      player.focus();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".learn-tabs").forEach(makeTabs);
    for (const link of document.querySelectorAll(".learn-video a, a.learn-media")) {
      playVideo(link, link.closest(".learn-video p") || link);
    }
    if (groups.length) chooseTab(groups[0].chosen);
    makeZones();
  });
  window.addEventListener("load", reveal);
  window.addEventListener("hashchange", reveal);
})();
