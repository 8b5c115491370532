// Tabs and videos of Microsoft Learn's dialect. Without this script tabs follow one another.
(() => {
  "use strict";

  const groups = [];

  /** Show the tab with this ID in each group that has one, and fit what depends on it. */
  function choose(id) {
    for (const group of groups) {
      const own = group.tabs.filter((tab) => tab.dataset.id === id);
      if (own.length) group.chosen = id;
      for (const tab of group.tabs) tab.hidden = tab.dataset.id !== group.chosen;
      for (const button of group.buttons) {
        button.setAttribute("aria-selected", String(button.dataset.id === group.chosen));
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

  function makeTabs(element) {
    const tabs = [...element.querySelectorAll(":scope > .learn-tab")];
    const bar = document.createElement("div");
    bar.className = "learn-tab-buttons";
    bar.setAttribute("role", "tablist");
    const buttons = [];
    for (const tab of tabs) {
      if (buttons.some((button) => button.dataset.id === tab.dataset.id)) continue;
      const title = tab.querySelector(":scope > .learn-tab-title");
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.id = tab.dataset.id;
      button.setAttribute("role", "tab");
      for (const child of title ? [...title.childNodes] : []) button.append(child.cloneNode(true));
      for (const clone of button.querySelectorAll("[data-ttu-id]")) {
        clone.removeAttribute("data-ttu-id");
      }
      for (const clone of button.querySelectorAll(".sxs-lookup, .headerlink")) clone.remove();
      button.addEventListener("click", () => choose(tab.dataset.id));
      buttons.push(button);
      bar.append(button);
    }
    element.prepend(bar);
    element.classList.add("learn-ready");
    groups.push({ tabs, buttons, chosen: tabs.length ? tabs[0].dataset.id : "" });
  }

  function playVideo(element) {
    const link = element.querySelector("a[href^='https://']");
    if (!link) return;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const frame = document.createElement("iframe");
      frame.src = link.href;
      frame.title = link.textContent;
      frame.allowFullscreen = true;
      frame.sandbox = "allow-scripts allow-same-origin allow-popups";
      element.replaceChildren(frame);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".learn-tabs").forEach(makeTabs);
    document.querySelectorAll(".learn-video").forEach(playVideo);
    if (groups.length) choose(groups[0].chosen);
  });
})();
